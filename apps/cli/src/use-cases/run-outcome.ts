import { plan } from '@squados/board';
import type { FoldView } from '@squados/orchestrator';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { firstProject } from '../views/project-of.js';
import type { Tally } from '../views/tally.js';

const OVER: ReadonlySet<string> = new Set(['completed', 'stopped', 'undecidable']);

/** Nothing more will happen by itself: finished, or only people can move it on. */
export const isOver = (fold: FoldView): boolean => {
  const at = firstProject(fold);
  if (at === undefined) return false;
  if (OVER.has(at.view.status)) return true;
  // A project without cards is one whose import is still under way.
  return (
    at.view.settled &&
    at.view.total > 0 &&
    plan(fold.board, { now: Date.now(), draw: () => 0, window: () => 1, limit: 1 }).length === 0
  );
};

/** What a run that is over ends with. */
export const outcomeOf = (run: {
  readonly tally: Tally;
  readonly status: string;
  readonly strict: boolean;
}): ExitCode => {
  const { tally, status, strict } = run;
  if (tally.deadLetters.length > 0) return EXIT.deadLetters;
  if (tally.awaitingApproval.length > 0 || (strict && tally.gates.waived > 0)) return EXIT.waivers;
  return status === 'completed' ? EXIT.done : EXIT.stopped;
};
