import {
  attemptLane,
  decidedLane,
  position,
  revision,
  type CardId,
  type Command,
  type DraftEvent,
  type LaneAppend,
  type LaneCommit,
  type Revision,
} from '@squados/contracts';
import type { Board } from '../board.types.js';
import { decide } from '../decide/decide.js';
import { emptyBoard, evolve } from '../evolve.js';
import { plan } from '../plan/plan.js';
import { card, project } from '../views.js';
import {
  addCards,
  commitOf,
  completed,
  failed,
  fakeHash,
  P,
  person,
  policy,
  PRODUCT,
  spec,
  started,
  startProject,
} from './builders.js';

/**
 * All interleavings of two orchestrators, two workers, a gateway and crashes over fenced lanes, by search over states.
 *
 * What is modelled: an orchestrator reads the log up to some point and then appends its plan one by one, as late as it likes,
 * and may forget the rest (a crash) at any time; a worker claims an attempt (also one that another holds: leases run out),
 * starts it by DESIGN §4's protocol, ends it, or crashes (a crash that leaves a claim to come); the gateway decides on what it read and appends later.
 */
export interface Model {
  readonly cards: number;
  /** What people do, in this order, each at any time after the one before. */
  readonly commands: readonly Command[];
  /** Claims of the same attempt, which bounds crashes and lost leases. */
  readonly claims: number;
  /** Attempts of a card that may fail before the next one is made to complete. */
  readonly failures: number;
  /** Attempts of the last card that reject the first one's work. */
  readonly rejections?: number;
  readonly orchestrators: number;
  /** The last card goes to production, and somebody has to approve it. */
  readonly approval?: boolean;
  /** The first card proposes Z, which closes the project. */
  readonly closing?: boolean;
  /** Planted faults, to see the checker find them. */
  readonly bug?: 'no-fence' | 'no-start-on-take-over' | 'zombie-acks';
}

export interface Verdicts {
  readonly states: number;
  /** Invariants broken, each with the log that shows it. */
  readonly violations: readonly string[];
  /** States from which no actor can bring every card to rest. */
  readonly stuck: number;
  /** Ways in which logs ended, to see that the search went somewhere. */
  readonly ends: ReadonlySet<string>;
}

/** An actor with something left to append: what it read (log length) and how far it got. */
interface Pending {
  readonly read: number;
  readonly next: number;
}

interface Worker {
  readonly card: number;
  readonly attempt: number;
  /** Revision its next append expects: `after` before it has started. */
  readonly expects: number;
  readonly started: boolean;
}

interface State {
  readonly log: readonly Entry[];
  readonly orchestrators: readonly (Pending | undefined)[];
  readonly gateway: Pending | undefined;
  readonly commandsLeft: number;
  readonly workers: readonly (Worker | undefined)[];
  /** `card:attempt` → claims so far; settled ones are gone for good. */
  readonly claims: Readonly<Record<string, number>>;
  readonly settled: readonly string[];
}

/** One commit: lane, events and who wrote them. Its position is its place in the log, from 1, and its revision too. */
interface Entry {
  readonly append: LaneAppend;
  readonly by: string;
  /** Names the log up to and including this commit. */
  readonly key: string;
}

const ENDS = /CardCompleted|CardFailed|CardReleased/;
const CALM = { now: 1e9, draw: () => 0, window: () => 2, limit: 50 };

export const explore = (model: Model): Verdicts => new Explorer(model).run();

class Explorer {
  private readonly boards = new Map<string, Board>();
  private readonly plans = new Map<string, readonly LaneAppend[]>();
  private readonly keys = new Map<string, number>();
  private readonly states: State[] = [];
  private readonly before: number[][] = [];
  private readonly violations = new Set<string>();
  private readonly ends = new Set<string>();
  private readonly given: readonly CardId[];
  /** The given ones and what they propose, in the order of their arrival. */
  private readonly ids: readonly CardId[];

