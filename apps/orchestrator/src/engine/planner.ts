import { nextTimer, plan } from '@squados/board';
import { START, type LaneAppend, type Position } from '@squados/contracts';
import type { AppendResult } from '@squados/event-log';
import { Alarm } from './alarm.js';
import type { Appender } from './appender.js';
import type { EngineOptions, EngineTrouble } from './engine.types.js';
import type { FoldProgress } from './fold-progress.js';
import type { FoldView } from './fold.js';
import type { WakeUp } from './wake-up.js';

export interface PlannerParts {
  readonly options: EngineOptions;
  readonly fold: FoldView;
  readonly progress: FoldProgress;
  readonly wake: WakeUp;
  readonly appender: Appender;
}

const PLAN_LIMIT = 256;
const FIRST_BACKOFF_MS = 500;
const LAST_BACKOFF_MS = 30_000;

/**
 * Turns what policy wants into appends, one round after the other.
 *
 * Invariants:
 * 1. A round begins only when everything that the last one appended, or lost to, is folded: no lane is ever planned with an
 *    append in flight, and the window is never passed by enqueues that the board hasn't seen.
 * 2. A conflict is news, not a fault: somebody else wrote first, the fold will show it, the next round decides anew.
 * 3. One timer is armed: the earliest that policy waits for, or the end of a backoff.
 */
export class Planner {
  readonly #alarm: Alarm;
  #backoffMs = 0;
  #lastLoss: Position = START;
  trouble: EngineTrouble | undefined;

  constructor(private readonly parts: PlannerParts) {
    this.#alarm = new Alarm(parts.options.clock, () => parts.wake.ring());
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.parts.wake.wait(signal);
      if (!signal.aborted) await this.#round();
    }
    this.#alarm.disarm();
  }

  /** Ends by itself also while stopping: an append under way is awaited, never abandoned half known. */
  async #round(): Promise<void> {
    const { fold, options, appender } = this.parts;
    const { window, draw, clock, leadership } = options;
    if (leadership?.leads === false) return; // its gain rings
    const now = clock.now();
    const appends = plan(fold.board, { now, draw, window, limit: PLAN_LIMIT });
    this.#alarm.at(nextTimer(fold.board, now)); // what is due already waits for a free place, not for time
    if (appends.length === 0) return;
    const results = await Promise.all(appends.map((append) => appender.append(append)));
    await this.#settle(appends, results);
  }

  async #settle(appends: readonly LaneAppend[], results: readonly AppendResult[]): Promise<void> {
    this.#noteTrouble(results);
    const before = this.parts.fold.position;
    await this.parts.progress.until(highest(results)); // invariants 1 and 2
    if (results.some((result) => result.kind === 'appended')) this.#goOn();
    else if (highest(results) > before) this.parts.wake.ring();
    else this.#backOff(appends);
  }

  #goOn(): void {
    this.#backoffMs = 0;
    this.parts.wake.ring();
  }

  /** Nothing was recorded and nothing new was learned: trying again at once would be a busy loop. */
  #backOff(appends: readonly LaneAppend[]): void {
    const { options, fold } = this.parts;
    this.#backoffMs = Math.min(Math.max(this.#backoffMs * 2, FIRST_BACKOFF_MS), LAST_BACKOFF_MS);
    if (this.trouble === undefined && this.#lastLoss !== fold.position) {
      this.#lastLoss = fold.position;
      options.logger.warn(
        { lanes: appends.map((a) => a.lane).slice(0, 5) },
        'appends conflict with a fold at the head',
      );
    }
    this.#alarm.at(options.clock.now() + this.#backoffMs); // invariant 3
  }

  #noteTrouble(results: readonly AppendResult[]): void {
    const refused = results.find((result) => result.kind === 'refused');
    const { logger, clock } = this.parts.options;
    if (refused === undefined) {
      if (this.trouble !== undefined) logger.info({ code: this.trouble.code }, 'the log takes events again');
      this.trouble = undefined;
      return;
    }
    if (this.trouble?.code === refused.code) return;
    this.trouble = { code: refused.code, message: refused.message, since: clock.now() };
    logger.error({ code: refused.code }, refused.message);
  }
}

const positionOf = (result: AppendResult): Position => {
  if (result.kind === 'appended') return result.position;
  if (result.kind === 'conflict') return result.last?.position ?? START;
  return START;
};

const highest = (results: readonly AppendResult[]): Position =>
  results.map(positionOf).reduce((top, at) => (at > top ? at : top), START);
