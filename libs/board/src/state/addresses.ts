import {
  attemptLane,
  decidedLane,
  projectLane,
  revision,
  type AgentName,
  type CardAddress,
  type DraftEvent,
  type LaneAppend,
} from '@squados/contracts';
import type { BoardState } from './board-state.js';
import type { ProjectState } from './project-state.js';

export const addressOf = (state: BoardState, card: number): CardAddress => ({
  project: state.projectOf(card).id,
  agent: state.agents[state.cards.agent(card)] as AgentName,
  card: state.id(card),
});

/** Appends to a lane, expecting the revision that the board has folded: whoever was faster wins. */
export const onProject = (project: ProjectState, events: readonly DraftEvent[]): LaneAppend => ({
  lane: projectLane(project.id),
  expected: project.revision,
  events,
});

export const onDecided = (state: BoardState, card: number, events: readonly DraftEvent[]): LaneAppend => ({
  lane: decidedLane(addressOf(state, card)),
  expected: revision(state.cards.decidedRevision(card)),
  events,
});

export const onAttempt = (state: BoardState, card: number, events: readonly DraftEvent[]): LaneAppend => ({
  lane: attemptLane(addressOf(state, card)),
  expected: revision(state.cards.attemptRevision(card)),
  events,
});