  constructor(private readonly model: Model) {
    this.given = Array.from({ length: model.cards }, (_, i) => `C${i}` as CardId);
    this.ids = model.closing === true ? [...this.given, 'Z' as CardId] : this.given;
  }

  run(): Verdicts {
    const resting: number[] = [];
    this.visit(this.initial(), undefined);
    for (let at = 0; at < this.states.length; at++) {
      const state = this.states[at]!;
      if (this.isAtRest(state)) resting.push(at);
      for (const next of this.moves(state)) this.visit(next, at);
    }
    return {
      states: this.states.length,
      violations: [...this.violations],
      stuck: this.states.length - this.reaching(resting).size,
      ends: this.ends,
    };
  }

  private initial(): State {
    let log: readonly Entry[] = [];
    const last = this.model.approval === true ? { type: 'deploy', extra: { target: 'production' } } : {};
    const cards = this.given.map((id, i) => {
      const dependencies = i === 0 ? [] : [this.given[i - 1]!];
      return spec(id, { dependencies, ...(i === this.given.length - 1 ? last : {}) });
    });
    const start = startProject({
      agents: [PRODUCT],
      policy: policy({
        maxRetries: 1,
        maxDeliveries: 9,
        retryBaseMs: 0,
        approvals: [{ target: 'production', roles: ['lead'] }],
      }),
    });
    for (const command of [start, addCards(cards)]) {
      const decision = decide(this.fold(log), command);
      if (decision.kind === 'accepted') for (const append of decision.appends) log = extended(log, append, 'gateway');
    }
    const orchestrators = Array.from({ length: this.model.orchestrators }, () => undefined);
    return {
      log,
      orchestrators,
      gateway: undefined,
      commandsLeft: this.model.commands.length,
      workers: [undefined, undefined],
      claims: {},
      settled: [],
    };
  }

  private visit(state: State, from: number | undefined): void {
    const key = keyOf(state);
    let at = this.keys.get(key);
    if (at === undefined) {
      at = this.states.length;
      this.keys.set(key, at);
      this.states.push(state);
      this.before.push([]);
      this.checkHolders(state);
    }
    if (from !== undefined) this.before[at]!.push(from);
  }

  /** The states from which one of these can be reached. */
  private reaching(targets: readonly number[]): ReadonlySet<number> {
    const seen = new Set(targets);
    const stack = [...targets];
    for (let at = stack.pop(); at !== undefined; at = stack.pop())
      for (const from of this.before[at]!)
        if (!seen.has(from)) {
          seen.add(from);
          stack.push(from);
        }
    return seen;
  }

  private *moves(state: State): Generator<State> {
    for (const i of state.orchestrators.keys()) yield* this.orchestrate(state, i);
    yield* this.gateway(state);
    for (const i of state.workers.keys()) yield* this.work(state, i);
  }

  // orchestrators: read and plan; append the next of the plan; forget (by reading again)

  private *orchestrate(state: State, i: number): Generator<State> {
    const pending = state.orchestrators[i];
    const set = (value: Pending | undefined): State['orchestrators'] =>
      state.orchestrators.map((own, j) => (j === i ? value : own));
    const todo = this.planned(state.log).length;
    if (todo > 0 && pending?.read !== state.log.length)
      yield { ...state, orchestrators: set({ read: state.log.length, next: 0 }) };
    if (!pending) return;
    const planned = this.planned(state.log.slice(0, pending.read));
    const append = planned[pending.next]!;
    const more = pending.next + 1 < planned.length ? { read: pending.read, next: pending.next + 1 } : undefined;
    yield { ...this.append(state, append, `o${i}`), orchestrators: set(more) };
  }

  private *gateway(state: State): Generator<State> {
    const command = this.model.commands[this.model.commands.length - state.commandsLeft];
    if (!command) return;
    if (state.gateway === undefined) {
      yield { ...state, gateway: { read: state.log.length, next: 0 } };
      return;
    }
    const decision = decide(this.fold(state.log.slice(0, state.gateway.read)), command);
    const done = { ...state, gateway: undefined, commandsLeft: state.commandsLeft - 1 };
    if (decision.kind === 'rejected') yield done;
    else yield this.append(done, decision.appends[0]!, 'gateway');
  }

