/** The command line of the run. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AGENT_OWNERS } from '@squados/contracts';
import { anyNatsServer } from '../../libs/event-log/src/testing/find-nats-servers.js';
import type { ChaosPlan, ChaosReport } from './chaos-plan.js';
import { EVERYTHING, FOR_LONG, type Choice } from './faults.js';
import { brokenLines, reportLines } from './report.js';
import { ChaosRun } from './run-chaos.js';
import { BREAKAGES, isBreakage, type Breakage } from './services/broken-log.js';

const SOUND = 0;
const VIOLATED = 1;
const USAGE = 2;
const STOPPED = 130;

const PACE_MS = 2_000;
const WORK_MS = 2_000;
const ACK_WAIT_MS = 5_000;
/** Enough for every slot of an agent, and some that wait. */
const CARDS_PER_AGENT = 16;
const EVERYBODY = AGENT_OWNERS.map(({ agent }) => String(agent));

/** Workers that sleep longer than their work is kept for them, in the middle of it. */
const OVERSLEEPERS: readonly Choice[] = [
  { kind: 'process stopped', weight: 4, forMs: [4_500, 6_000] },
  { kind: 'durable deleted', weight: 1 },
];
const BROKEN_MS = 20_000;
const LONG_MS = 180_000;

const OPTIONS = {
  minutes: { type: 'string', default: '' },
  seconds: { type: 'string', default: '' },
  seed: { type: 'string', default: '1' },
  agents: { type: 'string', default: EVERYBODY.join(',') },
  broken: { type: 'string', default: '' },
  out: { type: 'string', default: '' },
} as const;
type Asked = Readonly<Record<keyof typeof OPTIONS, string>>;

/** Something on the command line that cannot be done. */
class Misuse extends Error {
  override readonly name = 'Misuse';
}

const durationMs = ({ minutes, seconds }: Asked): number => {
  const ms = seconds === '' ? Number(minutes || '10') * 60_000 : Number(seconds) * 1_000;
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new Misuse('--minutes and --seconds take a number above 0');
};

const agentsOf = (asked: Asked): readonly string[] => {
  const agents = asked.agents.split(',');
  const stranger = agents.find((agent) => !EVERYBODY.includes(agent));
  if (stranger === undefined) return agents;
  throw new Misuse(`--agents: ${JSON.stringify(stranger)} is none of ${EVERYBODY.join(', ')}`);
};

const breakagesOf = ({ broken }: Asked): readonly Breakage[] => {
  if (broken === 'all') return BREAKAGES;
  if (isBreakage(broken)) return [broken];
  throw new Misuse(`--broken takes ${BREAKAGES.join(', ')} or all`);
};

const planOf = (asked: Asked): ChaosPlan => {
  const seed = Number(asked.seed);
  if (!Number.isSafeInteger(seed)) throw new Misuse('--seed takes a whole number');
  process.env['SQUADOS_TOOLCHAINS'] ||= resolve('.squados-toolchains');
  const program = anyNatsServer();
  if (program === undefined) throw new Misuse('there is no nats-server here: squados setup nats');
  const forMs = durationMs(asked);
  const choices = forMs < LONG_MS ? EVERYTHING : [...EVERYTHING, ...FOR_LONG];
  const times = { forMs, paceMs: PACE_MS, workMs: WORK_MS, ackWaitMs: ACK_WAIT_MS };
  const agents = agentsOf(asked);
  return { seed, agents, copies: 2, choices, slice: CARDS_PER_AGENT * agents.length, ...times, program };
};

/** One call of the harness: what was asked, and when it began. */
class Call {
  private readonly began = performance.now();

  constructor(
    private readonly asked: Asked,
    private readonly signal: AbortSignal,
  ) {}

  /** Answers the exit code. @throws Misuse, the signal's reason, or what kept the run from its end */
  async run(): Promise<number> {
    const plan = planOf(this.asked);
    return this.asked.broken === '' ? this.sound(plan) : this.broken(plan, breakagesOf(this.asked));
  }

  private async sound(plan: ChaosPlan): Promise<number> {
    const report = await this.report(plan);
    const { minutes, seconds, seed } = this.asked;
    const length = seconds === '' ? `--minutes ${minutes || '10'}` : `--seconds ${seconds}`;
    const title = ['# Chaos', '', `\`node bench/chaos/run.mjs ${length} --seed ${seed}\``, ''];
    this.write([...title, ...reportLines(plan, report)]);
    return report.violations.length === 0 ? SOUND : VIOLATED;
  }

  /** Caught is what a broken build has to be. */
  private async broken(plan: ChaosPlan, breakages: readonly Breakage[]): Promise<number> {
    const caught = new Map<Breakage, readonly string[]>();
    for (const breakage of breakages) {
      this.say(`agents with a broken log: ${breakage}`);
      const times = { paceMs: 1_500, ackWaitMs: 2_000, forMs: BROKEN_MS };
      const slow = { agents: ['product'], choices: OVERSLEEPERS, slice: CARDS_PER_AGENT, ...times };
      caught.set(breakage, (await this.report({ ...plan, ...slow, breakage })).violations);
    }
    this.write(['# Chaos: builds broken on purpose', '', ...brokenLines(caught)]);
    return [...caught.values()].every((violations) => violations.length > 0) ? SOUND : VIOLATED;
  }

  private report(plan: ChaosPlan): Promise<ChaosReport> {
    return new ChaosRun(plan, (line) => this.say(line)).run(this.signal);
  }

  private say(line: string): void {
    const seconds = ((performance.now() - this.began) / 1_000).toFixed(0).padStart(4);
    process.stdout.write(`${seconds} s  ${line}\n`);
  }

  private write(lines: readonly string[]): void {
    process.stdout.write(`\n${lines.join('\n')}\n`);
    if (this.asked.out !== '') writeFileSync(resolve(this.asked.out), `${lines.join('\n')}\n`);
  }
}

/** Does what the command line asks for. Answers the exit code; never rejects. */
export const runCommand = async (args: readonly string[]): Promise<number> => {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  try {
    return await new Call(parseArgs({ args: [...args], options: OPTIONS }).values, stop.signal).run();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (stop.signal.aborted) return STOPPED;
    return error instanceof Misuse ? USAGE : VIOLATED;
  }
};
