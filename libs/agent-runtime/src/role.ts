import type {
  AgentName,
  Blame,
  CardId,
  CardSpec,
  DraftEvent,
  Proposal,
  ProjectId,
  RunPolicy,
  Sha256,
  Spend,
  Verdict,
} from '@squados/contracts';
import type { PastCalls } from './past-calls.js';
import type { CardEvidence } from './read-evidence.js';

/** A dependency as an attempt sees it: what it is and what it delivered (empty for a skipped one). */
export interface DependencyInput {
  readonly card: CardSpec;
  readonly manifest: Readonly<Record<string, Sha256>>;
  /** True when it was skipped: its output is assumed, not there. */
  readonly assumed: boolean;
}

/** Everything an attempt may read. Same task → same bytes: an offline role looks at nothing else (no clock, no random, no disk). */
export interface Task {
  readonly project: {
    readonly id: ProjectId;
    readonly title: string;
    readonly agents: readonly AgentName[];
    readonly policy: RunPolicy;
    readonly documents: readonly { readonly name: string; readonly sha256: Sha256 }[];
  };
  readonly card: CardSpec;
  readonly attempt: number;
  readonly feedback?: string;
  readonly dependencies: readonly DependencyInput[];
  /** Every card of the project as specified, in natural id order (PROD-2 before PROD-10). */
  readonly cards: readonly CardSpec[];
}

export interface RoleTools {
  /** Aborted on deadline, skip, rollback, stop, lost lease. */
  readonly signal: AbortSignal;
  readArtifact(hash: Sha256): Promise<Uint8Array>;
  /** Tells people what is going on; may be lost. */
  note(text: string): void;
  /** What was recorded for a card of this project when this attempt was enqueued; undefined: it was not done by then. */
  evidence?(card: CardId): Promise<CardEvidence | undefined>;
  /** For roles whose work costs money: what they need to account for it. */
  readonly ledger?: AttemptLedger;
}

/** An attempt's account of its calls to models, in the log. */
export interface AttemptLedger {
  /** What the attempt may spend; undefined: no budget is set. */
  readonly allowance: Spend | undefined;
  /** Durable and in order when it resolves. @throws AttemptAborted when the attempt is somebody else's by now */
  record(events: readonly DraftEvent[]): Promise<void>;
  /** Durable when it resolves. */
  keep(bytes: Uint8Array): Promise<Sha256>;
  /** Calls of this attempt that are in the log already, from earlier deliveries. */
  past(): Promise<PastCalls>;
}

/** Path under `app-artefacts/` (always with `/`, inside the role's folder) → UTF-8 text. */
export type Files = ReadonlyMap<string, string>;

export type RoleResult =
  | {
      readonly kind: 'written';
      readonly files: Files;
      readonly proposals: readonly Proposal[];
      readonly assumptions: readonly string[];
      readonly metrics?: Readonly<Record<string, number>>;
      /** Who wrote these files, where it isn't the role's author. */
      readonly author?: string;
    }
  /** It can't go on now, through no fault of the card: handed back at no cost in retries. */
  | { readonly kind: 'released'; readonly reason: string; /** Epoch milliseconds. */ readonly notBefore?: number }
  | {
      readonly kind: 'failed';
      readonly retryable: boolean;
      readonly code: string;
      readonly message: string;
      readonly place?: string;
      readonly excerpt?: string;
    };

export interface GateInput {
  readonly task: Task;
  readonly files: Files;
  readonly proposals: readonly Proposal[];
  readonly tools: RoleTools;
}

/** What a gate saw, in its own words. */
export interface GateAnswer extends Omit<Verdict, 'gate' | 'profile' | 'required' | 'durationMs' | 'inputs'> {
  /**
   * With `fail`, when not this card's work but what it builds on is at fault: whom, and what to correct. The attempt then ends as
   * `rejected`, and those cards run again with the feedback. Not part of the verdict.
   */
  readonly blames?: readonly Blame[];
}

/** A check that really runs. It answers with what it saw; throwing counts as `refer` with the error's text, but for a `GateBlocked`. */
export interface Gate {
  readonly name: string;
  /** Runs only after every other required gate has passed; else it is not run and not listed. */
  readonly last?: true;
  /** Does it apply to this card, and must it pass? `none`: it is not run and not listed. */
  applies(task: Task): 'required' | 'advisory' | 'none';
  run(input: GateInput): Promise<GateAnswer>;
}

/** What the gates said of the last result, when a required one failed. */
export interface Rejected {
  readonly result: Extract<RoleResult, { readonly kind: 'written' }>;
  readonly verdicts: readonly Verdict[];
  /** 1 after the first result. */
  readonly round: number;
}

/** An agent owner as data and a few functions: what it writes and which gates hold it to it. */
export interface Role {
  readonly agent: AgentName;
  /** Who writes: `offline`, `claude`, `recorded`. */
  readonly author: string;
  write(task: Task, tools: RoleTools): Promise<RoleResult>;
  /**
   * Called when a required gate failed (and blamed nobody else), with the same task object as `write`: another result, to be checked
   * again, or undefined to leave it at that. Absent: the first result is the last.
   */
  revise?(task: Task, tools: RoleTools, rejected: Rejected): Promise<RoleResult | undefined>;
  readonly gates: readonly Gate[];
}
