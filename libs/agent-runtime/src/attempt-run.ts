import type { CardAddress, CardId, DraftEvent, Lane, LaneCommit, SquadEventOf } from '@squados/contracts';
import {
  LateSignal,
  onAbort,
  WorkAnswer,
  WorkInterrupted,
  type AnySignal,
  type Interruption,
  type Work,
} from '@squados/event-log';
import { AttemptAborted, orAborted, type AbortCause } from './attempt-aborted.js';
import { AttemptLane, type LaneOutcome } from './attempt-lane.js';
import { traceField, traceOf } from './attempt-trace.js';
import { messageOf, nameOf } from './describe-error.js';
import type { AttemptLedger, Task } from './role.js';
import type { RuntimeParts } from './runtime-parts.js';
import type { LogFields } from './runtime-logger.port.js';
import { deadlinePassed, inputMissing, outputTooLarge, poisonous, releaseAs } from './attempt-ends.js';
import { readPastCalls } from './past-calls.js';
import { readEvidence } from './read-evidence.js';
import { writeCard } from './write-card.js';

/**
 * One delivery of one attempt. Owns its deadline, its AbortSignal and its hold on the attempt lane; doesn't own the slot it runs in,
 * the work and its lease, or the role.
 *
 * 1. It answers once, at the end, what is to become of the work; whoever handed it out settles it.
 * 2. Nothing is written by the role before CardStarted is in the log, unless the role is declared to have no outside effect.
 * 3. What ends the attempt is one append; whichever cause comes first decides, later ones find the run settled.
 * 4. A conflict on the lane means "not mine any more": drop, with nothing more appended.
 * 5. Broken infrastructure is no failure of the card: the work comes again, later each time, and no CardFailed is written.
 * 6. No timer outlives the run.
 * 7. Dropped work is done only when the log shows the attempt as over. While another worker holds it, the work is its own to
 *    settle: a `done` from here could take the last delivery from a worker that dies next, and nobody would end the attempt.
 */
type State =
  | { readonly kind: 'running'; readonly timers: Set<() => void> }
  | { readonly kind: 'aborted'; readonly cause: AbortCause; readonly timers: Set<() => void> }
  | { readonly kind: 'settled' };

