import { project, projects, type Board } from '@squados/board';
import type { ServiceSignals } from '@squados/platform';
import type { FoldObserver } from './engine/fold-observer.js';
import type { OrchestratorEngine } from './engine/orchestrator-engine.js';
import type { Leadership } from './leadership/leadership.port.js';

/** What must be ready before an orchestrator is; one that stands by is ready too. */
export const expectParts = ({ health }: ServiceSignals): void => health.expect('log', 'fold');

/** The fold has reached the head: nothing is decided before. */
export const foldTeller = ({ health }: ServiceSignals): FoldObserver => ({
  folded: () => undefined,
  headReached: () => health.report('fold', true),
});

export interface Told {
  readonly engine: OrchestratorEngine;
  /** Absent: it is the only one. */
  readonly leadership?: Leadership;
}

/** Metrics that are read when somebody asks. */
export const tellOf = ({ engine, leadership }: Told, { health, metrics }: ServiceSignals): void => {
  health.report('log', true);
  metrics.cards.leads(() => leadership?.leads ?? true);
  metrics.cards.lying(() => (health.read().parts['fold']?.ready === true ? lyingIn(engine.fold.board) : 0));
};

const lyingIn = (board: Board): number =>
  projects(board).reduce((sum, id) => sum + (project(board, id)?.byState.DEAD_LETTERED ?? 0), 0);