  // workers

  private *work(state: State, w: number): Generator<State> {
    const worker = state.workers[w];
    if (!worker) yield* this.claim(state, w);
    else if (!worker.started) yield* this.start(state, w, worker);
    else yield* this.finish(state, w, worker);
    if (worker && this.mayComeAgain(state, worker)) yield withWorker(state, w, undefined); // crash
  }

  /** Crashes are bounded by claims: the last claim of an attempt doesn't crash. */
  private mayComeAgain(state: State, { card: of, attempt }: Worker): boolean {
    const job = `${of}:${attempt}`;
    return state.settled.includes(job) || (state.claims[job] ?? 0) < this.model.claims;
  }

  private *claim(state: State, w: number): Generator<State> {
    for (const { append } of state.log)
      for (const event of append.events) {
        if (event.type !== 'CardEnqueued') continue;
        const at = this.ids.findIndex((id) => decidedLane(this.address(id)) === append.lane);
        const job = `${at}:${event.data.attempt}`;
        const claims = state.claims[job] ?? 0;
        if (claims >= this.model.claims || state.settled.includes(job)) continue;
        const worker: Worker = { card: at, attempt: event.data.attempt, expects: event.data.after, started: false };
        yield withWorker({ ...state, claims: { ...state.claims, [job]: claims + 1 } }, w, worker);
      }
  }

  /** CardStarted expecting `after`; on a conflict take over while the lane's last event is this attempt and open, else drop it. */
  private *start(state: State, w: number, worker: Worker): Generator<State> {
    const lane = attemptLane(this.address(this.ids[worker.card]!));
    const last = lastOf(state.log, lane);
    const event = { lane, expected: revision(worker.expects), events: [started(worker.attempt, 1, `w${w}`)] };
    if (last.revision === worker.expects || this.model.bug === 'no-fence') {
      const next = this.append(state, event, `w${w}`);
      yield withWorker(next, w, { ...worker, expects: next.log.length, started: true });
    } else if (isOpenOf(last.entry, worker.attempt)) {
      const isSkipping = this.model.bug === 'no-start-on-take-over';
      yield withWorker(state, w, { ...worker, expects: last.revision, started: isSkipping });
    } else yield settle(withWorker(state, w, undefined), worker);
  }

  /** Ends the attempt. On a conflict it isn't this worker's any more; acknowledged only if it is over, for whoever took over may die. */
  private *finish(state: State, w: number, worker: Worker): Generator<State> {
    const lane = attemptLane(this.address(this.ids[worker.card]!));
    const closing = this.model.closing === true && worker.card === 0 ? [spec('Z')] : [];
    const ends: DraftEvent[] = [completed(worker.attempt, { output: `${worker.card}`, closing })];
    if (worker.attempt <= this.model.failures)
      ends.push(failed(worker.attempt, { message: `try ${'x'.repeat(worker.attempt)}` }));
    if (this.rejects(worker)) ends.splice(0, 1, rejecting(worker.attempt, this.given[0]!));
    for (const end of ends) {
      const next = this.append(state, { lane, expected: revision(worker.expects), events: [end] }, `w${w}`);
      const isLost = next.log.length === state.log.length;
      const mayAck =
        !isLost || this.model.bug === 'zombie-acks' || !isOpenOf(lastOf(next.log, lane).entry, worker.attempt);
      yield mayAck ? settle(withWorker(next, w, undefined), worker) : withWorker(next, w, undefined);
    }
  }

  private rejects({ card: of, attempt }: Worker): boolean {
    return of > 0 && of === this.given.length - 1 && attempt <= (this.model.rejections ?? 0);
  }

  // the log and what must hold of it

