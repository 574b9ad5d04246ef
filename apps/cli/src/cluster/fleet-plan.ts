import { CliError } from '../cli-error.js';
import { SOLO_AGENTS } from '../solo/solo-agents.js';

/** How many processes of each service: `orchestrator`, the agents by name, `portal-gateway`. */
export type FleetPlan = ReadonlyMap<string, number>;

const OTHERS = ['orchestrator', 'portal-gateway'];
const MOST = 32;

const defaults = (): Map<string, number> =>
  new Map(['orchestrator', ...SOLO_AGENTS, 'portal-gateway'].map((name) => [name, 1]));

/**
 * `frontend=3,backend=2,orchestrator=2`: what is not named runs once, `=0` leaves it out.
 * @throws CliError for another form, an unknown name, or more than 32
 */
export const fleetPlanOf = (text: string | undefined): FleetPlan => {
  const plan = defaults();
  for (const part of (text ?? '').split(',').filter((one) => one.trim() !== '')) {
    const [, name = '', count = ''] = /^\s*([a-z][a-z0-9-]*)\s*=\s*(\d{1,2})\s*$/.exec(part) ?? [];
    if (!plan.has(name) || Number(count) > MOST) throw misunderstood(part);
    plan.set(name, Number(count));
  }
  return plan;
};

/** The app whose bundle a service is. */
export const appOf = (name: string): string => (OTHERS.includes(name) ? name : `agent-${name}`);

const misunderstood = (part: string): CliError =>
  new CliError(`--agents: ${JSON.stringify(part)} is not understood`, {
    code: 'usage',
    remedy: [`for example: --agents frontend=3,backend=2 (0 to ${MOST}); known: ${[...defaults().keys()].join(', ')}`],
  });
