import type { CardPage } from '@squados/portal-gateway/wire';
import type { Words } from '../words/words.types.js';
import { clockText } from '../words/times.js';

type Reason = (page: CardPage, words: Words) => string;

const at = (time: number | string | undefined, words: Words): string => clockText(time ?? '', words.locale);

const todo: Reason = ({ row }, words) => {
  if (row.waits > 0) return words.why.waits;
  if (row.notBefore !== undefined) return words.why.until(at(row.notBefore, words));
  return row.ready ? words.why.ready : words.why.paused;
};

const working: Reason = ({ row }, words) => words.why.working(at(row.since, words));

const held: Reason = ({ openGates, approval }, words) =>
  approval === undefined
    ? words.why.held(openGates.join(', '))
    : words.why.approval(approval.gate, approval.missing.join(', '));

const REASONS: Readonly<Record<CardPage['row']['state'], Reason>> = {
  TODO: todo,
  ENQUEUED: (_page, words) => words.why.queued,
  EXECUTING: working,
  VERIFYING: working,
  EVALUATING: working,
  AWAITING_APPROVAL: held,
  DONE: ({ row }, words) => (row.attempt === 0 ? words.why.imported : words.why.done),
  RETRYING: ({ row }, words) => words.why.retry(at(row.notBefore, words)),
  DEAD_LETTERED: (_page, words) => words.why.dead,
  SKIPPED: (_page, words) => words.why.skipped,
  BLOCKED: ({ row }, words) => words.why.blocked(row.blockedBy ?? '?'),
  STALE: (_page, words) => words.why.stale,
};

/** Why a card stands where it stands, in one sentence. */
export const stateReason: Reason = (page, words) =>
  page.row.held ? held(page, words) : REASONS[page.row.state](page, words);
