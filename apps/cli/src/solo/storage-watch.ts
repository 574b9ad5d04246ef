import { ArtifactError, type ArtifactStore, type TreeProjector } from '@squados/artifacts';
import { EventLogError, type AppendResult, type EventLog } from '@squados/event-log';

/** Told of trouble that nobody but the person at this machine can end. */
export type TellTrouble = (error: EventLogError | ArtifactError) => void;

/**
 * On one machine a disk that is full or read-only is for a person to put right: agents and engine would hand back and try
 * again in silence. These wrappers change no answer; they tell the run, which ends and says what to do.
 */
export const watchedLog = (log: EventLog, tell: TellTrouble): EventLog => ({
  logId: log.logId,
  append: async (commit, options) => {
    const result = await telling(log.append(commit, options), tell);
    const trouble = troubleOf(result);
    if (trouble) tell(trouble);
    return result;
  },
  read: (options) => log.read(options),
  follow: (options) => log.follow(options),
  last: (lane) => log.last(lane),
  head: () => log.head(),
  close: () => log.close(),
});

export const watchedArtifacts = (artifacts: ArtifactStore, tell: TellTrouble): ArtifactStore => ({
  put: (bytes) => telling(artifacts.put(bytes), tell),
  get: (hash) => artifacts.get(hash),
  has: (hash) => artifacts.has(hash),
});

export const watchedTree = (tree: TreeProjector, tell: TellTrouble): TreeProjector => ({
  apply: (card, manifest) => telling(tree.apply(card, manifest), tell),
  rebuild: (entries) => telling(tree.rebuild(entries), tell),
});

const telling = async <T>(work: Promise<T>, tell: TellTrouble): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (isStorageTrouble(error)) tell(error);
    throw error;
  }
};

const troubleOf = (result: AppendResult): EventLogError | undefined => {
  if (result.kind !== 'refused') return undefined;
  if (result.code === 'log-full') return new EventLogError('disk-full', result.message);
  return result.code === 'read-only' ? new EventLogError('permission', result.message) : undefined;
};

/** By name and code: a bundle may hold a class twice. */
const isStorageTrouble = (error: unknown): error is EventLogError | ArtifactError => {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.name === 'EventLogError') return error.code !== 'closed';
  return error.name === 'ArtifactError' && (error.code === 'disk-full' || error.code === 'permission');
};
