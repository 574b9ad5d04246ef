import { existsSync, realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { readRecord, type InstallRecord, type OutsideFile } from './install-record.js';
import { installFolder, readPinnedSet, type InstallableName, type PinnedSet } from './pinned-set.js';
import type { ToolchainPlaces } from './places.js';
import { sealOf } from './seal.js';

/** How an install stands. Only `ready` is ever used. */
export type InstallState =
  | { readonly kind: 'ready'; readonly record: InstallRecord }
  | { readonly kind: 'unusable'; readonly why: Unusable; readonly reason: string };

export type Unusable = 'no-pins' | 'absent' | 'outdated' | 'interrupted' | 'damaged';

const unusable = (why: Unusable, reason: string): InstallState => ({ kind: 'unusable', why, reason });

/** What the machine says of a file now; undefined: it is gone. */
export const outsideFile = (path: string): OutsideFile | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : { path, size: stat.size, changed: Math.floor(stat.mtimeMs / 1000) };
};

const isSame = (then: OutsideFile): boolean => {
  const now = outsideFile(then.path);
  return now !== undefined && now.size === then.size && now.changed === then.changed;
};

/** Tells how an install stands, from its record and the presence of its programs; a few milliseconds. */
export const inspectInstall = async (places: ToolchainPlaces, name: InstallableName): Promise<InstallState> => {
  const pinned = await readPinnedSet(places, name).catch(() => undefined);
  if (pinned === undefined) return unusable('no-pins', `the pinned set ${places.pins}/${name} cannot be read`);
  const folder = installFolder(places, pinned);
  const read = await readRecord(folder);
  switch (read.kind) {
    case 'absent':
      return withoutRecord(places, pinned);
    case 'unreadable':
      return unusable('damaged', `${folder}/toolchain.json is not a record of an install`);
    case 'read':
      return judge(read.record, pinned, folder);
  }
};

const withoutRecord = async (places: ToolchainPlaces, { name, id }: PinnedSet): Promise<InstallState> => {
  const entries = await readdir(places.root).catch(() => []);
  const there = entries.filter((entry) => isInstallOf(name, entry));
  if (there.includes(`${name}-${id}`)) return unusable('interrupted', `the install of ${name} was not finished`);
  if (there.length > 0) return unusable('outdated', `what is installed of ${name} is not what is pinned now`);
  return unusable('absent', `${name} is not installed`);
};

/** Whether a name below the root is that of an install folder of this toolchain, of whatever pins. */
export const isInstallOf = (name: InstallableName, entry: string): boolean =>
  entry.startsWith(`${name}-`) && /^[0-9a-f]{16}$/.test(entry.slice(name.length + 1));

const judge = (record: InstallRecord, pinned: PinnedSet, folder: string): InstallState => {
  if (record.name !== pinned.name || record.id !== pinned.id)
    return unusable('damaged', `${folder} holds the record of ${record.name}-${record.id}`);
  if (realpathSync(folder) !== record.folder)
    return unusable('damaged', `${folder} was installed as ${record.folder} and moved`);
  const changed = record.leansOn.find((file) => !isSame(file));
  if (changed !== undefined)
    return unusable('outdated', `${changed.path} is not the one that ${pinned.name} was installed for`);
  const gone = Object.values(record.programs).find((program) => !existsSync(program));
  if (gone !== undefined) return unusable('damaged', `${gone} is gone`);
  return { kind: 'ready', record };
};

/** Compares an install, file by file, with what it was when it was finished; a third of a second for 25,000 files. */
export const verifyInstall = async (places: ToolchainPlaces, name: InstallableName): Promise<InstallState> => {
  const state = await inspectInstall(places, name);
  if (state.kind === 'unusable') return state;
  const { record } = state;
  const { entries, digest } = sealOf(record.folder);
  if (digest === record.seal.digest) return state;
  return unusable(
    'damaged',
    `${record.folder} is not as it was installed (${record.seal.entries} files and folders then, ${entries} now)`,
  );
};
