import type { CardId } from '@squados/contracts';
import type { CardCase, Case, Of } from './judge.js';
import { startOver, type Card, type Project } from './ledger.js';
import { builtOn, dropProposals } from './project-rules.js';

/** The rejection that nothing corrects any more. */
const LAST = 3;

/** What people skipped, what was given up, and what was finished before the log began isn't made again by itself. */
const staysAside = (card: Card): boolean =>
  card.phase === 'skipped' || card.phase === 'dead' || (card.phase === 'done' && card.attempt === undefined);

/** A dead letter for a rejection: somebody who builds on the card must have failed and blamed it, for the third time. */
export const judgeGivingUp = (at: CardCase<Of<'CardDeadLettered'>>): void => {
  const { card, project, judge, spot } = at;
  const accusers = [...builtOn(project, card.id)].filter((id) => project.cards.get(id)?.blames.has(card.id));
  const isAccused = accusers.some((id) => project.cards.get(id)?.phase === 'failed');
  if (!isAccused) {
    if (accusers.some((id) => judge.isLateComer(spot.time, project.cards.get(id)?.since))) return judge.race();
    return judge.againstCard(at, 'rejection-unfounded', 'it was given up as rejected, and nobody rejects it');
  }
  if (card.corrections < LAST - 1)
    judge.againstCard(at, 'rejection-count', `it was given up after ${card.corrections} corrections of ${LAST - 1}`);
};

const judgeCause = (at: Case<Of<'CardsReopened'>>): Card | undefined => {
  const { project, judge, event, spot } = at;
  const { card: id, attempt } = event.data.cause;
  const cause = project.cards.get(id);
  if (cause?.phase === 'failed' && cause.attempt?.number === attempt && cause.blames.size > 0) return cause;
  if (judge.isLateComer(spot.time, cause?.since)) judge.race();
  else judge.against(at, 'rejection-unfounded', `attempt ${attempt} of ${id} does not stand there as a rejection`);
  return undefined;
};

const judgeBlamed = (at: Case<Of<'CardsReopened'>>, cause: Card, blamed: Card): void => {
  const { project, judge } = at;
  if (!cause.blames.has(blamed.id) || !builtOn(project, blamed.id).has(cause.id))
    judge.against(at, 'rejection-unfounded', `${cause.id} does not build on ${blamed.id}, or does not blame it`);
  if (blamed.corrections >= LAST - 1)
    judge.against(at, 'rejection-count', `${blamed.id} is corrected for the ${blamed.corrections + 1}th time`);
};

/** Everything that must begin again with the blamed cards. */
const due = (project: Project, blamed: readonly Card[]): ReadonlySet<CardId> => {
  const ids = new Set<CardId>();
  for (const { id } of blamed) for (const other of [id, ...builtOn(project, id)]) ids.add(other);
  return ids;
};

const judgeReach = (at: Case<Of<'CardsReopened'>>, blamed: readonly Card[]): void => {
  const { project, judge, event, spot } = at;
  const reach = new Set(event.data.reach);
  for (const id of due(project, blamed)) {
    const card = project.cards.get(id);
    if (reach.has(id) || !card || card.phase === 'todo' || staysAside(card)) continue;
    if (judge.isLateComer(spot.time, card.since)) judge.race();
    else judge.against(at, 'rollback-reach', `card ${id} builds on rejected work and was left out`);
  }
};

/** Cards that begin again because a card that builds on them failed and said so. */
export const cardsReopened = (at: Case<Of<'CardsReopened'>>): void => {
  const { project, event, spot } = at;
  const blamed = event.data.cards.flatMap(({ card }) => project.cards.get(card) ?? []);
  const cause = judgeCause(at);
  for (const card of blamed) if (cause) judgeBlamed(at, cause, card);
  judgeReach(at, blamed);
  for (const id of event.data.reach) {
    const card = project.cards.get(id);
    if (!card || staysAside(card)) continue;
    dropProposals(project, card);
    startOver(card, spot);
  }
  for (const card of blamed) card.corrections++;
};
