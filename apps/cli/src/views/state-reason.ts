import { card, type CardRecord, type CardView } from '@squados/board';
import { standingVerdicts, type CardId, type CardState } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import { isHeld } from './is-held.js';

type Reason = (view: CardView, record: CardRecord, fold: FoldView) => string;

const waiting = (view: CardView, fold: FoldView): string => {
  const shown = view.waitingFor
    .slice(0, 5)
    .map((id: CardId) => `${id} (${card(fold.board, view.project, id)?.state ?? 'unknown'})`);
  const more = view.waitingFor.length - shown.length;
  return `waits for ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const lastDecision = (record: CardRecord, type: string): string =>
  record.decisions.findLast((decision) => decision.type === type)?.text ?? 'no reason recorded';

const openGates = (record: CardRecord): string => {
  const last = record.attempts.at(-1);
  const waived = new Set((last?.waivers ?? []).map((waiver) => waiver.gate));
  const open = standingVerdicts(last?.verdicts ?? []).filter(
    (v) => v.required && v.outcome !== 'pass' && !waived.has(v.gate),
  );
  return open.map((verdict) => verdict.gate).join(', ') || 'an approval';
};

const running: Reason = (view, record) =>
  `attempt ${view.attempt} is with ${record.attempts.at(-1)?.worker ?? 'a worker'} since ${record.attempts.at(-1)?.startedAt ?? 'now'}`;

const held: Reason = (_view, record) => `it is complete, but a person must decide on: ${openGates(record)}`;

const done: Reason = (view, record) => {
  if (view.attempt === 0) return 'it was done before it was imported; nothing ran';
  const waivers = record.attempts.at(-1)?.waivers.length ?? 0;
  return `attempt ${view.attempt} completed and every required gate passed${waivers > 0 ? ` or was waived (${waivers})` : ''}`;
};

const todo: Reason = (view, _record, fold) => {
  if (view.waitingFor.length > 0) return waiting(view, fold);
  if (view.notBefore !== undefined)
    return `it was handed back and waits until ${new Date(view.notBefore).toISOString()}`;
  return view.ready
    ? 'it is ready and waits for a free place at its agent'
    : 'every dependency is met; its project is not running';
};

/** Why a card is in its state, in one line; one entry per state. */
const REASONS: Readonly<Record<CardState, Reason>> = {
  TODO: todo,
  ENQUEUED: (view) => `attempt ${view.attempt} is enqueued and waits for a worker of ${view.agent}`,
  EXECUTING: running,
  VERIFYING: running,
  EVALUATING: (view, record, fold) =>
    isHeld(view.state, record) ? held(view, record, fold) : running(view, record, fold),
  AWAITING_APPROVAL: (view) =>
    `it is complete and would go to ${view.approval?.gate ?? 'its target'}: waits for ${view.approval?.missing.join(', ') ?? 'an approval'}, manifest ${view.approval?.manifestHash ?? 'unknown'}`,
  DONE: done,
  RETRYING: (view) =>
    `attempt ${view.attempt} failed; retry ${view.retries} not before ${new Date(view.notBefore ?? 0).toISOString()}`,
  DEAD_LETTERED: (_view, record) => lastDecision(record, 'CardDeadLettered'),
  SKIPPED: (_view, record) => lastDecision(record, 'CardSkipped'),
  BLOCKED: (view) => `it cannot start: ${view.blockedBy ?? 'a dependency'} was dead-lettered or stopped`,
  STALE: () => 'its inputs are no longer the current ones: a card it builds on changed since',
};

export const stateReason = (fold: FoldView, view: CardView, record: CardRecord): string =>
  REASONS[view.state](view, record, fold);
