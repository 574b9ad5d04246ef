import type { EventLog } from '../event-log.port.js';
import type { WorkClaim } from '../work-claim.port.js';

export interface EmbeddedLog extends EventLog {
  /** `owner`: this process holds the folder. `reader`: it only looks, and appends when nobody holds the folder. */
  readonly mode: 'owner' | 'reader';
  /** The folder's claims, one instance. @throws EventLogError `permission` in a reader: leases live in the owner's memory. */
  claims(): WorkClaim;
}