/** How long a card waits after the store or the log failed it. */
const RELEASE_MS = 30_000;
const DEFAULT_MAX_DELIVERIES = 5;
/** Deliveries without a CardStarted after which the work is poison (DESIGN §4). */
const MOST_UNSTARTED = 20;
/** setTimeout takes no more; a longer deadline is none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface Assignment {
  readonly work: Work;
  readonly address: CardAddress;
  readonly enqueued: SquadEventOf<'CardEnqueued'>;
}

export class AttemptRun {
  private state: State = { kind: 'running', timers: new Set() };
  private readonly stop = new LateSignal();
  private readonly lane: AttemptLane;
  private task: Promise<Task | undefined> | undefined;
  private answer = WorkAnswer.left;
  private nearlyDone = (): void => undefined;

  constructor(
    private readonly parts: RuntimeParts,
    private readonly assignment: Assignment,
  ) {
    const { address, enqueued, work } = assignment;
    const { log, clock, newId, worker, role } = parts;
    this.lane = new AttemptLane({
      ...{ log, clock, newId, address, worker, agent: role.agent },
      enqueued: enqueued.data,
      enqueuedAt: work.commit.position,
      enqueuedId: enqueued.id,
      traceparent: traceOf(enqueued),
      maxDeliveries: () => this.maxDeliveries(),
    });
  }

  /** From claim to answer. Never rejects. The signal's reason says whether the service stops or the lease is gone. */
  async run(signal: AnySignal, nearlyDone = (): void => undefined): Promise<WorkAnswer> {
    this.nearlyDone = nearlyDone;
    const interrupted = (): void => this.abort(CAUSES[interruptionOf(signal)]);
    const unlink = onAbort(signal, interrupted);
    try {
      await this.attempt();
    } catch (error) {
      await this.recover(error);
    } finally {
      unlink();
      this.settle();
    }
    return this.answer;
  }

  /** Ends it from outside; what the log is told depends on the cause. */
  abort(cause: AbortCause): void {
    if (this.state.kind !== 'running') return;
    this.state = { ...this.state, kind: 'aborted', cause };
    this.stop.abort(new AttemptAborted(cause));
  }

  get attemptLane(): Lane {
    return this.lane.lane;
  }

  /** A commit of its attempt lane that the shared follower saw. */
  observe(commit: LaneCommit): void {
    if (this.lane.isForeign(commit)) this.abort('ended-elsewhere');
  }

  private async attempt(): Promise<void> {
    if (this.assignment.work.delivery > MOST_UNSTARTED && (await this.lane.isUntouched())) return this.park();
    this.task = this.load();
    this.task.catch(() => undefined);
    if (this.parts.announce === 'started-first' && !(await this.holds(await this.lane.begin()))) return;
    const task = await orAborted(this.task, this.stop);
    if (!task) return this.end([inputMissing(this.attemptNumber, this.assignment.work.commit.position)]);
    this.armDeadline(task.project.policy.attemptDeadlineMs);
    await this.end(await this.write(task));
  }

  private async park(): Promise<void> {
    const { delivery, commit } = this.assignment.work;
    const end = poisonous(this.attemptNumber, delivery, commit.position);
    if (!(await this.holds(await this.lane.appendUnlessBegun([end])))) return;
    this.tell([end]);
    this.answer = WorkAnswer.done;
  }

  /** A card of another agent is none of ours, whoever enqueued it here. */
  private async load(): Promise<Task | undefined> {
    const { address, enqueued, work } = this.assignment;
    const { project, card, agent } = address;
    const { position } = work.commit;
    const task = await this.parts.tasks.load({
      project,
      card,
      attempt: enqueued.data.attempt,
      position,
      signal: this.stop,
    });
    return task?.card.agent === agent ? task : undefined;
  }

  private write(task: Task): Promise<readonly DraftEvent[]> {
    const { parts, stop } = this;
    const tools = {
      get signal() {
        return stop.signal;
      },
      readArtifact: (hash: Parameters<typeof parts.artifacts.get>[0]) => parts.artifacts.get(hash),
      note: (text: string) =>
        parts.note({ address: this.assignment.address, attempt: task.attempt, text: parts.scrub(text) }),
      evidence: (card: CardId) =>
        readEvidence(parts.log, { project: task.project.id, card }, this.assignment.work.commit.position),
      ledger: this.ledger(),
    };
    const { role, folder, artifacts, clock, scrub } = parts;
    return writeCard(
      { role, folder, artifacts, clock, scrub, tools, stop, ...(parts.stepEvents && { verifying: () => this.step() }) },
      task,
    );
  }

  private ledger(): AttemptLedger {
    const { address, enqueued, work } = this.assignment;
    const at = { address, attempt: this.attemptNumber, after: work.commit.position };
    return {
      allowance: enqueued.data.allowance,
      record: (events) => this.recorded(events),
      keep: (bytes) => this.parts.artifacts.put(bytes),
      past: () => readPastCalls(this.parts.log, at),
    };
  }

  /** An attempt that is being ended takes no more: nothing may follow its end. */
  private async recorded(events: readonly DraftEvent[]): Promise<void> {
    if (this.state.kind !== 'running')
      throw new AttemptAborted(this.state.kind === 'aborted' ? this.state.cause : 'ended-elsewhere');
    const outcome = await this.lane.append(events);
    if (outcome.kind === 'appended') return;
    if (outcome.kind === 'refused')
      throw new Error(`the log does not take what the attempt reports: ${outcome.message}`);
    this.abort('ended-elsewhere');
    throw new AttemptAborted('ended-elsewhere');
  }

  private async step(): Promise<void> {
    const outcome = await this.lane.append([
      { type: 'CardStepped', data: { attempt: this.attemptNumber, step: 'verifying' } },
    ]);
    if (outcome.kind === 'lost') this.abort('ended-elsewhere');
  }

  /** Invariant 3. What is too large for the log ends the attempt with words instead. */
  private async end(drafts: readonly DraftEvent[]): Promise<void> {
    this.nearlyDone();
    const outcome = await this.lane.append(drafts);
    if (outcome.kind === 'refused') return this.end([outputTooLarge(this.attemptNumber, outcome.message)]);
    if (!(await this.holds(outcome))) return;
    this.tell(drafts);
    this.answer = WorkAnswer.done;
  }

  /** True: appended, go on. False: this delivery is over and settled (invariants 1 and 4). */
  private async holds(outcome: LaneOutcome): Promise<boolean> {
    if (outcome.kind === 'appended') return true;
    if (outcome.kind === 'worn-out') await this.lane.appendWithoutStart([this.releasedBecause('worker-lost')]);
    this.parts.logger.info({ ...this.fields, reason: reasonOf(outcome) }, 'attempt dropped');
    await this.drop();
    return false;
  }

  /** Invariant 7. */
  private async drop(): Promise<void> {
    if (!(await this.lane.isOpen())) this.answer = WorkAnswer.done;
  }

  private async recover(error: unknown): Promise<void> {
    try {
      if (error instanceof AttemptAborted) await this.leave(error.cause);
      else await this.handBack(error);
    } catch (second) {
      await this.handBack(second);
    }
  }

  private async leave(cause: AbortCause): Promise<void> {
    this.parts.logger.info({ ...this.fields, reason: cause }, 'attempt aborted');
    switch (cause) {
      case 'deadline':
        return this.end([deadlinePassed(this.attemptNumber)]);
      case 'stopping':
        return this.release();
      case 'ended-elsewhere':
        return this.drop();
      case 'lease-lost':
        return;
    }
  }

  /** An attempt that the log doesn't know as started has nothing to release: the next worker begins it. */
  private async release(): Promise<void> {
    if (this.lane.isHeld && (await this.released('shutdown'))) return;
    this.answer = WorkAnswer.again(0);
  }

  /** Invariant 5. A started attempt is released, so that the hand-back doesn't count as a worker's death; else the work goes back. */
  private async handBack(error: unknown): Promise<void> {
    this.parts.logger.error(
      {
        ...this.fields,
        'err.type': nameOf(error),
      },
      `attempt handed back: ${this.parts.scrub(messageOf(error))}`,
    );
    if (this.lane.isHeld && (await this.released('infrastructure', this.parts.clock.now() + RELEASE_MS))) return;
    this.answer = WorkAnswer.later;
  }

  /** False: the log doesn't take it now. */
  private async released(reason: string, notBefore?: number): Promise<boolean> {
    try {
      await this.lane.append([this.releasedBecause(reason, notBefore)]);
    } catch {
      return false;
    }
    this.answer = WorkAnswer.done;
    return true;
  }

  private releasedBecause(reason: string, notBefore?: number): DraftEvent {
    return releaseAs({ attempt: this.attemptNumber, agent: this.parts.role.agent, reason, notBefore });
  }

  private armDeadline(ms: number): void {
    if (ms > 0 && ms <= LONGEST_TIMER_MS) this.timer(ms, () => this.abort('deadline'));
  }

  private timer(ms: number, call: () => void): void {
    if (this.state.kind === 'settled') return;
    const { timers } = this.state;
    const cancel = this.parts.clock.after(ms, () => {
      timers.delete(cancel);
      call();
    });
    timers.add(cancel);
  }

  private settle(): void {
    if (this.state.kind === 'settled') return;
    for (const cancel of this.state.timers) cancel();
    this.state = { kind: 'settled' };
  }

  private async maxDeliveries(): Promise<number> {
    return (await this.task)?.project.policy.maxDeliveries ?? DEFAULT_MAX_DELIVERIES;
  }

  private tell(drafts: readonly DraftEvent[]): void {
    const end = drafts.at(-1);
    if (end?.type === 'CardFailed')
      this.parts.logger.warn(
        {
          ...this.fields,
          event_type: end.type,
          code: end.data.code,
        },
        `card failed: ${end.data.message}`,
      );
    else this.parts.logger.info({ ...this.fields, event_type: end?.type }, 'attempt ended');
  }

  private get attemptNumber(): number {
    return this.assignment.enqueued.data.attempt;
  }

  private get fields(): LogFields {
    const { address, work, enqueued } = this.assignment;
    return {
      project_id: address.project,
      card_id: address.card,
      agent_name: address.agent,
      attempt: this.attemptNumber,
      delivery_count: work.delivery,
      position: work.commit.position,
      ...traceField(enqueued),
    };
  }
}

const CAUSES: Readonly<Record<Interruption, AbortCause>> = { stopped: 'stopping', 'lease-lost': 'lease-lost' };

const interruptionOf = ({ reason }: AnySignal): Interruption =>
  reason instanceof WorkInterrupted ? reason.kind : 'stopped';

const reasonOf = (outcome: LaneOutcome): string => {
  if (outcome.kind === 'lost') return outcome.reason;
  return outcome.kind === 'worn-out' ? `${outcome.deaths} workers died on it` : outcome.kind;
};
