import { counted } from '../terminal/counted.js';
import {
  parseLane,
  tokensOf,
  type BudgetScope,
  type LaneCommit,
  type SquadEvent,
  type UnknownEvent,
} from '@squados/contracts';
import { usd } from '../terminal/usd.js';
import { printable, shorten } from '../terminal/sanitize.js';

type AnyEvent = SquadEvent | UnknownEvent;
type Line = { readonly [T in SquadEvent['type']]: (data: Extract<SquadEvent, { type: T }>['data']) => string };

const WIDTH = 160;

const scopeText = (scope: BudgetScope): string => (scope.kind === 'project' ? 'the project' : scope.name);

const amountText = ({ nanoUsd, tokens }: { readonly nanoUsd?: number; readonly tokens?: number }): string =>
  [...(nanoUsd === undefined ? [] : [usd(nanoUsd)]), ...(tokens === undefined ? [] : [counted(tokens, 'token')])].join(
    ', ',
  ) || 'no limit';

/** What each event says in a few words; one entry per type, so that a new type must be given its words. */
const WORDS: Line = {
  ProjectStarted: (d) => `project started: ${d.title}`,
  ProjectPaused: (d) => `paused by ${d.by.name}${d.now ? ' at once' : ''}: ${d.reason}`,
  ProjectResumed: (d) => `resumed by ${d.by.name}: ${d.reason}`,
  ProjectStopped: (d) => `stopped by ${d.by.name}: ${d.reason}`,
  ProjectCompleted: (d) => `project completed: ${d.done} done, ${d.skipped} skipped`,
  ProjectArchived: (d) => `archived by ${d.by.name}: ${counted(d.commits, 'commit')} in ${d.file}`,
  CardsAdded: (d) =>
    `${counted(d.cards.length, 'card')} added ${d.origin.kind === 'proposal' ? `(proposed by ${d.origin.card})` : `(${d.origin.kind})`}`,
  CardsRejected: (d) =>
    `${counted(d.rejected.length, 'proposal')} of ${d.card} rejected: ${d.rejected.map((r) => r.id).join(', ')}`,
  CardChanged: (d) => `${d.card} changed by ${d.by.name}: ${d.reason}`,
  CardsRolledBack: (d) => `rolled back by ${d.by.name}: ${d.reach.join(', ')}: ${d.reason}`,
  CardsReopened: (d) =>
    `${d.cause.card} rejects ${d.cards.map((b) => b.card).join(', ') || 'what is made again'}; back to TODO: ${d.reach.join(', ')}`,
  BudgetSet: (d) => `budget of ${scopeText(d.scope)} set by ${d.by.name}: ${amountText(d)}: ${d.reason}`,
  BudgetReserved: (d) => `${usd(d.allowance.nanoUsd)} set aside for ${d.card}, attempt ${d.attempt}`,
  BudgetExceeded: (d) => `budget of ${scopeText(d.scope)} ${d.level}: ${d.message}`,
  CardEnqueued: (d) => `enqueued, attempt ${d.attempt}`,
  RetryScheduled: (d) => `retry ${d.retry} at ${new Date(d.notBefore).toISOString()}`,
  CardDeadLettered: (d) => `dead letter (${d.reason}): ${d.message}`,
  CardEscalated: (d) => `escalation to ${d.to}: ${d.outcome}, ${d.message}`,
  CardSkipped: (d) => `skipped by ${d.by.name}: ${d.reason}`,
  CardRetried: (d) => `retry asked by ${d.by.name}: ${d.reason}`,
  GateWaived: (d) => `gate ${d.gate} waived by ${d.by.kind} ${d.by.name}: ${d.reason}`,
  ApprovalRequested: (d) => `${d.gate} waits for ${d.role}, manifest ${d.manifestHash}`,
  ApprovalDecided: (d) => `${d.decision} by ${d.by.name} as ${d.role}: ${d.reason}`,
  CardStarted: (d) =>
    `started, attempt ${d.attempt}${d.delivery > 1 ? `, delivery ${d.delivery}` : ''}, by ${d.worker}`,
  CardStepped: (d) => `${d.step}${d.note === undefined ? '' : `: ${d.note}`}`,
  ModelCallBegun: (d) => `call ${d.call} (${d.purpose}) to ${d.model}, at most ${usd(d.reserved.nanoUsd)}`,
  ModelCalled: (d) =>
    `call ${d.call} (${d.purpose}) ${d.outcome}${d.code === undefined ? '' : ` ${d.code}`}: ${usd(d.nanoUsd)}, ${counted(tokensOf(d.usage), 'token')}${d.message === undefined ? '' : `; ${d.message}`}`,
  VerdictRecorded: (d) => `gate ${d.verdict.gate}: ${d.verdict.outcome}, ${d.verdict.summary}`,
  CardCompleted: (d) =>
    `completed, ${counted(Object.keys(d.manifest).length, 'file')} by ${d.author}, ${counted(d.proposals.length, 'proposal')}`,
  CardFailed: (d) => `failed (${d.kind}, ${d.code}): ${d.message}${d.place === undefined ? '' : ` at ${d.place}`}`,
  CardReleased: (d) => `released (${d.reason}) by ${d.by.name}`,
};

export const wordsOf = (event: AnyEvent): string => {
  if (event.type === 'Unknown') return shorten(`unreadable ${event.originalType || 'event'}: ${event.reason}`, WIDTH);
  const words = WORDS[event.type] as (data: SquadEvent['data']) => string;
  return shorten(words(event.data), WIDTH);
};

export interface EventRow {
  readonly position: number;
  readonly index: number;
  readonly time: string;
  readonly subject: string;
  readonly lane: string;
  readonly type: string;
  readonly words: string;
}

/** The lane's project, or project and card, as people write them. */
export const subjectOfLane = (lane: string): string => {
  const at = parseLane(lane);
  if (at === undefined) return printable(lane);
  return printable(at.kind === 'project' ? at.project : at.card);
};

export const eventRows = (commit: LaneCommit): readonly EventRow[] =>
  commit.events.map((event, index) => ({
    position: commit.position,
    index,
    time: event.type === 'Unknown' ? '' : event.time,
    subject: subjectOfLane(commit.lane),
    lane: commit.lane,
    type: event.type === 'Unknown' ? printable(event.originalType) : event.type,
    words: wordsOf(event),
  }));

/** Events that a person who reads along wants to see; the rest is detail. */
const TOLD: ReadonlySet<string> = new Set([
  'ProjectStarted',
  'ProjectPaused',
  'ProjectResumed',
  'ProjectStopped',
  'ProjectCompleted',
  'ProjectArchived',
  'CardsAdded',
  'CardsRejected',
  'CardChanged',
  'CardsRolledBack',
  'CardsReopened',
  'BudgetSet',
  'BudgetExceeded',
  'CardDeadLettered',
  'CardSkipped',
  'CardRetried',
  'GateWaived',
  'ApprovalRequested',
  'ApprovalDecided',
  'CardStarted',
  'CardCompleted',
  'CardFailed',
  'CardReleased',
  'RetryScheduled',
]);

/** Plain lines for a pipe: time of day, who, what. */
export const tellingLines = (commit: LaneCommit): readonly string[] =>
  eventRows(commit)
    .filter((row) => TOLD.has(row.type))
    .map((row) => `${row.time.slice(11, 19)}  ${row.subject.padEnd(10)}  ${row.words}`);