  private append(state: State, append: LaneAppend, by: string): State {
    const isFenced = this.model.bug !== 'no-fence';
    if (isFenced && lastOf(state.log, append.lane).revision !== append.expected) return state;
    const log = extended(state.log, append, by);
    this.check(log);
    return { ...state, log };
  }

  private check(log: readonly Entry[]): void {
    this.checkClosing(log);
    for (const id of this.ids) {
      this.checkAttempts(log, id);
      const seen = card(this.fold(log), P, id);
      if (seen?.state === 'DONE' && skippedBeforeEnd(log, this.lanes(id)))
        this.break(log, `${id} is DONE by a completion after its skip`);
    }
  }

  /** Nothing is said to be complete while a closing proposal waits, and Z builds on everything that was there. */
  private checkClosing(log: readonly Entry[]): void {
    const board = this.fold(log);
    const { status, closing = [] } = project(board, P)!;
    if (status === 'completed' && closing.length > 0) this.break(log, 'complete with a closing proposal');
    const last = card(board, P, 'Z' as CardId);
    if (last && !last.dependencies.includes(this.given.at(-1)!)) this.break(log, 'Z does not build on all');
  }

  /** At most one open attempt, each ended once; nothing is accepted from a worker after another has started the attempt. */
  private checkAttempts(log: readonly Entry[], id: CardId): void {
    const lanes = this.lanes(id);
    const open = new Set<number>();
    const ended = new Set<number>();
    let holder = '';
    for (const { append, by } of log)
      for (const event of append.events) {
        if (append.lane !== lanes.decided && append.lane !== lanes.attempt) continue;
        if (event.type === 'CardEnqueued') {
          if (open.size > 0) this.break(log, `two open attempts of ${id}`);
          open.add(event.data.attempt);
        } else if (event.type === 'CardStarted') holder = by;
        else if (ENDS.test(event.type) && 'attempt' in event.data) {
          if (ended.has(event.data.attempt)) this.break(log, `attempt ${event.data.attempt} of ${id} ended twice`);
          if (by.startsWith('w') && by !== holder)
            this.break(log, `${by} ended an attempt of ${id} that ${holder} holds`);
          ended.add(event.data.attempt);
          open.delete(event.data.attempt);
        }
      }
  }

  /** Of the workers that believe they hold an attempt, at most one can still append. */
  private checkHolders(state: State): void {
    const able = state.workers.filter((worker) => {
      if (!worker?.started) return false;
      return lastOf(state.log, attemptLane(this.address(this.ids[worker.card]!))).revision === worker.expects;
    });
    if (able.length > 1 && able[0]!.card === able[1]!.card)
      this.break(state.log, `two workers can end the same attempt`);
  }

  private break(log: readonly Entry[], what: string): void {
    if (this.violations.size < 20) this.violations.add(`${what}: ${log.map(describe).join(' ')}`);
  }

  /** Every card is at rest and nothing is planned: the project is complete, waits for people, or was halted by them. */
  private isAtRest(state: State): boolean {
    const board = this.fold(state.log);
    const isResting =
      state.commandsLeft === 0 &&
      state.workers.every((worker) => !worker) &&
      project(board, P)!.settled &&
      this.planned(state.log).length === 0;
    if (isResting) this.ends.add(this.ids.map((id) => card(board, P, id)?.state ?? 'ABSENT').join(','));
    return isResting;
  }

  private planned(log: readonly Entry[]): readonly LaneAppend[] {
    const key = logKey(log);
    const known = this.plans.get(key);
    if (known) return known;
    const appends = plan(this.fold(log), CALM);
    this.plans.set(key, appends);
    return appends;
  }

  private fold(log: readonly Entry[]): Board {
    const key = logKey(log);
    const known = this.boards.get(key);
    if (known) return known;
    const board = commitsOf(log).reduce(evolve, emptyBoard());
    this.boards.set(key, board);
    return board;
  }

  private address(id: CardId): { project: typeof P; agent: typeof PRODUCT; card: CardId } {
    return { project: P, agent: PRODUCT, card: id };
  }

