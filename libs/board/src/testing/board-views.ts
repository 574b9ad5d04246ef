import type { AgentName } from '@squados/contracts';
import type { Board, CardView, ProjectView } from '../board.types.js';
import { budget } from '../budget-view.js';
import { position } from '../evolve.js';
import { plan } from '../plan/plan.js';
import { card, cards, claimStart, project, projects, ready } from '../views.js';

/** Everything that a board shows, as plain data to compare. */
export const everything = (board: Board, agents: readonly AgentName[]): unknown => ({
  position: position(board),
  projects: projects(board).map((id) => ({
    view: project(board, id) as ProjectView,
    ready: ready(board, id),
    money: budget(board, id),
    cards: [...cards(board, id)].map((of) => card(board, id, of) as CardView),
  })),
  starts: agents.map((agent) => claimStart(board, agent)),
  plan: plan(board, { now: 1e9, draw: () => 0.5, window: () => 5, limit: 1_000 }),
});
