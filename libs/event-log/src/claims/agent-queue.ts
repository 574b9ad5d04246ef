/**
 * The work of one agent. Owns the follower that finds it, the pieces that are not settled, and their timers.
 * Doesn't own: the log, what a worker does with a piece.
 *
 * Invariants:
 * 1. A piece is in exactly one state; leaving a state stops its timer.
 * 2. At most one Work speaks for a piece: the one whose delivery is the piece's. An older one is deaf: its heartbeat answers
 *    false, its ack and nak change nothing, so it can't take the piece away from the present holder.
 * 3. A settled piece is referenced by nothing here. At most READY_LIMIT pieces are read ahead of the takers.
 */
import type { AgentName, LaneCommit, Position } from '@squados/contracts';
import type { EventLog } from '../event-log.port.js';
import type { Work } from '../work-claim.port.js';
import { Bell } from '../following/bell.js';
import { onAbort } from '../on-abort.js';
import { ReadyPieces, timerMs, type Piece } from './piece.js';

const READY_LIMIT = 1024;

export interface Take {
  readonly max: number;
  readonly leaseMs: number;
}

interface Waiter extends Take {
  readonly resolve: (works: readonly Work[]) => void;
  readonly reject: (error: unknown) => void;
}

type State = { readonly kind: 'idle' | 'following' | 'closed' } | { readonly kind: 'failed'; readonly error: unknown };

export class AgentQueue {
  private state: State = { kind: 'idle' };
  private readonly ready = new ReadyPieces();
  private readonly unsettled = new Set<Piece>();
  private readonly waiters = new Set<Waiter>();
  private readonly closing = new AbortController();
  private readonly room = new Bell();

  constructor(
    private readonly log: Pick<EventLog, 'follow'>,
    private readonly agent: AgentName,
  ) {}

  /** Begins to look for work after a position. Only the first call counts. */
  start(after: Position): void {
    if (this.state.kind !== 'idle') return;
    this.state = { kind: 'following' };
    this.follow(after).catch((error: unknown) => this.fail(error));
  }

  /** Waits until there is a piece; empty when any signal aborts, or closed. Rejects when the log below broke. */
  take(take: Take, signals: readonly AbortSignal[]): Promise<readonly Work[]> {
    if (this.state.kind === 'closed' || signals.some((signal) => signal.aborted)) return Promise.resolve([]);
    if (this.state.kind === 'failed') return Promise.reject(this.state.error as Error);
    const works = this.lease(take);
    return works.length > 0 ? Promise.resolve(works) : this.wait(take, signals);
  }

  close(): void {
    if (this.state.kind === 'closed') return;
    this.state = { kind: 'closed' };
    this.closing.abort();
    this.room.ring();
    for (const piece of this.unsettled) settle(piece);
    this.unsettled.clear();
    for (const waiter of this.waiters) waiter.resolve([]);
  }

  private async follow(after: Position): Promise<void> {
    const { signal } = this.closing;
    for await (const batch of this.log.follow({ after, filter: { agent: this.agent, kind: 'decided' }, signal })) {
      for (const commit of batch.commits) if (isWork(commit)) this.add(commit);
      this.serve();
      await this.untilThereIsRoom();
    }
    this.close();
  }

  private async untilThereIsRoom(): Promise<void> {
    while (this.ready.size >= READY_LIMIT && this.state.kind === 'following') {
      this.room.hush();
      await this.room.wait();
    }
  }

  private fail(error: unknown): void {
    if (this.state.kind === 'closed') return;
    this.state = { kind: 'failed', error };
    for (const waiter of this.waiters) waiter.reject(error);
  }

  private add(commit: LaneCommit): void {
    const piece: Piece = { commit, delivery: 0, state: { kind: 'ready' } };
    this.unsettled.add(piece);
    this.ready.push(piece);
  }

  private wait(take: Take, signals: readonly AbortSignal[]): Promise<readonly Work[]> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiters.delete(waiter);
        for (const unlink of unlinks) unlink();
      };
      const waiter: Waiter = {
        ...take,
        resolve: (works) => (leave(), resolve(works)),
        reject: (error) => (leave(), reject(error as Error)),
      };
      this.waiters.add(waiter);
      const unlinks = signals.map((signal) => onAbort(signal, () => waiter.resolve([])));
    });
  }

  private serve(): void {
    for (const waiter of this.waiters) {
      const works = this.lease(waiter);
      if (works.length === 0) return;
      waiter.resolve(works);
    }
  }

  private lease({ max, leaseMs }: Take): Work[] {
    const works: Work[] = [];
    while (works.length < max) {
      const piece = this.ready.pop();
      if (piece === undefined) break;
      works.push(this.deliver(piece, leaseMs));
    }
    if (works.length > 0) this.room.ring();
    return works;
  }

  private deliver(piece: Piece, leaseMs: number): Work {
    piece.delivery++;
    piece.state = { kind: 'leased', timer: setTimeout(() => this.putBack(piece), timerMs(leaseMs)) };
    return this.workOf(piece);
  }

  private putBack(piece: Piece): void {
    piece.state = { kind: 'ready' };
    this.ready.push(piece);
    this.serve();
  }

  /** Invariant 2: every word of a Work is weighed against the delivery it was made for. */
  private workOf(piece: Piece): Work {
    const { commit, delivery } = piece;
    const isHeld = (): boolean => piece.delivery === delivery && piece.state.kind === 'leased';
    return {
      commit,
      delivery,
      heartbeat: async () => isHeld() && prolong(piece),
      ack: async () => {
        if (piece.delivery === delivery) this.forget(piece);
      },
      nak: async (delayMs) => {
        if (isHeld()) this.delay(piece, delayMs);
      },
    };
  }

  private forget(piece: Piece): void {
    settle(piece);
    this.unsettled.delete(piece);
  }

  private delay(piece: Piece, delayMs: number): void {
    stopTimer(piece);
    if (delayMs > 0) piece.state = { kind: 'delayed', timer: setTimeout(() => this.putBack(piece), timerMs(delayMs)) };
    else this.putBack(piece);
  }
}

const isWork = (commit: LaneCommit): boolean => commit.events.some((event) => event.type === 'CardEnqueued');

const stopTimer = (piece: Piece): void => {
  if ('timer' in piece.state) clearTimeout(piece.state.timer);
};

const settle = (piece: Piece): void => {
  stopTimer(piece);
  piece.state = { kind: 'settled' };
};

const prolong = (piece: Piece): boolean => {
  if (piece.state.kind !== 'leased') return false;
  piece.state.timer.refresh();
  return true;
};
