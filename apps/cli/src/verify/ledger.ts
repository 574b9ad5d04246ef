import type { AgentName, CardId, Position, ProjectId, Revision, RunPolicy } from '@squados/contracts';

/** What has happened to a card, as far as the rules ask. `failed` and `held` wait for the orchestrator or for people. */
export type Phase =
  | 'todo'
  | 'enqueued'
  | 'executing'
  | 'verifying'
  | 'evaluating'
  | 'held'
  | 'awaiting'
  | 'failed'
  | 'done'
  | 'retrying'
  | 'dead'
  | 'skipped';

/** Who has to approve, and for where; nobody: no roles. */
export interface Need {
  readonly gate: string;
  readonly roles: readonly string[];
}

export const NO_NEED: Need = { gate: '', roles: [] };

/** The open or last attempt of a card. */
export interface Attempt {
  readonly number: number;
  readonly enqueuedAt: Position;
  /** As they were when the attempt was enqueued. */
  readonly dependencies: readonly CardId[];
  /** Overtaken by a skip, rollback or retry: it only has to be ended, and nothing that it says counts. */
  void: boolean;
  starts: number;
  ended: boolean;
  /** Required gates that did not pass and are not waived. */
  readonly gates: Map<string, 'fail' | 'refer'>;
  proposals: Proposed;
  closing: Proposed;
  manifestHash: string;
  /** Who has to approve what it made: as the card said when it was complete. */
  need: Need;
  /** Roles asked for their approval, and those that gave it. */
  readonly asked: Set<string>;
  readonly approved: Set<string>;
}

/** Proposed cards by id, with the dependencies that they named. */
export type Proposed = ReadonlyMap<string, readonly CardId[]>;

/** Proposals that wait for an answer, since when (epoch milliseconds). */
export interface Waiting {
  readonly proposed: Proposed;
  readonly since: number;
}

export interface Card {
  readonly id: CardId;
  readonly agent: AgentName;
  dependencies: readonly CardId[];
  phase: Phase;
  attempt: Attempt | undefined;
  retries: number;
  /** Whether its last failure may be retried. */
  mayRetry: boolean;
  /** Whom its last failure blamed. */
  blames: ReadonlySet<CardId>;
  /** Who will have to approve its next result. */
  need: Need;
  /** Corrections since a person last started it over. */
  corrections: number;
  /** When it last stopped being done or skipped; its place and its event's time (epoch milliseconds). */
  undone: { readonly position: Position; readonly time: number } | undefined;
  /** When its phase last changed, epoch milliseconds by the events' clocks. */
  since: number;
  attemptRevision: Revision;
}

export interface Project {
  readonly id: ProjectId;
  readonly agents: readonly AgentName[];
  readonly policy: RunPolicy;
  readonly cards: Map<CardId, Card>;
  readonly dependents: Map<CardId, Set<CardId>>;
  /** Since when nothing new may be enqueued, epoch milliseconds; undefined: running. */
  haltedSince: number | undefined;
  stopped: boolean;
  /** Proposals not yet answered, by `<card>\n<attempt>`. */
  readonly undecided: Map<string, Waiting>;
  /** Closing ones: to be answered when nothing else is left to do. */
  readonly closing: Map<string, Waiting>;
  /** The commit that answered a proposal may hold both additions and rejections. */
  answering: { readonly key: string; readonly position: Position; readonly proposed: Proposed } | undefined;
}

export const proposalKey = (card: CardId, attempt: number): string => `${card}\n${attempt}`;

export const isMet = (card: Card | undefined): boolean => card?.phase === 'done' || card?.phase === 'skipped';

export const isOpen = (card: Card): boolean => card.attempt !== undefined && !card.attempt.ended;

/** Where one event stands. */
export interface Spot {
  readonly position: Position;
  readonly revision: Revision;
  /** The event's own time, epoch milliseconds. */
  readonly time: number;
}

/** Moves a card on; remembers when it stops being done or skipped. */
export const move = (card: Card, phase: Phase, spot: Spot): void => {
  const wasMet = isMet(card);
  card.phase = phase;
  card.since = spot.time;
  if (wasMet && !isMet(card)) card.undone = { position: spot.position, time: spot.time };
};

/** Back to the beginning: an open attempt is void, retries count anew. */
export const startOver = (card: Card, spot: Spot): void => {
  if (card.attempt) {
    card.attempt.void = true;
    card.attempt.gates.clear();
  }
  card.retries = 0;
  move(card, 'todo', spot);
};

/** An attempt whose word counts: the last one, not overtaken. */
export const counting = (card: Card, attempt: number): Attempt | undefined =>
  card.attempt?.number === attempt && !card.attempt.void ? card.attempt : undefined;

/** Completed with every required gate passed or waived: done, unless people have to approve it. */
export const finish = (project: Project, card: Card, spot: Spot): void => {
  if (card.attempt) card.attempt.need = card.need;
  if (card.need.roles.length > 0) move(card, 'awaiting', spot);
  else conclude(project, card, spot);
};

/** Done. Its proposals now await an answer. */
export const conclude = (project: Project, card: Card, spot: Spot): void => {
  const { attempt } = card;
  if (attempt) {
    const key = proposalKey(card.id, attempt.number);
    if (attempt.proposals.size > 0) project.undecided.set(key, { proposed: attempt.proposals, since: spot.time });
    if (attempt.closing.size > 0) project.closing.set(key, { proposed: attempt.closing, since: spot.time });
  }
  move(card, 'done', spot);
};
