import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { HOLDER, JOIN } from '../scripts.js';
import { makeMountPoint } from '../system-folders.js';
import type { CheckedMount } from '../checked-request.js';
import type { Cell, Launch, Places } from './driver.js';
import { scriptEnv, type BeginTerms } from './begin.js';

/*
 * What both drivers with namespaces share: a holder in a mount namespace of its own keeps the private directory as a tmpfs, so that its size
 * is a hard bound, that nobody else sees it, and that it is gone with its last process, whatever kills that.
 */

export const stageOf = (cell: Cell): string => join(cell.folder.path, 'stage');

/** A file of its own costs at least this much of the private directory: bounds the number of inodes. */
const BYTES_PER_INODE = 4_096;
const MB = 1024 * 1024;

const tmpfsOptions = (cell: Cell): string => {
  const bytes = Math.ceil(cell.request.limits.diskMb * MB);
  return `size=${bytes},nr_inodes=${Math.max(64, Math.ceil(bytes / BYTES_PER_INODE))},mode=0711,nosuid,nodev`;
};

/** Our own uid has no right to mount: it takes one as root of a user namespace. */
const holderPrefix = (cell: Cell): readonly string[] => {
  const { host } = cell.ground;
  const user = host.isRoot ? [] : ['--user', '--map-root-user'];
  const tool = (name: string): string => host.tool(name) ?? name;
  return [
    tool('setpriv'),
    '--pdeathsig',
    'KILL',
    '--',
    tool('unshare'),
    ...user,
    '--mount',
    '--propagation',
    'private',
    '--',
  ];
};

/** `inner`: what runs below the holder; `variables`: what its own scripts need. */
export const holderLaunch = (
  cell: Cell,
  inner: readonly string[],
  variables: Readonly<Record<string, string>>,
): Launch => {
  mkdirSync(stageOf(cell), { mode: 0o700 });
  const [program = 'setpriv', ...rest] = holderPrefix(cell);
  return {
    argv: [program, ...rest, '/bin/sh', '-c', HOLDER, 'holder', ...inner],
    env: scriptEnv({
      SB_TMPFS: tmpfsOptions(cell),
      SB_STAGE: stageOf(cell),
      SB_JOIN: JOIN,
      SB_GROUP: cell.groupFile,
      ...variables,
    }),
  };
};

export const INNER_WORK = '/private';
export const INNER_TEMPORARY = '/tmp';
export const INNER_TERMS: BeginTerms = { work: INNER_WORK, temporary: INNER_TEMPORARY, countsItsUser: true };

/** The holder's own view, which nothing inside can change: there the private directory is a plain folder. */
export const stagePlaces = (cell: Cell, pid: number): Places => {
  const seen = `/proc/${pid}/root${stageOf(cell)}`;
  return { work: `${seen}/work`, temporary: `${seen}/tmp`, innerWork: INNER_WORK, innerTemporary: INNER_TEMPORARY };
};

/** Where a mount lands inside. */
export const innerTarget = (mount: CheckedMount): string =>
  isAbsolute(mount.at) ? mount.at : `${INNER_WORK}/${mount.at}`;

/** /usr and its like are there anyway. */
export const isShownAnyway = (cell: Cell, mount: CheckedMount): boolean =>
  cell.ground.system.some(
    (entry) => entry.kind === 'bind' && mount.from === mount.at && mount.at.startsWith(`${entry.at}/`),
  );

const privatePoint = (mount: CheckedMount, places: Places): string | undefined => {
  const target = innerTarget(mount);
  if (target.startsWith(`${INNER_WORK}/`)) return places.work + target.slice(INNER_WORK.length);
  if (target.startsWith(`${INNER_TEMPORARY}/`)) return places.temporary + target.slice(INNER_TEMPORARY.length);
  return undefined;
};

const giveTo = (path: string, cell: Cell): void => {
  if (cell.uid !== undefined) chownSync(path, cell.uid, cell.uid);
};

/** Folders of the stage and the mount points in it. */
export const prepareStage = (cell: Cell, places: Places): void => {
  const seen = places.work.slice(0, -'/work'.length);
  for (const name of ['work', 'tmp', 'shm', 'mnt']) makeMountPoint(join(seen, name), true);
  giveTo(join(seen, 'shm'), cell);
  for (const mount of cell.request.mounts) {
    const point = privatePoint(mount, places);
    if (point !== undefined) makeMountPoint(point, mount.isFolder);
  }
};

export const writeTable = (cell: Cell, name: string, text: string): string => {
  const path = join(cell.folder.path, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};
