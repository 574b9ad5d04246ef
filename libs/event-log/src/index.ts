export * from './event-log.port.js';
export * from './work-claim.port.js';
export * from './errors.js';
export { encodeCommit, decodeCommit, MAX_COMMIT_BYTES } from './commit-codec.js';
export { laneMatcher } from './lane-filter.js';
export { withOffloading, type OffloadedBytes } from './offloading-event-log.js';
export { observeClaims, observeLog, type LogObserver } from './observed-event-log.js';
export { openMemoryLog } from './memory/open-memory-log.js';
export type { MemoryEventLog } from './memory/memory-event-log.js';
