import {
  attemptLane,
  EMPTY_LANE,
  stampEvent,
  traceparentOf,
  type CardAddress,
  type DraftEvent,
  type EventData,
  type Lane,
  type LaneCommit,
  type Position,
  type Revision,
  type SquadEvent,
} from '@squados/contracts';
import type { AppendResult, EventLog, NewCommit } from '@squados/event-log';
import { pause, type Clock } from './clock.port.js';
import { messageOf } from './describe-error.js';

/**
 * One attempt's hold on its lane (DESIGN §4).
 * 1. Every append expects the revision of the one before it: after a foreign commit nothing of ours is stored.
 * 2. A commit's events are stamped once; a retry after a lost answer repeats the same ids.
 * 3. `lost` is final.
 */
type State =
  /** CardStarted isn't in the log yet; it goes out with the first append. */
  | { readonly kind: 'unstarted'; readonly expected: Revision; readonly delivery: number }
  | { readonly kind: 'held'; readonly revision: Revision; readonly since: Position }
  | { readonly kind: 'lost' };

export type LaneOutcome =
  | { readonly kind: 'appended' }
  /** Not mine any more, or never was: ack and drop. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** Workers died on this attempt as often as the policy allows; nobody has ended it yet. */
  | { readonly kind: 'worn-out'; readonly deaths: number }
  /** The log says no to this commit (size); the lane is still held. */
  | { readonly kind: 'refused'; readonly message: string };

/** The log can't be written now: hand the work back. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}

export interface AttemptLaneOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly address: CardAddress;
  readonly enqueued: EventData['CardEnqueued'];
  /** Of the CardEnqueued's commit: the attempt's own events come after it. */
  readonly enqueuedAt: Position;
  readonly enqueuedId: string | undefined;
  /** Of the CardEnqueued: what the attempt records belongs to the same trace. */
  readonly traceparent?: string | undefined;
  readonly agent: string;
  readonly worker: string;
  /** Asked only when an attempt is taken over from a dead worker. */
  readonly maxDeliveries: () => Promise<number>;
}

type Conflict = Extract<AppendResult, { readonly kind: 'conflict' }>;

const APPEND_TRIES = 3;
const RETRY_PAUSE_MS = 200;
const ENDS = new Set(['CardCompleted', 'CardFailed', 'CardReleased']);

const attemptOf = (event: LaneCommit['events'][number]): number | undefined =>
  event.type !== 'Unknown' && 'attempt' in event.data ? event.data.attempt : undefined;

