import type { CardId } from '@squados/contracts';
import type { CardCase, Of } from './judge.js';
import { counting, finish, isMet, isOpen, move, NO_NEED, startOver, type Attempt, type Card } from './ledger.js';
import { dropProposals } from './project-rules.js';
import { judgeGivingUp } from './rejection-rules.js';

const newAttempt = ({ card, event, spot }: CardCase<Of<'CardEnqueued'>>): Attempt => ({
  number: event.data.attempt,
  enqueuedAt: spot.position,
  dependencies: card.dependencies,
  void: false,
  starts: 0,
  ended: false,
  gates: new Map(),
  proposals: new Map(),
  closing: new Map(),
  manifestHash: '',
  need: NO_NEED,
  asked: new Set(),
  approved: new Set(),
});

const judgeHalt = (at: CardCase<Of<'CardEnqueued'>>): void => {
  const { project, judge, spot } = at;
  if (project.haltedSince === undefined) return;
  if (judge.isLateComer(spot.time, project.haltedSince)) judge.race();
  else judge.againstCard(at, 'enqueue-while-halted', 'it was enqueued while its project was paused or stopped');
};

const judgeOrder = (at: CardCase<Of<'CardEnqueued'>>): void => {
  const { card, event, judge } = at;
  const expected = (card.attempt?.number ?? 0) + 1;
  if (event.data.attempt !== expected)
    judge.againstCard(at, 'attempt-number', `attempt ${event.data.attempt} was enqueued; the next is ${expected}`);
  if (isOpen(card))
    judge.againstCard(
      at,
      'second-open-attempt',
      `attempt ${card.attempt?.number ?? 0} was still open when the next was enqueued`,
    );
  if (event.data.after !== card.attemptRevision)
    judge.againstCard(
      at,
      'after-mismatch',
      `it expects revision ${event.data.after} of its attempt lane, which stood at ${card.attemptRevision}`,
    );
};

/** First dependency that isn't done or skipped now. */
const unmet = ({ project }: CardCase, dependencies: readonly CardId[]): Card | CardId | undefined => {
  const id = dependencies.find((dependency) => !isMet(project.cards.get(dependency)));
  return id === undefined ? undefined : (project.cards.get(id) ?? id);
};

const idOf = (dependency: Card | CardId): CardId => (typeof dependency === 'string' ? dependency : dependency.id);

/** True when its dependencies are met. Otherwise it is a violation, or a rollback overtook it and the attempt is void. */
const judgeDependencies = (at: CardCase<Of<'CardEnqueued'>>): boolean => {
  const { card, judge, spot } = at;
  const dependency = unmet(at, card.dependencies);
  if (dependency === undefined) return true;
  const undone = typeof dependency === 'string' ? undefined : dependency.undone?.time;
  if (judge.isLateComer(spot.time, undone)) judge.race();
  else judge.againstCard(at, 'dependency-unmet', `it was enqueued before ${idOf(dependency)} was done or skipped`);
  return false;
};

export const cardEnqueued = (at: CardCase<Of<'CardEnqueued'>>): void => {
  const { card, judge, spot } = at;
  judgeHalt(at);
  judgeOrder(at);
  const isWaiting = card.phase === 'todo' || card.phase === 'retrying';
  if (!isWaiting) judge.againstCard(at, 'enqueue-not-waiting', `it was enqueued while ${card.phase}`);
  const counts = judgeDependencies(at) && isWaiting;
  card.attempt = newAttempt(at);
  if (counts) move(card, 'enqueued', spot);
  else card.attempt.void = true;
};

/** A start is judged by the dependencies that its attempt was enqueued with; those undone since are the rollback's business. */
export const judgeStart = (at: CardCase<Of<'CardStarted'>>, attempt: Attempt): void => {
  if (attempt.void) return;
  const dependency = unmet(at, attempt.dependencies);
  if (dependency === undefined) return;
  const undone = typeof dependency === 'string' ? undefined : dependency.undone?.position;
  if (undone !== undefined && undone > attempt.enqueuedAt) at.judge.race();
  else at.judge.againstCard(at, 'dependency-unmet', `it was started before ${idOf(dependency)} was done or skipped`);
};

const mayRetry = (card: Card, attempt: number): boolean =>
  card.phase === 'failed' && card.mayRetry && card.attempt?.number === attempt;

export const retryScheduled = (at: CardCase<Of<'RetryScheduled'>>): void => {
  const { card, project, judge, event, spot } = at;
  const { attempt, retry } = event.data;
  if (card.attempt?.void === true) return judge.race();
  if (!mayRetry(card, attempt))
    return judge.againstCard(at, 'retry-of-nothing', `attempt ${attempt} has no failure that may be retried`);
  const most = project.policy.maxRetries;
  if (retry !== card.retries + 1 || retry > most)
    judge.againstCard(
      at,
      'retry-count',
      `retry ${retry} was scheduled after ${card.retries}; the policy allows ${most}`,
    );
  card.retries = retry;
  move(card, 'retrying', spot);
};

/** A decision about an earlier or overtaken attempt is late. */
const isLate = (attempt: Attempt | undefined, number: number): boolean =>
  attempt !== undefined && (attempt.void || attempt.number !== number);

export const cardDeadLettered = (at: CardCase<Of<'CardDeadLettered'>>): void => {
  const { card, event, spot } = at;
  if (isLate(card.attempt, event.data.attempt)) return;
  if (event.data.reason === 'rejected') judgeGivingUp(at);
  else if (isMet(card)) return;
  if (card.phase === 'skipped') return;
  if (card.attempt && !card.attempt.ended) card.attempt.void = true;
  move(card, 'dead', spot);
};

export const cardSkipped = ({ card, spot }: CardCase): void => {
  if (isMet(card)) return;
  if (card.attempt) card.attempt.void = true;
  move(card, 'skipped', spot);
};

export const cardRetried = ({ card, project, spot }: CardCase): void => {
  if (isOpen(card) && card.attempt?.void === false) return;
  dropProposals(project, card);
  card.corrections = 0;
  startOver(card, spot);
};

const waiverFault = (
  { project, event }: CardCase<Of<'GateWaived'>>,
  outcome: 'fail' | 'refer' | undefined,
): string | undefined => {
  const { gate, by, reason } = event.data;
  if (outcome === undefined) return `gate ${gate} had nothing to waive`;
  if (by.name.trim() === '' || reason.trim() === '') return `the waiver of gate ${gate} names nobody or no reason`;
  if (by.kind !== 'policy') return undefined;
  if (by.name !== project.policy.waiveRefer)
    return `gate ${gate} was waived by the policy ${by.name}, which this run does not have`;
  return outcome === 'fail' ? `a policy waived gate ${gate}, which failed; only people may` : undefined;
};

export const gateWaived = (at: CardCase<Of<'GateWaived'>>): void => {
  const { card, project, judge, event, spot } = at;
  const attempt = counting(card, event.data.attempt);
  if (!attempt) return judge.race();
  const fault = waiverFault(at, attempt.gates.get(event.data.gate));
  if (fault !== undefined) judge.againstCard(at, 'waiver-unfounded', fault);
  attempt.gates.delete(event.data.gate);
  if (card.phase === 'held' && attempt.gates.size === 0) finish(project, card, spot);
};
