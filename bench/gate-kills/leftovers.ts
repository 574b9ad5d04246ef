import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Seen } from './processes.js';

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

/** Artifacts whose bytes are not what their name says. */
export const tornArtifacts = (data: string): readonly string[] => {
  const blobs = join(data, 'artifacts/blobs');
  return filesBelow(blobs).filter((file) => {
    const name = relative(blobs, file).replaceAll(/[/\\]/g, '');
    return createHash('sha256').update(readFileSync(file)).digest('hex') !== name;
  });
};

export const artifactText = (data: string, hash: string): string =>
  readFileSync(join(data, 'artifacts/blobs', hash.slice(0, 2), hash.slice(2)), 'utf8');

/** The sandbox's folders of a run: its janitors are started with them. */
export const sandboxFolders = (processes: readonly Seen[]): readonly string[] =>
  processes.flatMap(({ command }) => {
    const at = command.indexOf('janitor');
    return command.slice(at + 1, at + 2).filter((folder) => at > 0 && folder.includes('squados-sandbox-'));
  });

const CONTROL_GROUPS = '/sys/fs/cgroup';

/** Folders and control groups of sandboxes that are still there. */
export const sandboxRemains = (folders: readonly string[]): readonly string[] => {
  const groups = existsSync(CONTROL_GROUPS) ? readdirSync(CONTROL_GROUPS) : [];
  return folders.flatMap((folder) => [
    ...(existsSync(folder) ? [folder] : []),
    ...groups.filter((group) => group.startsWith(basename(folder))),
  ]);
};

/** Grows with each life, belongs to the running database, or is what a process that was killed last has open. */
const EXPECTED =
  /^(?:artifacts\/blobs|snapshots\/board-\d+\.snap$|product\/home\/(?:pgdata|service)|product\/logs|owner\.json|log\.db-(?:wal|shm))/;

/** What the killed run's folder holds that an undisturbed run's does not. */
export const extraFiles = (calm: string, hit: string): readonly string[] => {
  const names = (folder: string): readonly string[] =>
    filesBelow(folder)
      .map((file) => relative(folder, file))
      .filter((name) => !EXPECTED.test(name));
  const known = new Set(names(calm));
  return names(hit).filter((name) => !known.has(name));
};
