import { agentName, BACKEND_LANGUAGES, type AgentName, type RunPolicy } from '@squados/contracts';
import type { AuthorOptions } from '../author/author-setup.js';
import { CliError } from '../cli-error.js';
import { SOLO_AGENTS } from '../solo/solo-agents.js';

/** What `run`, `import` and `up` share, as commander hands it over. */
export interface RunOptions extends AuthorOptions {
  readonly data?: string;
  /** The servers whose services run it, instead of this process on a folder. */
  readonly nats?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly exit?: boolean;
  readonly fresh?: boolean;
  readonly strict?: boolean;
  readonly lenient?: boolean;
  readonly profile?: string;
  readonly backend?: string;
  readonly agents?: readonly string[];
  readonly concurrency?: readonly string[];
  /** The live page; absent: unless the command ends by itself. */
  readonly page?: boolean;
  readonly port?: string;
  /** `up`: the folder is empty; the page takes the document. */
  readonly new?: boolean;
}

export type Profile = RunPolicy['gateProfile'];

/** Named in the log with each waiver: gates that can't run on this machine don't hold up a run on a laptop. */
export const WAIVE_REFER_POLICY = 'solo-refer-waiver';

/** Nobody is asked about what stays on this machine. */
const APPROVALS: NonNullable<RunPolicy['approvals']> = [
  { target: 'staging', roles: ['tech-lead'] },
  { target: 'production', roles: ['product-owner', 'tech-lead'] },
];

const SECOND = 1000;

/** Rules of a run on one machine: short retries, since nothing far away has to recover. */
export const soloPolicy = (options: Pick<RunOptions, 'strict' | 'profile' | 'backend'>): RunPolicy => ({
  maxRetries: 3,
  retryBaseMs: 2 * SECOND,
  retryCapMs: 600 * SECOND,
  attemptDeadlineMs: 600 * SECOND,
  gateProfile: profileOf(options.profile),
  ...backendOf(options.backend),
  maxDeliveries: 5,
  approvals: APPROVALS,
  ...(options.strict === true ? {} : { waiveRefer: WAIVE_REFER_POLICY }),
});

/** @throws CliError for a language that no backend is written in. */
const backendOf = (text: string | undefined): Pick<RunPolicy, 'backend'> => {
  if (text === undefined) return {};
  const language = BACKEND_LANGUAGES.find((name) => name === text);
  if (language) return { backend: language };
  throw new CliError(`--backend: ${JSON.stringify(text)} is not known`, {
    code: 'usage',
    remedy: [BACKEND_LANGUAGES.join(' or ')],
  });
};

/** @throws CliError for anything but `quick` and `full`. */
export const profileOf = (text: string | undefined): Profile => {
  if (text === undefined || text === 'quick') return 'quick';
  if (text === 'full') return 'full';
  throw new CliError(`--profile: ${JSON.stringify(text)} is not known`, { code: 'usage', remedy: ['quick or full'] });
};

const HIGHEST_PORT = 65_535;

/** @throws CliError for what is no port. */
export const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= HIGHEST_PORT) return port;
  throw new CliError(`--port: ${JSON.stringify(text)} is no port`, { code: 'usage', remedy: ['0 (any) to 65535'] });
};

/**
 * The agents that take part; absent: all that this build brings along. A chain ends where its next agent doesn't take part.
 * @throws CliError for a name that this build doesn't know.
 */
export const agentsOf = (names: readonly string[] | undefined): readonly AgentName[] => {
  if (names === undefined) return SOLO_AGENTS;
  const unknown = names.find((name) => !SOLO_AGENTS.some((agent) => agent === name));
  if (unknown === undefined) return SOLO_AGENTS.filter((agent) => names.includes(agent));
  throw new CliError(`--agents: ${JSON.stringify(unknown)} is not known`, {
    code: 'usage',
    remedy: [SOLO_AGENTS.join(', ')],
  });
};

/** `product=2 arch=1` → slots per agent. @throws CliError for another form, or more than 64. */
export const concurrencyOf = (pairs: readonly string[] | undefined): ReadonlyMap<AgentName, number> => {
  const slots = new Map<AgentName, number>();
  for (const pair of pairs ?? []) {
    const [, agent, count] = /^([a-z][a-z0-9-]*)=(\d{1,2})$/.exec(pair) ?? [];
    const n = Number(count);
    if (agent === undefined || !(n >= 1 && n <= 64)) {
      throw new CliError(`--concurrency: ${JSON.stringify(pair)} is not understood`, {
        code: 'usage',
        remedy: ['for example: --concurrency product=2 arch=1 (1 to 64)'],
      });
    }
    slots.set(agentName(agent), n);
  }
  return slots;
};
