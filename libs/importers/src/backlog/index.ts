export { importBacklog, type BacklogOptions, type BacklogResult } from './import-backlog.js';
export { readBacklogFile, type BacklogBytes } from './read-backlog-file.js';
export { exportBacklog, type ExportedProject } from './export-backlog.js';
export type { ExportedCard } from './export-card.js';
export { problemText, type Place, type Problem, type ProblemCode } from './problem.js';
export { MAX_BACKLOG_BYTES } from './source-text.js';
