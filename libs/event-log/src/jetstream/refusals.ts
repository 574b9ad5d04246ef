import { LOG_STREAM } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { AppendResult, NewCommit } from '../event-log.port.js';
import type { PublishAnswer } from './publisher.js';
import { SERVER_CODE } from './server-codes.js';

type Refusal = Extract<PublishAnswer, { kind: 'refused' }>;
type Refused = Extract<AppendResult, { kind: 'refused' }>;

/** True when the lane's last commit is not the expected one. */
export const isConflict = (code: number): boolean =>
  code === SERVER_CODE.wrongLastSequence || code === SERVER_CODE.wrongLastSequenceUnknown;

const CODES: ReadonlyMap<number, Refused['code']> = new Map([
  [SERVER_CODE.messageTooLarge, 'too-large'],
  [SERVER_CODE.storeFailed, 'log-full'],
  [SERVER_CODE.storageExceeded, 'log-full'],
  [SERVER_CODE.memoryExceeded, 'log-full'],
  [SERVER_CODE.insufficientResources, 'log-full'],
  [SERVER_CODE.streamSealed, 'read-only'],
]);

const REMEDIES: Readonly<Record<Refused['code'], string>> = {
  'too-large': `raise max_msg_size of ${LOG_STREAM}`,
  'log-full': `make room on the server's disk, or raise max_bytes of ${LOG_STREAM} and of the account, then append the same commit again`,
  'read-only': `restore ${LOG_STREAM} from a backup that is not sealed`,
  closed: 'open the log again',
};

/** What the server's refusal means for the writer. @throws EventLogError `storage` for one that we know nothing of */
export const refusalOf = (commit: NewCommit, { code, description }: Refusal): Refused => {
  const kind = CODES.get(code);
  const what = `NATS did not store the commit for ${commit.lane}: ${description} (code ${code})`;
  if (kind === undefined) throw new EventLogError('storage', `${what}; look into the server's log`);
  return { kind: 'refused', code: kind, message: `${what}; ${REMEDIES[kind]}` };
};
