import { parseLane, type LaneCommit, type SquadEvent, type UnknownEvent } from '@squados/contracts';
import type { FeedRow } from '../wire/index.js';

type Facts = Readonly<Record<string, string | number>>;
type Telling = { readonly [T in SquadEvent['type']]: (data: Extract<SquadEvent, { type: T }>['data']) => Facts };

const LONGEST = 300;
const short = (text: string): string => (text.length <= LONGEST ? text : `${[...text].slice(0, LONGEST).join('')}…`);

/** What the words for each event are made of; one entry per type, so that a new one must be given its facts. */
const FACTS: Telling = {
  ProjectStarted: (d) => ({ title: short(d.title) }),
  ProjectPaused: (d) => ({ by: d.by.name, reason: short(d.reason) }),
  ProjectResumed: (d) => ({ by: d.by.name, reason: short(d.reason) }),
  ProjectStopped: (d) => ({ by: d.by.name, reason: short(d.reason) }),
  ProjectCompleted: (d) => ({ done: d.done, skipped: d.skipped }),
  ProjectArchived: (d) => ({ by: d.by.name, file: short(d.file) }),
  CardsAdded: (d) => ({ cards: d.cards.length, ...(d.origin.kind === 'proposal' ? { by: d.origin.card } : {}) }),
  CardsRejected: (d) => ({ card: d.card, rejected: d.rejected.length }),
  CardChanged: (d) => ({ card: d.card, by: d.by.name, reason: short(d.reason) }),
  CardsRolledBack: (d) => ({ card: d.card, reach: d.reach.length, by: d.by.name, reason: short(d.reason) }),
  CardsReopened: (d) => ({
    cause: d.cause.card,
    blamed: short(d.cards.map((blame) => blame.card).join(', ')),
    reach: d.reach.length,
  }),
  CardEnqueued: (d) => ({ attempt: d.attempt }),
  RetryScheduled: (d) => ({ attempt: d.attempt, retry: d.retry, notBefore: d.notBefore }),
  CardDeadLettered: (d) => ({ reason: d.reason, message: short(d.message) }),
  CardEscalated: (d) => ({ to: d.to, outcome: d.outcome }),
  CardSkipped: (d) => ({ by: d.by.name, reason: short(d.reason) }),
  CardRetried: (d) => ({ by: d.by.name, reason: short(d.reason) }),
  GateWaived: (d) => ({ gate: d.gate, by: d.by.name, reason: short(d.reason) }),
  ApprovalRequested: (d) => ({ gate: d.gate, role: d.role }),
  ApprovalDecided: (d) => ({ role: d.role, decision: d.decision, by: d.by.name, reason: short(d.reason) }),
  BudgetSet: (d) => ({
    by: d.by.name,
    reason: short(d.reason),
    ...(d.nanoUsd === undefined ? {} : { nanoUsd: d.nanoUsd }),
  }),
  BudgetReserved: (d) => ({ card: d.card, nanoUsd: d.allowance.nanoUsd }),
  BudgetExceeded: (d) => ({ level: d.level, message: short(d.message) }),
  CardStarted: (d) => ({ attempt: d.attempt, worker: d.worker }),
  CardStepped: (d) => ({ step: d.step, ...(d.note === undefined ? {} : { note: short(d.note) }) }),
  ModelCallBegun: (d) => ({ purpose: d.purpose, model: d.model, nanoUsd: d.reserved.nanoUsd }),
  ModelCalled: (d) => ({ purpose: d.purpose, model: d.model, outcome: d.outcome, nanoUsd: d.nanoUsd }),
  VerdictRecorded: (d) => ({ gate: d.verdict.gate, outcome: d.verdict.outcome, summary: short(d.verdict.summary) }),
  CardCompleted: (d) => ({
    files: Object.keys(d.manifest).length,
    author: d.author,
    proposals: d.proposals.length,
  }),
  CardFailed: (d) => ({ code: d.code, message: short(d.message) }),
  CardReleased: (d) => ({ reason: d.reason, by: d.by.name }),
};

const factsOf = (event: SquadEvent | UnknownEvent): Facts => {
  if (event.type === 'Unknown') return { originalType: short(event.originalType), reason: short(event.reason) };
  const tell = FACTS[event.type] as (data: SquadEvent['data']) => Facts;
  return tell(event.data);
};

/** A commit as lines of the feed, one per event, in their order. */
export const feedRows = (commit: LaneCommit): readonly FeedRow[] => {
  const at = parseLane(commit.lane);
  const card = at === undefined || at.kind === 'project' ? {} : { card: at.card };
  return commit.events.map((event, index) => ({
    key: `${commit.position}.${index}`,
    time: event.type === 'Unknown' ? '' : event.time,
    type: event.type,
    ...card,
    facts: factsOf(event),
  }));
};