  private lanes(id: CardId): Lanes {
    return { decided: decidedLane(this.address(id)), attempt: attemptLane(this.address(id)) };
  }
}

interface Lanes {
  readonly decided: string;
  readonly attempt: string;
}

const skippedBeforeEnd = (log: readonly Entry[], lanes: Lanes): boolean => {
  const skip = log.findIndex(({ append }) => append.lane === lanes.decided && append.events[0]!.type === 'CardSkipped');
  const again = log.findLastIndex(
    ({ append }) => append.lane === lanes.decided && append.events[0]!.type === 'CardEnqueued',
  );
  const end = log.findIndex(
    ({ append }) => append.lane === lanes.attempt && append.events[0]!.type === 'CardCompleted',
  );
  return skip >= 0 && end > skip && again < skip;
};

const commitsOf = (log: readonly Entry[]): LaneCommit[] =>
  log.map(({ append }, i) =>
    commitOf({ lane: append.lane, position: position(i + 1), revision: revision(i + 1) }, append.events),
  );

const lastOf = (
  log: readonly Entry[],
  lane: string,
): { readonly revision: Revision; readonly entry: Entry | undefined } => {
  const at = log.findLastIndex(({ append }) => append.lane === lane);
  return { revision: revision(at + 1), entry: log[at] };
};

const isOpenOf = (entry: Entry | undefined, attempt: number): boolean => {
  const event = entry?.append.events.at(-1);
  return event !== undefined && 'attempt' in event.data && event.data.attempt === attempt && !ENDS.test(event.type);
};

const withWorker = (state: State, w: number, worker: Worker | undefined): State => ({
  ...state,
  workers: state.workers.map((own, i) => (i === w ? worker : own)),
});

/** Acknowledged: never claimed again. */
const settle = (state: State, { card: of, attempt }: Worker): State => {
  const job = `${of}:${attempt}`;
  return state.settled.includes(job) ? state : { ...state, settled: [...state.settled, job].sort() };
};

const rejecting = (attempt: number, blamed: CardId): DraftEvent =>
  failed(attempt, { kind: 'terminal', code: 'rejected', blames: [{ card: blamed, feedback: 'again' }] });

const describe = ({ append, by }: Omit<Entry, 'key'>): string => {
  const event = append.events[0]!;
  const attempt = 'attempt' in event.data ? `#${event.data.attempt}` : '';
  return `${by}:${append.lane.split('.').slice(3).join('.')}:${event.type}${attempt}`;
};

const logKey = (log: readonly Entry[]): string => log.at(-1)?.key ?? '';

const extended = (log: readonly Entry[], append: LaneAppend, by: string): Entry[] => [
  ...log,
  { append, by, key: `${logKey(log)}|${describe({ append, by })}` },
];

const keyOf = (state: State): string => {
  const { log, ...rest } = state;
  return `${logKey(log)}\n${JSON.stringify(rest)}`;
};

export const meddling = {
  skip: (id: string): Command => ({
    type: 'SkipCard',
    project: P,
    card: id as CardId,
    by: person,
    reason: 'not needed',
  }),
  retry: (id: string): Command => ({ type: 'RetryCard', project: P, card: id as CardId, by: person, reason: 'again' }),
  rollBack: (id: string): Command => ({
    type: 'RollBack',
    project: P,
    card: id as CardId,
    by: person,
    reason: 'wrong',
  }),
  /** Of the first attempt, whose output the model knows. */
  approve: (id: string, decision: 'approved' | 'refused' = 'approved'): Command => ({
    type: 'ApproveCard',
    project: P,
    card: id as CardId,
    attempt: 1,
    role: 'lead',
    decision,
    by: person,
    reason: 'looked at it',
    manifestHash: fakeHash(id.slice(1)),
  }),
  pauseNow: (): Command => ({ type: 'PauseProject', project: P, by: person, reason: 'wait', now: true }),
  resume: (): Command => ({ type: 'ResumeProject', project: P, by: person, reason: 'go on' }),
};