export class AttemptLane {
  readonly lane: Lane;
  private state: State;
  private readonly ownIds = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: AttemptLaneOptions) {
    this.lane = attemptLane(options.address);
    this.state = { kind: 'unstarted', expected: options.enqueued.after, delivery: 1 };
  }

  /** CardStarted is in the log, and nobody is known to have come after. */
  get isHeld(): boolean {
    return this.state.kind === 'held';
  }

  /** Appends CardStarted alone: from now on people see it running. */
  begin(): Promise<LaneOutcome> {
    return this.append([]);
  }

  /** Appends after CardStarted, or together with it when it isn't there yet. One append at a time (invariant 1). */
  append(drafts: readonly DraftEvent[]): Promise<LaneOutcome> {
    const done = this.turn.then(() => this.appendNow(drafts));
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Ends a worn-out attempt without starting it once more. */
  appendWithoutStart(drafts: readonly DraftEvent[]): Promise<LaneOutcome> {
    if (this.state.kind === 'unstarted')
      this.state = { kind: 'held', revision: this.state.expected, since: this.options.enqueuedAt };
    return this.append(drafts);
  }

  /** Begins and ends the attempt in one append, if nobody has begun it. */
  async appendUnlessBegun(drafts: readonly DraftEvent[]): Promise<LaneOutcome> {
    const result = await this.commit(drafts);
    return result.kind === 'conflict' ? this.lose('the attempt was begun, or is over') : this.settled(result);
  }

  /** Nothing was written to it since it was enqueued. */
  async isUntouched(): Promise<boolean> {
    const last = await this.options.log.last(this.lane);
    return (last?.revision ?? EMPTY_LANE) === this.options.enqueued.after;
  }

  /** Whether a commit of this lane that a follower saw shows that somebody else holds or ended the attempt. */
  isForeign(commit: LaneCommit): boolean {
    const id = commit.events[0]?.id;
    return this.state.kind === 'held' && commit.position > this.state.since && id !== undefined && !this.ownIds.has(id);
  }

  /** The log shows that somebody holds this attempt and hasn't ended it. */
  async isOpen(): Promise<boolean> {
    const last = await this.options.log.last(this.lane);
    return last !== undefined && isOpen(last, this.options.enqueued.attempt);
  }

  private async appendNow(drafts: readonly DraftEvent[]): Promise<LaneOutcome> {
    if (this.state.kind === 'lost') return { kind: 'lost', reason: 'the attempt was lost before' };
    const result = await this.commit(drafts);
    if (result.kind !== 'conflict') return this.settled(result);
    if (this.state.kind === 'held') return this.lose('somebody else wrote to the attempt');
    return this.takeOver(drafts, result);
  }

  private async takeOver(drafts: readonly DraftEvent[], found: Conflict): Promise<LaneOutcome> {
    if (!found.last || !isOpen(found.last, this.options.enqueued.attempt))
      return this.lose('the attempt is over, or another one runs');
    const deaths = await this.deliveries();
    this.state = { kind: 'unstarted', expected: found.actual, delivery: deaths + 1 };
    if (deaths >= (await this.options.maxDeliveries()) && !endsTheAttempt(drafts)) return { kind: 'worn-out', deaths };
    const result = await this.commit(drafts);
    return result.kind === 'conflict' ? this.lose('another worker was faster') : this.settled(result);
  }

  /** Highest delivery of this attempt in the log. */
  private async deliveries(): Promise<number> {
    const { address, enqueued, enqueuedAt, log } = this.options;
    let highest = 0;
    for await (const page of log.read({ after: enqueuedAt, filter: { ...address, kind: 'attempt' } })) {
      for (const event of page.flatMap((commit) => commit.events)) {
        if (event.type === 'CardStarted' && event.data.attempt === enqueued.attempt)
          highest = Math.max(highest, event.data.delivery);
      }
    }
    return highest;
  }

  private async commit(drafts: readonly DraftEvent[]): Promise<AppendResult> {
    const state = this.state;
    if (state.kind === 'lost') throw new Error('invariant 3: an append to a lost attempt');
    const all = state.kind === 'held' ? drafts : [this.started(state.delivery), ...drafts];
    const time = new Date(this.options.clock.now()).toISOString();
    const events = all.map((draft) => this.stamp(draft, time));
    const expected = state.kind === 'held' ? state.revision : state.expected;
    return this.insist({ lane: this.lane, expected, events });
  }

  /** Invariant 2: the same commit again, so that a lost answer is told from a conflict. */
  private async insist(commit: NewCommit): Promise<AppendResult> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.options.log.append(commit);
      } catch (error) {
        if (tries === APPEND_TRIES)
          throw new LogUnavailable(`the log did not take an append: ${messageOf(error)}`, { cause: error });
        await pause(this.options.clock, RETRY_PAUSE_MS * tries);
      }
    }
  }

  private settled(result: Exclude<AppendResult, { kind: 'conflict' }>): LaneOutcome {
    if (result.kind === 'refused') {
      if (result.code === 'too-large') return { kind: 'refused', message: result.message };
      throw new LogUnavailable(result.message);
    }
    const since = this.state.kind === 'held' ? this.state.since : result.position;
    this.state = { kind: 'held', revision: result.revision, since };
    return { kind: 'appended' };
  }

  private lose(reason: string): LaneOutcome {
    this.state = { kind: 'lost' };
    return { kind: 'lost', reason };
  }

  private started(delivery: number): DraftEvent {
    return {
      type: 'CardStarted',
      data: { attempt: this.options.enqueued.attempt, delivery, worker: this.options.worker },
    };
  }

  private stamp(draft: DraftEvent, time: string): SquadEvent {
    const { address, newId, agent, worker, enqueuedId, traceparent } = this.options;
    const id = newId();
    this.ownIds.add(id);
    const subject = `${address.project}/${address.card}`;
    return stampEvent(draft, {
      id,
      time,
      source: `agent-${agent}/${worker}`,
      subject,
      causationid: enqueuedId,
      traceparent: traceparent && traceparentOf(id, traceparent),
    });
  }
}

/** An attempt that begins and ends in one append can't die in between. */
const endsTheAttempt = (drafts: readonly DraftEvent[]): boolean => drafts.some((d) => ENDS.has(d.type));

/** The lane's last commit belongs to this attempt and doesn't end it. */
const isOpen = (last: LaneCommit, attempt: number): boolean =>
  last.events.some((e) => attemptOf(e) === attempt) &&
  !last.events.some((e) => attemptOf(e) === attempt && ENDS.has(e.type));
