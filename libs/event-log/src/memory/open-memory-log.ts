import { LeasedClaims } from '../claims/leased-claims.js';
import type { WorkClaim } from '../work-claim.port.js';
import { MemoryEventLog } from './memory-event-log.js';

/** A log and its claims in memory, gone with the process. */
export const openMemoryLog = (): { readonly log: MemoryEventLog; readonly claims: WorkClaim } => {
  const log = new MemoryEventLog();
  return { log, claims: new LeasedClaims(log) };
};
