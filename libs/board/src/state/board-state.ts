import {
  agentName,
  cardId,
  decodeToken,
  encodeToken,
  START,
  type AgentName,
  type Blame,
  type CardId,
  type Outcome,
  type Position,
  type ProjectId,
  type Proposal,
} from '@squados/contracts';
import type { Board } from '../board.types.js';
import { AsciiBuffer, Pattern } from './ascii.js';
import { CardTable, FLAG } from './card-table.js';
import { Edges } from './edges.js';
import { HashPool } from './hash-pool.js';
import { Parents } from './parents.js';
import { ProjectState } from './project-state.js';
import { TokenIndex } from './token-index.js';
import { TokenQueries } from './token-queries.js';

/** What a failed attempt said; kept only until the card is enqueued again. */
export interface Failure {
  readonly kind: 'retryable' | 'terminal' | 'worker-lost' | 'refused';
  readonly code: string;
  readonly message: string;
  readonly excerpt?: string;
  /** Whose work it rejected. */
  readonly blames?: readonly Blame[];
  /** The attempt before failed with the same error on the same inputs. */
  readonly repeated: boolean;
}

/** Who has to approve a card's work, and for where. */
export interface ApprovalNeed {
  readonly gate: string;
  readonly roles: readonly string[];
}

/** Work that is complete and waits for people. */
export interface Approval {
  readonly gate: string;
  /** Roles that have not approved. */
  readonly missing: readonly string[];
  /** Roles that have been asked. */
  readonly asked: readonly string[];
}

/** What others said of a card's work, kept until a person starts it over. */
export interface Correction {
  /** Rejections so far. */
  readonly count: number;
  /** Of the last one: who, and what to correct. */
  readonly feedback: string;
}

export interface DeadLetter {
  readonly attempt: number;
  readonly reason: string;
  readonly message: string;
}

/** What stands for an agent in a lane, the dot behind it included. */
export interface AgentToken {
  readonly index: number;
  readonly pattern: Pattern;
}

const ROOT = 'squad.';

/**
 * The board's private memory. It owns everything folded; nothing outside libs/board sees it.
 *
 * Invariants:
 * 1. A card's derived columns (view, READY, MET, DEAD, its dependents' unmet and dead) follow from the others by `refresh`.
 * 2. A card has at most one open attempt; `open` of its agent holds it exactly while FLAG.OPEN is set.
 * 3. Text is held only for cards that are failed, rejected, held, dead-lettered or with undecided proposals.
 * 4. Every set and map here is in insertion order of the log, so that two folds, or a snapshot and its tail, agree.
 */
export class BoardState {
  position: Position = START;
  readonly cards = new CardTable();
  /** What is being looked up: the lanes of a page, or a token. */
  readonly text = new AsciiBuffer();
  /** What is asked of `tokens` for the page being folded. */
  readonly queries = new TokenQueries();
  readonly tokens = new TokenIndex(this.cards, this.text);
  readonly edges = new Edges();
  readonly parents = new Parents();
  readonly hashes = new HashPool(this.cards);
  readonly projects: ProjectState[] = [];
  readonly projectByToken = new Map<string, ProjectState>();
  readonly agents: AgentName[] = [];
  private readonly agentTokens: AgentToken[] = [];
  private readonly agentIndex = new Map<string, number>();
  /** By agent: open card → position of its CardEnqueued, rising. */
  readonly open: Map<number, Position>[] = [];

  // what waits for the orchestrator
  readonly failed = new Set<number>();
  /** Open attempts that no longer count. */
  readonly voided = new Set<number>();
  readonly lost = new Set<number>();
  readonly held = new Set<number>();
  readonly deadLetters = new Map<number, DeadLetter>();

  // texts and details of few cards
  readonly failures = new Map<number, Failure>();
  readonly corrections = new Map<number, Correction>();
  readonly prints = new Map<number, string>();
  /** Required gates of the current attempt that are neither passed nor waived. */
  readonly gates = new Map<number, Map<string, Exclude<Outcome, 'pass'>>>();
  readonly heldProposals = new Map<number, readonly Proposal[]>();
  /** Of cards that people have to approve, by the policy of their run. */
  readonly approvalNeeds = new Map<number, ApprovalNeed>();
  readonly approvals = new Map<number, Approval>();

