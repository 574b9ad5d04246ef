import type { CliContext } from '../cli-context.js';
import { fileBlobs } from '@squados/artifacts';
import { FoldSnapshots, LogFold, silentLogger } from '@squados/orchestrator';
import { openReader, type ReadingLog } from '../solo/open-log.js';
import { CliError } from '../cli-error.js';
import { requireProject, type ProjectAt } from '../views/project-of.js';
import { findDataFolder } from './find-data-folder.js';
import { isOnNats, type Place, type PlaceOptions } from './place.js';
import { foldOn, type Until } from './read-fold.js';

export interface Reading extends Omit<ReadingLog, 'close'> {
  readonly folder: Place;
}

/** Opens a log for reading, whoever owns it, and closes it again. */
export const withReader = async <T>(
  context: CliContext,
  where: PlaceOptions,
  use: (reading: Reading) => Promise<T>,
): Promise<T> => {
  const { close, ...reading } = await (where.nats === undefined ? onFolder(context, where) : onNats(where.nats, where));
  try {
    return await use(reading);
  } finally {
    await close();
  }
};

type Opened = Reading & Pick<ReadingLog, 'close'>;

const onFolder = async (context: CliContext, { data }: PlaceOptions): Promise<Opened> => {
  const folder = await findDataFolder(context, data);
  return { folder, ...(await openReader(folder)) };
};

/** Loaded only where a server is named. */
const onNats = async (nats: string, { data, project }: PlaceOptions): Promise<Opened> => {
  if (data !== undefined) throw new CliError('give --data or --nats, not both', { code: 'usage' });
  const { accessOf, openNatsReader } = await import('../cluster/nats-place.js');
  const { place, ...opened } = await openNatsReader(accessOf(nats), project);
  return { folder: place, ...opened };
};

export interface FoldedProject {
  readonly folder: Place;
  readonly fold: LogFold;
  readonly at: ProjectAt;
}

/** The project as of now (or as of `until`). @throws CliError when there is none. */
export const readProject = (context: CliContext, where: PlaceOptions, until?: Until): Promise<FoldedProject> =>
  withReader(context, where, (reading) => projectOf(reading, until));

/** The same, of a log that is open. */
export const projectOf = async ({ folder, log }: Reading, until?: Until): Promise<FoldedProject> => {
  const kept = await keptFold({ folder, log }, until);
  const fold = await foldOn(kept ?? new LogFold(), { log, ...(until ? { until } : {}) });
  return { folder, fold, at: requireProject(fold, folder.root) };
};

/** What the folder's last run kept aside; on a server, where projects share a log, each is folded alone. */
const keptFold = async (
  { folder, log }: Pick<Reading, 'folder' | 'log'>,
  until: Until | undefined,
): Promise<LogFold | undefined> => {
  if (isOnNats(folder) || until?.time !== undefined) return undefined;
  const snapshots = new FoldSnapshots({ blobs: fileBlobs(folder.snapshots), log, logger: silentLogger });
  return snapshots.load(until?.position);
};
