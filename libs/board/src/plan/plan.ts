import type { Lane, LaneAppend } from '@squados/contracts';
import type { Board, PlanOptions } from '../board.types.js';
import { stateOf, type BoardState } from '../state/board-state.js';
import { approvalRequests } from './approvals.js';
import { enqueues } from './enqueues.js';
import { failureDecisions } from './failures.js';
import { projectDecisions } from './project-decisions.js';
import { releases } from './releases.js';
import { waivers } from './waivers.js';

/**
 * What policy says should happen now, most urgent first: ends of attempts that no longer count, decisions about failures,
 * waivers by policy, requests for approval, proposals and completion, then new attempts. Pure: the same board and options give the same answer, and
 * nothing is remembered between calls. At most one append per lane, each expecting the revision folded, so that a second
 * orchestrator's identical plan is harmless. Costs what is pending, not what is on the board.
 *
 * Not planned here: CardEscalated (see `escalations`; it needs the outside world first).
 */
export const plan = (board: Board, options: PlanOptions): readonly LaneAppend[] => {
  const appends: LaneAppend[] = [];
  const lanes = new Set<Lane>();
  for (const append of agenda(stateOf(board), options)) {
    if (appends.length >= options.limit) break;
    if (!lanes.has(append.lane)) appends.push(append);
    lanes.add(append.lane);
  }
  return appends;
};

function* agenda(state: BoardState, options: PlanOptions): Generator<LaneAppend> {
  yield* releases(state);
  yield* failureDecisions(state, options);
  yield* waivers(state);
  yield* approvalRequests(state);
  yield* projectDecisions(state);
  yield* enqueues(state, options);
}