  agent(name: string): number {
    const known = this.agentIndex.get(name);
    if (known !== undefined) return known;
    const index = this.agents.length;
    this.agents.push(agentName(name));
    this.agentTokens.push({ index, pattern: new Pattern(`${encodeToken(name)}.`) });
    this.agentIndex.set(name, index);
    this.open.push(new Map());
    return index;
  }

  knownAgent(name: string): number | undefined {
    return this.agentIndex.get(name);
  }

  addProject(id: ProjectId): ProjectState {
    const token = encodeToken(id);
    const project = new ProjectState(this.projects.length, id, token);
    this.projects.push(project);
    this.projectByToken.set(token, project);
    return project;
  }

  /** The project whose lane this is. */
  projectOfLane(lane: string): ProjectState | undefined {
    const end = lane.indexOf('.', ROOT.length);
    return end < 0 || !lane.startsWith(ROOT) ? undefined : this.projectByToken.get(lane.slice(ROOT.length, end));
  }

  /** The project of the lane that stands there in the text; the last one found is tried first, because logs come in runs. */
  projectAt(from: number, lane: string): ProjectState | undefined {
    if (this.lastFound?.prefix.isAt(this.text.view, from)) return this.lastFound;
    const found = this.projectOfLane(lane);
    if (found !== undefined) this.lastFound = found;
    return found;
  }
  private lastFound: ProjectState | undefined;

  /** The agent whose token begins a text. */
  agentOf(text: string): AgentToken | undefined {
    return this.agentTokens.find(({ pattern }) => text.startsWith(pattern.text));
  }

  /** The agent whose token stands there in the text; the last one found that begins with the same letter is tried first. */
  agentAt(from: number): AgentToken | undefined {
    const slot = (this.text.bytes[from] as number) & 31;
    const last = this.agentsByLetter[slot];
    if (last?.pattern.isAt(this.text.view, from)) return last;
    const found = this.agentTokens.find(({ pattern }) => pattern.isAt(this.text.view, from));
    if (found !== undefined) this.agentsByLetter[slot] = found;
    return found;
  }
  private readonly agentsByLetter: (AgentToken | undefined)[] = new Array<undefined>(32).fill(undefined);

  /** Undefined also for one that was archived. */
  project(id: ProjectId | string): ProjectState | undefined {
    const found = this.projectByToken.get(encodeToken(id));
    return found?.archived ? undefined : found;
  }

  isArchived(id: ProjectId | string): boolean {
    return this.projectByToken.get(encodeToken(id))?.archived ?? false;
  }

  projectOf(card: number): ProjectState {
    return this.projects[this.cards.project(card)] as ProjectState;
  }

  /** Index of a card by its id as people write it; -1 when unknown. */
  find(project: ProjectState, id: string): number {
    return this.tokens.findToken(project.index, encodeToken(id));
  }

  id(card: number): CardId {
    return cardId(decodeToken(this.tokens.token(card)));
  }

  has(card: number, flag: number): boolean {
    return (this.cards.flags(card) & flag) !== 0;
  }

  raise(card: number, flag: number): void {
    this.cards.setFlags(card, this.cards.flags(card) | flag);
  }

  lower(card: number, flag: number): void {
    this.cards.setFlags(card, this.cards.flags(card) & ~flag);
  }

  /** Is this the attempt that still counts and has not ended? */
  isCurrent(card: number, attempt: number): boolean {
    return this.cards.attempt(card) === attempt && (this.cards.flags(card) & (FLAG.OPEN | FLAG.VOID)) === FLAG.OPEN;
  }
}

export const asBoard = (state: BoardState): Board => state as unknown as Board;
export const stateOf = (board: Board): BoardState => board as unknown as BoardState;
