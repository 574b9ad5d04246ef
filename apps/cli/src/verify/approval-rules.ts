import type { CardCase, Of } from './judge.js';
import { conclude, counting, move, type Attempt } from './ledger.js';

type Approving = Of<'ApprovalRequested' | 'ApprovalDecided'>;

/** The attempt that waits for approval and is meant; undefined, and a race or a violation, when there is none. */
const awaiting = (at: CardCase<Approving>): Attempt | undefined => {
  const { card, judge, event } = at;
  const attempt = counting(card, event.data.attempt);
  if (!attempt) {
    judge.race();
    return undefined;
  }
  const fault = faultOf(at, attempt);
  if (fault === undefined) return attempt;
  judge.againstCard(at, 'approval-unfounded', fault);
  return undefined;
};

const faultOf = ({ card, event }: CardCase<Approving>, attempt: Attempt): string | undefined => {
  const { role, manifestHash } = event.data;
  if (card.phase !== 'awaiting') return `attempt ${attempt.number} waits for no approval (it is ${card.phase})`;
  if (manifestHash !== attempt.manifestHash)
    return `the approval is about another manifest than attempt ${attempt.number} made`;
  return attempt.need.roles.includes(role) ? undefined : `${role} has no say in it`;
};

export const approvalRequested = (at: CardCase<Of<'ApprovalRequested'>>): void => {
  const attempt = awaiting(at);
  if (!attempt) return;
  const { role, gate } = at.event.data;
  if (attempt.asked.has(role)) at.judge.againstCard(at, 'approval-unfounded', `${role} was asked twice`);
  if (gate !== attempt.need.gate)
    at.judge.againstCard(at, 'approval-unfounded', `it goes to ${attempt.need.gate}, the request says ${gate}`);
  attempt.asked.add(role);
};

export const approvalDecided = (at: CardCase<Of<'ApprovalDecided'>>): void => {
  const attempt = awaiting(at);
  if (!attempt) return;
  const { card, project, event, judge, spot } = at;
  const { role, by, reason, decision } = event.data;
  if (by.name.trim() === '' || reason.trim() === '')
    judge.againstCard(at, 'approval-unfounded', `the word of ${role} names nobody or no reason`);
  if (attempt.approved.has(role)) judge.againstCard(at, 'approval-unfounded', `${role} had approved already`);
  if (decision === 'refused') {
    card.mayRetry = false;
    card.blames = new Set();
    return move(card, 'failed', spot);
  }
  attempt.approved.add(role);
  if (attempt.need.roles.every((one) => attempt.approved.has(one))) conclude(project, card, spot);
};
