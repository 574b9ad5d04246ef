import {
  CARD_STATES,
  EMPTY_LANE,
  projectLane,
  type CardState,
  type Command,
  type DraftEvent,
} from '@squados/contracts';
import type { Decision, RejectReason } from '../board.types.js';
import { onDecided, onProject } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import type { ProjectState } from '../state/project-state.js';

export const rejected = (reason: RejectReason, message: string, details?: readonly string[]): Decision => ({
  kind: 'rejected',
  reason,
  message,
  ...(details === undefined ? {} : { details }),
});

export const acceptedOnProject = (project: ProjectState, event: DraftEvent): Decision => ({
  kind: 'accepted',
  appends: [onProject(project, [event])],
});

export const acceptedOnDecided = (state: BoardState, card: number, event: DraftEvent): Decision => ({
  kind: 'accepted',
  appends: [onDecided(state, card, [event])],
});

export const acceptedStart = (command: Extract<Command, { type: 'StartProject' }>): Decision => {
  const { project, title, agents, policy, source } = command;
  const data = { title, agents, policy, ...(source === undefined ? {} : { source }) };
  return {
    kind: 'accepted',
    appends: [{ lane: projectLane(project), expected: EMPTY_LANE, events: [{ type: 'ProjectStarted', data }] }],
  };
};

export const stateName = (state: BoardState, card: number): CardState => CARD_STATES[state.cards.view(card)] ?? 'TODO';
