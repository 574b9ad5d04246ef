import { deployTarget, isDeployCard, type CardSpec, type EventData } from '@squados/contracts';
import type { Approval, BoardState } from '../state/board-state.js';
import { FLAG, PHASE } from '../state/card-table.js';
import type { ProjectState } from '../state/project-state.js';
import { conclude, forgetAttempt, toPhase } from './card-steps.js';

/** Notes who has to approve a card, from its text and the rules of its run; asked once per added or changed card. */
export const noteApprovalNeed = (
  state: BoardState,
  card: number,
  of: { project: ProjectState; spec: CardSpec },
): void => {
  const { approvals = [] } = of.project.policy;
  if (approvals.length === 0) return;
  const target = isDeployCard(of.spec) ? deployTarget(of.spec) : 'local';
  const roles = approvals.filter((rule) => rule.target === target).flatMap((rule) => rule.roles);
  if (roles.length > 0) state.approvalNeeds.set(card, { gate: target, roles: [...new Set(roles)] });
  else state.approvalNeeds.delete(card);
};

/** The approval that an event is about; undefined when its attempt or what was made no longer counts. */
const pending = (
  state: BoardState,
  card: number,
  { attempt, manifestHash }: Pick<EventData['ApprovalRequested'], 'attempt' | 'manifestHash'>,
): Approval | undefined => {
  if (state.cards.attempt(card) !== attempt || state.has(card, FLAG.VOID)) return undefined;
  return state.hashes.manifest(card) === manifestHash ? state.approvals.get(card) : undefined;
};

export const approvalRequested = (state: BoardState, card: number, data: EventData['ApprovalRequested']): void => {
  const approval = pending(state, card, data);
  if (!approval || approval.asked.includes(data.role)) return;
  state.approvals.set(card, { ...approval, asked: [...approval.asked, data.role] });
};

/** The last role that approves makes the card DONE; one that refuses makes it a failure, for the orchestrator to dead-letter. */
export const approvalDecided = (state: BoardState, card: number, data: EventData['ApprovalDecided']): void => {
  const approval = pending(state, card, data);
  if (!approval?.missing.includes(data.role)) return;
  if (data.decision === 'refused') return refuse(state, card, data);
  const missing = approval.missing.filter((role) => role !== data.role);
  if (missing.length === 0) return conclude(state, card);
  state.approvals.set(card, { ...approval, missing });
};

const refuse = (state: BoardState, card: number, { by, role, reason }: EventData['ApprovalDecided']): void => {
  forgetAttempt(state, card);
  const message = `${by.name} as ${role}: ${reason}`;
  state.failures.set(card, { kind: 'refused', code: 'refused', message, repeated: false });
  state.failed.add(card);
  toPhase(state, card, PHASE.FAILED);
};
