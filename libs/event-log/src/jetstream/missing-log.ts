import { LOG_STREAM } from '@squados/contracts';
import { EventLogError } from '../errors.js';

/** Nobody made the stream yet, or somebody deleted it. */
export const missingLog = (cause?: unknown): EventLogError =>
  new EventLogError(
    'log-missing',
    `there is no stream ${LOG_STREAM} on this server: start the orchestrator, which makes it, or restore the log`,
    { cause },
  );
