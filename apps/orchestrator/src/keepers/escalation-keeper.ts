import { cardRecord, escalations, type Escalation as OpenLetter } from '@squados/board';
import type { LaneCommit } from '@squados/contracts';
import type { Appender } from '../engine/appender.js';
import type { EngineLogger } from '../engine/engine-logger.port.js';
import type { FoldObserver } from '../engine/fold-observer.js';
import type { FoldView } from '../engine/fold.js';
import type { DeadLetter, Escalation } from './escalation-webhook.js';

export interface EscalationKeeperOptions {
  readonly escalation: Escalation;
  readonly appender: Appender;
  readonly logger: EngineLogger;
}

/**
 * Tells somebody about every dead letter that nobody was told of, and records how that went.
 *
 * Invariants:
 * 1. Which letters are open is the board's word: a crash between the call and its record repeats the call, never loses it.
 * 2. One call at a time, off the engine's path; the engine never waits for it.
 * 3. One call per letter and lane revision in one process; a lane that moved on is looked at anew.
 */
export class EscalationKeeper implements FoldObserver {
  readonly #told = new Set<string>();
  readonly #stop = new AbortController();
  #live = false;
  #work: Promise<void> = Promise.resolve();

  constructor(private readonly options: EscalationKeeperOptions) {}

  folded(commit: LaneCommit, fold: FoldView): void {
    if (this.#live && commit.lane.endsWith('.decided')) this.#look(fold);
  }

  headReached(fold: FoldView): void {
    this.#live = true;
    this.#look(fold);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  #look(fold: FoldView): void {
    for (const open of escalations(fold.board)) {
      const key = `${open.lane} ${open.expected}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key); // invariant 3
      this.#enqueue(open, letterOf(open, fold));
    }
  }

  #enqueue(open: OpenLetter, letter: DeadLetter): void {
    const tell = (): Promise<void> => this.#tell(open, letter);
    this.#work = this.#work.then(tell).catch((error: unknown) => {
      this.options.logger.warn({ err: String(error) }, 'an escalation could not be recorded');
    });
  }

  async #tell(open: OpenLetter, letter: DeadLetter): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    const outcome = await this.options.escalation.tell(letter, signal);
    if (signal.aborted) return; // invariant 1: told again by the next run
    const data = { attempt: open.attempt, ...outcome };
    const { lane, expected } = open;
    await this.options.appender.append({ lane, expected, events: [{ type: 'CardEscalated', data }] });
  }
}

const letterOf = (open: OpenLetter, fold: FoldView): DeadLetter => {
  const { project, card, agent, attempt, reason, message } = open;
  const title = cardRecord(fold.catalog, project, card)?.spec.title ?? card;
  return { project, card, agent, attempt, reason, message, title };
};
