import type { CardSpec } from './card.js';
import type { EventData } from './event-data.js';
import type { Actor, RunPolicy } from './run-policy.js';
import type { AgentName, CardId, ProjectId, Sha256 } from './ids.js';
import type { BudgetScope } from './model-calls.js';

/** What people (and importers) ask for. `decide` answers with appends or with a reason. */
export type Command =
  | {
      readonly type: 'StartProject';
      readonly project: ProjectId;
      readonly title: string;
      readonly agents: readonly AgentName[];
      readonly policy: RunPolicy;
      readonly source?: NonNullable<EventData['ProjectStarted']['source']>;
    }
  | {
      readonly type: 'AddCards';
      readonly project: ProjectId;
      readonly cards: readonly CardSpec[];
      readonly by: Actor;
      readonly kind: 'import' | 'person';
    }
  | {
      readonly type: 'ChangeCard';
      readonly project: ProjectId;
      readonly spec: CardSpec;
      readonly by: Actor;
      readonly reason: string;
    }
  | {
      readonly type: 'PauseProject';
      readonly project: ProjectId;
      readonly by: Actor;
      readonly reason: string;
      readonly now: boolean;
    }
  | { readonly type: 'ResumeProject'; readonly project: ProjectId; readonly by: Actor; readonly reason: string }
  | { readonly type: 'StopProject'; readonly project: ProjectId; readonly by: Actor; readonly reason: string }
  | {
      readonly type: 'SkipCard';
      readonly project: ProjectId;
      readonly card: CardId;
      readonly by: Actor;
      readonly reason: string;
    }
  | {
      readonly type: 'RetryCard';
      readonly project: ProjectId;
      readonly card: CardId;
      readonly by: Actor;
      readonly reason: string;
    }
  | {
      readonly type: 'RollBack';
      readonly project: ProjectId;
      readonly card: CardId;
      readonly by: Actor;
      readonly reason: string;
      /** The reach that the person was shown; a different one now is refused as `stale-preview`. */ readonly shown?: readonly CardId[];
    }
  | {
      readonly type: 'ApproveCard';
      readonly project: ProjectId;
      readonly card: CardId;
      readonly attempt: number;
      readonly role: string;
      readonly decision: EventData['ApprovalDecided']['decision'];
      readonly by: Actor;
      readonly reason: string;
      /** What the person was shown; another one now is refused as `stale-preview`. */
      readonly manifestHash: Sha256;
    }
  | {
      readonly type: 'SetBudget';
      readonly project: ProjectId;
      readonly by: Actor;
      readonly reason: string;
      readonly scope: BudgetScope;
      /** Absent: no limit. */
      readonly nanoUsd?: number;
      readonly tokens?: number;
      readonly perAttempt?: number;
    }
  | {
      readonly type: 'WaiveGate';
      readonly project: ProjectId;
      readonly card: CardId;
      readonly attempt: number;
      readonly gate: string;
      readonly by: Actor;
      readonly reason: string;
    };
