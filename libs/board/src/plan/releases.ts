import type { Actor, LaneAppend } from '@squados/contracts';
import { onAttempt } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import { FLAG, PHASE } from '../state/card-table.js';

export const ORCHESTRATOR: Actor = { kind: 'system', name: 'orchestrator' };

/** Ends open attempts that must not go on. At most the windows are open, so looking at each of them is cheap. */
export function* releases(state: BoardState): Generator<LaneAppend> {
  const mayHalt = state.projects.some((project) => project.open > 0 && (project.stopped || project.pausedNow));
  if (!mayHalt && state.voided.size === 0 && state.lost.size === 0) return;
  for (const open of state.open)
    for (const card of open.keys()) {
      const reason = releaseReason(state, card);
      if (reason !== undefined) yield release(state, card, reason);
    }
}

const releaseReason = (state: BoardState, card: number): string | undefined => {
  const project = state.projectOf(card);
  if (project.undecidable) return undefined;
  if (state.has(card, FLAG.VOID)) return state.cards.phase(card) === PHASE.SKIPPED ? 'skipped' : 'rolled-back';
  if (project.stopped) return 'stopped';
  if (project.pausedNow) return 'paused';
  return state.lost.has(card) ? 'worker-lost' : undefined;
};

const release = (state: BoardState, card: number, reason: string): LaneAppend =>
  onAttempt(state, card, [
    { type: 'CardReleased', data: { attempt: state.cards.attempt(card), reason, by: ORCHESTRATOR } },
  ]);
