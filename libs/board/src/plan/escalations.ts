import type { CardAddress, Lane, Revision } from '@squados/contracts';
import { decidedLane, revision } from '@squados/contracts';
import type { Board } from '../board.types.js';
import { addressOf } from '../state/addresses.js';
import { stateOf } from '../state/board-state.js';

/** A dead letter that nobody has been told of: what to say, and where CardEscalated belongs once it has been tried. */
export interface Escalation extends CardAddress {
  readonly attempt: number;
  readonly reason: string;
  readonly message: string;
  readonly lane: Lane;
  readonly expected: Revision;
}

/** Dead letters not yet escalated, oldest first. Those of undecidable projects are left out. */
export const escalations = (board: Board): readonly Escalation[] => {
  const state = stateOf(board);
  return [...state.deadLetters]
    .filter(([card]) => !state.projectOf(card).undecidable)
    .map(([card, letter]) => {
      const address = addressOf(state, card);
      return {
        ...address,
        ...letter,
        lane: decidedLane(address),
        expected: revision(state.cards.decidedRevision(card)),
      };
    });
};
