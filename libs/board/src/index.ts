export type * from './board.types.js';
export type * from './catalog/catalog.types.js';
export { emptyBoard, evolve, evolveAll, position } from './evolve.js';
export { decide } from './decide/decide.js';
export { plan } from './plan/plan.js';
export { escalations, type Escalation } from './plan/escalations.js';
export { card, cards, claimStart, nextTimer, project, projects, reach, ready } from './views.js';
export { restore, snapshot } from './snapshot/snapshot.js';
export { restoreCatalog, snapshotCatalog } from './snapshot/catalog-snapshot.js';
export { FOLD_VERSION } from './snapshot/frame.js';
export { checkGraph, type ExistingGraph, type GraphProblem, type GraphProblemKind } from './graph/check-graph.js';
export { soundSubset, type SoundSubset } from './graph/sound-subset.js';
export { inputsDigest, type DependencyHash } from './state/inputs-digest.js';
export {
  archivedProjects,
  boardOf,
  cardRecord,
  currentManifest,
  emptyCatalog,
  evolveCatalog,
  isIncomplete,
  projectRecord,
} from './catalog/catalog.js';
export { criterionChecks, notesAbout, type CriterionCheck } from './catalog/criterion-checks.js';
export type { CheckedArtifact, NoteTexts } from './catalog/criterion-notes.js';
export { budget, limits, type BudgetView, type LimitView } from './budget-view.js';
