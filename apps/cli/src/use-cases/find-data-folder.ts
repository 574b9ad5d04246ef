import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.js';
import type { CliContext } from '../cli-context.js';
import { commandName } from '../terminal/command-name.js';
import { DATA_HOME, dataFolderAt, type DataFolder } from '../solo/data-folder.js';

/**
 * The folder that a command means: the named one, else the one under `./.squados` whose log was written last.
 * @throws CliError when there is none, or it holds no log.
 */
export const findDataFolder = async (context: CliContext, named: string | undefined): Promise<DataFolder> => {
  const root = named === undefined ? await lastUsed(context.cwd) : resolve(context.cwd, named);
  const folder = root === undefined ? undefined : dataFolderAt(root);
  if (folder && (await writtenAt(folder)) !== undefined) return folder;
  const place = root ?? join(context.cwd, DATA_HOME);
  if (folder) await refuseUnreadable(folder);
  throw new CliError(`${place}: there is no SquadOS log here`, {
    code: 'no-data',
    remedy: [`name the folder with --data, or begin with: ${commandName()} run <requirements.md | backlog.json>`],
  });
};

/** What keeps people from a folder that may well hold a log: a file in the way, or somebody else's permissions. */
const refuseUnreadable = async ({ log, root }: DataFolder): Promise<void> => {
  const code = await stat(log).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (code === 'ENOTDIR')
    throw new CliError(`${root}: a part of this path is a file, not a folder`, {
      code,
      remedy: ['name the folder of a project with --data'],
    });
  if (code === 'EACCES' || code === 'EPERM')
    throw new CliError(`${root}: this folder belongs to another user, and you may not look into it`, {
      code,
      remedy: ['ask its owner for read access, or name a folder of your own with --data'],
    });
};

/** A folder for a project that the page will begin. @throws CliError when there is a log already. */
export const emptyFolder = (context: CliContext, named: string | undefined): DataFolder => {
  const folder = dataFolderAt(resolve(context.cwd, named ?? join(DATA_HOME, 'project')));
  if (!existsSync(folder.log)) return folder;
  throw new CliError(`${folder.root}: there is a project here already`, {
    code: 'other-project',
    remedy: [
      `go on with it: ${commandName()} up --data ${named ?? folder.root}`,
      'or name an empty folder with --data',
    ],
  });
};

const lastUsed = async (cwd: string): Promise<string | undefined> => {
  const home = join(cwd, DATA_HOME);
  const names = (await readdir(home).catch(() => [])).filter((name) => !/\.old-\d+$/.test(name));
  const dated = await Promise.all(
    names.map(async (name) => ({ root: join(home, name), at: await writtenAt(dataFolderAt(join(home, name))) })),
  );
  const known = dated.filter((entry): entry is { root: string; at: number } => entry.at !== undefined);
  return known.sort((a, b) => b.at - a.at)[0]?.root;
};

/** Epoch milliseconds of the log's last change: what was committed may still be in the file beside it. */
const writtenAt = async (folder: DataFolder): Promise<number | undefined> => {
  const base = await changedAt(folder.log);
  if (base === undefined) return undefined;
  return Math.max(base, (await changedAt(`${folder.log}-wal`)) ?? 0);
};

const changedAt = async (file: string): Promise<number | undefined> =>
  stat(file).then(
    (found) => found.mtimeMs,
    () => undefined,
  );
