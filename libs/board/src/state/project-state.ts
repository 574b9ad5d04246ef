import {
  CARD_STATES,
  EMPTY_LANE,
  PRIORITIES,
  type AgentName,
  type CardId,
  type ProjectId,
  type Proposal,
  type Revision,
  type RunPolicy,
} from '@squados/contracts';
import type { BudgetLedger } from './budget-ledger.js';
import { Pattern } from './ascii.js';
import { CardSet } from './card-set.js';
import { LazyHeap } from './lazy-heap.js';

/** Ready cards of one project and agent. */
export interface ReadyQueue {
  /** By priority, the most urgent first; each in order of arrival. */
  readonly byPriority: readonly CardSet[];
  /** Position of the agent's last CardEnqueued in this project: whose turn it is in the round robin. */
  lastServed: number;
}

/** Proposals of a completed card, kept until CardsAdded or CardsRejected decides them. */
export interface Undecided {
  readonly card: CardId;
  readonly attempt: number;
  readonly proposals: readonly Proposal[];
}

/** Asked before an id is made: most of the time there are none. */
export const hasWaitingProposals = ({ undecided, closing }: ProjectState): boolean =>
  undecided.length > 0 || closing.length > 0;

/** Stands in for the policy of a project whose ProjectStarted can't be read; it is undecidable, so nothing leans on it. */
const NO_POLICY: RunPolicy = {
  maxRetries: 0,
  retryBaseMs: 0,
  retryCapMs: 0,
  attemptDeadlineMs: 0,
  gateProfile: 'full',
  maxDeliveries: 0,
};

export class ProjectState {
  agents: readonly AgentName[] = [];
  policy: RunPolicy = NO_POLICY;
  revision: Revision = EMPTY_LANE;
  paused = false;
  /** Paused with `now`: open attempts are released. */
  pausedNow = false;
  stopped = false;
  completed = false;
  undecidable = false;
  /** It lies in a file; only its name is left, so that nobody takes it again. */
  archived = false;
  total = 0;
  ready = 0;
  open = 0;
  /** Cards by state, in the order of CARD_STATES. */
  readonly byState = new Uint32Array(CARD_STATES.length);
  /** Its cards as runs of indices [from, to), in order of arrival. */
  runs: number[] = [];
  undecided: Undecided[] = [];
  /** Closing proposals of cards that are done: judged once nothing else is left to do. */
  closing: Undecided[] = [];
  /** What its model calls cost; absent while there were none and no budget is set. */
  budget: BudgetLedger | undefined;
  /** By agent. */
  readonly queues: (ReadyQueue | undefined)[] = [];
  /** Waiting cards → epoch milliseconds. */
  readonly timers = new Map<number, number>();
  readonly timerHeap = new LazyHeap();

  /** What all of its lanes begin with. */
  readonly prefix: Pattern;

  constructor(
    readonly index: number,
    readonly id: ProjectId,
    token: string,
  ) {
    this.prefix = new Pattern(`squad.${token}.`);
  }

  queue(agent: number): ReadyQueue {
    while (this.queues.length <= agent) this.queues.push(undefined);
    return (this.queues[agent] ??= { byPriority: PRIORITIES.map(() => new CardSet()), lastServed: 0 });
  }

  /** New cards [from, to) belong to it. */
  extend(from: number, to: number): void {
    this.total += to - from;
    if (this.runs.at(-1) === from) this.runs[this.runs.length - 1] = to;
    else this.runs.push(from, to);
  }
}
