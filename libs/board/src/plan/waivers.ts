import type { DraftEvent, LaneAppend } from '@squados/contracts';
import { onDecided } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import { refers } from '../views.js';

/** Gates that could not run (`refer`) on completed cards, waived where the project names a policy for it. A `fail` never is. */
export function* waivers(state: BoardState): Generator<LaneAppend> {
  for (const card of state.held) {
    const { policy, undecidable, stopped } = state.projectOf(card);
    const gates = refers(state, card);
    if (policy.waiveRefer === undefined || undecidable || stopped || gates.length === 0) continue;
    const by = { kind: 'policy', name: policy.waiveRefer } as const;
    const attempt = state.cards.attempt(card);
    const reason = 'the gate could not run here, and the policy of this run lets such a gate pass';
    yield onDecided(
      state,
      card,
      gates.map((gate): DraftEvent => ({ type: 'GateWaived', data: { attempt, gate, by, reason } })),
    );
  }
}
