import { card, type AttemptRecord, type CardRecord, type CardView } from '@squados/board';
import { standingVerdicts, type CardId } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import type { CardRow } from '../wire/index.js';
import type { ProjectAt } from './first-project.js';
import { isHeld } from './held.js';

const TITLE = 200;

/** One card as the board shows it; undefined when the project doesn't hold it. */
export const cardRow = (fold: FoldView, { view, record }: ProjectAt, id: CardId): CardRow | undefined => {
  const seen = card(fold.board, view.id, id);
  return seen ? rowOf(seen, record.cards.get(id)) : undefined;
};

const rowOf = (seen: CardView, known: CardRecord | undefined): CardRow => ({
  id: seen.id,
  title: shortened(known?.spec.title ?? ''),
  agent: seen.agent,
  priority: seen.priority,
  state: seen.state,
  held: isHeld(seen.state, known),
  ready: seen.ready,
  assumed: seen.assumed,
  attempt: seen.attempt,
  retries: seen.retries,
  waits: seen.waitingFor.length,
  ...(seen.blockedBy === undefined ? {} : { blockedBy: seen.blockedBy }),
  ...(seen.notBefore === undefined ? {} : { notBefore: seen.notBefore }),
  ...ofAttempt(known?.attempts.at(-1)),
});

const ofAttempt = (attempt: AttemptRecord | undefined): Pick<CardRow, 'since' | 'gates'> => {
  if (attempt === undefined) return {};
  const isOpen = attempt.startedAt !== undefined && attempt.end === undefined;
  return {
    ...(isOpen && attempt.startedAt !== undefined ? { since: Date.parse(attempt.startedAt) } : {}),
    ...(attempt.verdicts.length > 0 ? { gates: gatesOf(attempt) } : {}),
  };
};

const gatesOf = ({ verdicts, waivers }: AttemptRecord): NonNullable<CardRow['gates']> => {
  const counts = { pass: 0, fail: 0, refer: 0, waived: waivers.length };
  for (const verdict of standingVerdicts(verdicts)) counts[verdict.outcome]++;
  return counts;
};

const shortened = (text: string): string => (text.length <= TITLE ? text : `${[...text].slice(0, TITLE).join('')}…`);
