import { sha256, type DraftEvent, type LaneAppend } from '@squados/contracts';
import { onDecided } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import { unasked } from '../views.js';

/** Asks each role whose approval a complete card waits for, naming what there is to approve. */
export function* approvalRequests(state: BoardState): Generator<LaneAppend> {
  for (const [card, approval] of state.approvals) {
    const { undecidable, stopped } = state.projectOf(card);
    const roles = unasked(approval);
    if (undecidable || stopped || roles.length === 0) continue;
    const attempt = state.cards.attempt(card);
    const manifestHash = sha256(state.hashes.manifest(card) ?? '');
    const request = (role: string): DraftEvent => ({
      type: 'ApprovalRequested',
      data: { attempt, gate: approval.gate, role, manifestHash },
    });
    yield onDecided(state, card, roles.map(request));
  }
}
