import type { Host } from '../host.js';
import { fstabText, mountEntries, readOnlyBinds } from '../mount-table.js';
import { makeMountPoint, type SystemEntry } from '../system-folders.js';
import { begin } from './begin.js';
import type { Cell, Driver, Launch, Places } from './driver.js';
import {
  holderLaunch,
  INNER_TEMPORARY,
  INNER_TERMS,
  INNER_WORK,
  innerTarget,
  isShownAnyway,
  prepareStage,
  stageOf,
  stagePlaces,
  writeTable,
} from './stage.js';

const FILTER_DESCRIPTOR = '5';

const WALLS = [
  '--unshare-user',
  '--unshare-ipc',
  '--unshare-pid',
  '--unshare-net',
  '--unshare-uts',
  '--unshare-cgroup-try',
  '--disable-userns',
  ...['--uid', '1000', '--gid', '1000', '--hostname', 'sandbox'],
  ...['--cap-drop', 'ALL', '--die-with-parent', '--new-session', '--clearenv'],
];

const visibleMounts = (cell: Cell) => cell.request.mounts.filter((mount) => !isShownAnyway(cell, mount));

/** Root binds what callers mount before it gives up its rights: the run's user may not be able to walk there. */
const stagedAt = (cell: Cell, index: number): string => `${stageOf(cell)}/mnt/${index}`;

const sources = (cell: Cell): readonly (readonly [from: string, at: string])[] =>
  visibleMounts(cell).map((mount, i) => [cell.uid === undefined ? mount.from : stagedAt(cell, i), innerTarget(mount)]);

const systemArguments = (entry: SystemEntry): readonly string[] =>
  entry.kind === 'bind' ? ['--ro-bind', entry.from, entry.at] : ['--symlink', entry.target, entry.at];

const bwrapArguments = (cell: Cell): readonly string[] => [
  ...WALLS,
  ...cell.ground.system.flatMap(systemArguments),
  ...['--proc', '/proc', '--dev', '/dev'],
  ...['--bind', `${stageOf(cell)}/shm`, '/dev/shm'],
  ...['--bind', `${stageOf(cell)}/work`, INNER_WORK, '--bind', `${stageOf(cell)}/tmp`, INNER_TEMPORARY],
  ...sources(cell).flatMap(([from, at]) => ['--ro-bind', from, at]),
  ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/'],
  ...(cell.ground.filter === undefined ? [] : ['--seccomp', FILTER_DESCRIPTOR]),
];

const inner = (cell: Cell): readonly string[] => {
  const tool = (name: string): string => cell.ground.host.tool(name) ?? name;
  const id = String(cell.uid);
  const drop = ['--reuid', id, '--regid', id, '--clear-groups', '--bounding-set=-all', '--inh-caps=-all'];
  return [
    ...[tool('setpriv'), '--pdeathsig', 'KILL', '--no-new-privs', ...(cell.uid === undefined ? [] : drop), '--'],
    ...[tool('bwrap'), ...bwrapArguments(cell), '--'],
    ...begin(cell, INNER_TERMS),
  ];
};

const stagingTable = (cell: Cell): string => {
  if (cell.uid === undefined) return '';
  const entries = mountEntries();
  return fstabText(visibleMounts(cell).flatMap((mount, i) => readOnlyBinds(mount.from, stagedAt(cell, i), entries)));
};

const cannot = (host: Host): string | undefined => {
  if (!host.isLinux) return 'namespaces are a feature of Linux';
  if (host.tool('bwrap') === undefined) return 'bubblewrap is not installed (apt-get install bubblewrap)';
  const missing = ['setpriv', 'unshare', 'mount'].filter((name) => host.tool(name) === undefined);
  return missing.length > 0 ? `${missing.join(', ')} not found (package util-linux)` : undefined;
};

const launch = (cell: Cell): Launch => {
  const table = stagingTable(cell);
  const variables = { SB_FSTAB: table === '' ? '' : writeTable(cell, 'staging', table) };
  const { filter } = cell.ground;
  return {
    ...holderLaunch(cell, inner(cell), variables),
    ...(filter === undefined ? {} : { filterFile: filter.file }),
  };
};

const prepare = (cell: Cell, places: Places): void => {
  prepareStage(cell, places);
  const mnt = `${places.work.slice(0, -'/work'.length)}/mnt`;
  visibleMounts(cell).forEach((mount, i) => makeMountPoint(`${mnt}/${i}`, mount.isFolder));
};

/** Namespaces and a filter of system calls by bubblewrap. */
export const bubblewrapDriver: Driver = {
  name: 'bubblewrap',
  level: 2,
  cannot,
  refuses: () => undefined,
  launch,
  places: stagePlaces,
  prepare,
};
