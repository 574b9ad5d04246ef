import { spawn, type ChildProcess } from 'node:child_process';
import { openEmbeddedLog, type EmbeddedLog } from '@squados/event-log/embedded';
import { readFacts, type LogFacts } from './log-facts.js';

/*
 * One life of a run: started, followed through its log, killed, looked at again.
 * 1. What decides about the kill are events of the log, not the clock: a slow machine gets the same kills, later.
 * 2. The one delay is a part of what such a card took in the undisturbed run; a card that ends before is left, the next one is taken.
 */

export interface Kill {
  /** `ARCH-003 (verifying)`. */
  readonly inProgress: readonly string[];
  /** From the start of the process to the first card that it started; 0: it started none. */
  readonly restartMs: number;
}

export interface LifePlan {
  readonly data: string;
  /** Completions before the kill is looked for. */
  readonly completions: number;
  /** Part of the card's usual time that passes between its start and the kill. */
  readonly part: number;
  /** What a card with this id took undisturbed, in milliseconds. */
  usualMs(id: string): number;
  start(): ChildProcess;
}

/** An attempt on which workers keep dying is a poison card by policy (the fifth death ends it): no card is hit more often than this. */
const MOST_DEATHS = 4;

/** Cards in progress, none of which has been hit too often already; one that this life has yet to start may start at any moment. */
const mayKill = (facts: LogFacts, before: ReadonlyMap<string, number>): boolean => {
  const open = facts.open();
  const deaths = (id: string, deliveries: number): number => deliveries + (before.get(id) === deliveries ? 1 : 0);
  return open.length > 0 && open.every(([id, card]) => deaths(id, card.deliveries) <= MOST_DEATHS);
};

export const ended = (child: ChildProcess): Promise<number> =>
  new Promise((done) => child.once('exit', (code, signal) => done(signal ? 128 : (code ?? 1))));

/** Follows the log and says when its moment has come. */
class Hunt {
  restartMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #prey: string | undefined;
  readonly #from = performance.now();
  readonly #known: { readonly starts: number; readonly completions: number };
  readonly #before: ReadonlyMap<string, number>;

  constructor(
    private readonly facts: LogFacts,
    private readonly plan: LifePlan,
    private readonly strike: () => void,
  ) {
    this.#known = { starts: facts.starts, completions: facts.completions };
    this.#before = new Map([...facts.cards].map(([id, card]) => [id, card.deliveries]));
  }

  look(): void {
    const { facts, plan } = this;
    if (facts.starts > this.#known.starts && this.restartMs === 0) this.restartMs = performance.now() - this.#from;
    if (this.#prey !== undefined && facts.cards.get(this.#prey)?.open !== true) this.rest();
    if (this.#prey !== undefined || this.restartMs === 0) return;
    if (facts.completions - this.#known.completions < plan.completions || !mayKill(facts, this.#before)) return;
    const [id = ''] = facts.open().find(([, card]) => card.deliveries > 0) ?? [];
    this.#prey = id;
    this.#timer = setTimeout(() => this.#fire(), plan.part * plan.usualMs(id));
  }

  rest(): void {
    clearTimeout(this.#timer);
    this.#prey = undefined;
  }

  /** Between two batches of the log another card may have become one too often hit. */
  #fire(): void {
    if (mayKill(this.facts, this.#before)) this.strike();
    else this.rest();
  }
}

const follow = async (log: EmbeddedLog, facts: LogFacts, hunt: Hunt, signal: AbortSignal): Promise<void> => {
  const head = await log.head();
  for await (const batch of log.follow({ after: head, signal })) {
    batch.commits.forEach((commit) => facts.add(commit));
    hunt.look();
  }
};

/** Undefined: the run came to its end before it could be killed. */
export const oneLife = async (plan: LifePlan): Promise<Kill | undefined> => {
  const facts = await readFacts(plan.data);
  const log = await openEmbeddedLog({ dir: plan.data, mode: 'reader' });
  const over = new AbortController();
  let killed = false;
  const child = plan.start();
  const hunt = new Hunt(facts, plan, () => (killed = child.kill('SIGKILL')));
  const end = ended(child).then(() => over.abort());
  await follow(log, facts, hunt, over.signal);
  await end;
  hunt.rest();
  await log.close();
  if (!killed) return undefined;
  const after = await readFacts(plan.data);
  return { inProgress: after.open().map(([id, card]) => `${id} (${card.step})`), restartMs: hunt.restartMs };
};

/** For callers that start `squados` themselves. */
export const squadosProcess = (args: readonly string[], output: number | 'ignore' | 'inherit'): ChildProcess =>
  spawn(process.execPath, args, { stdio: ['ignore', output, output] });
