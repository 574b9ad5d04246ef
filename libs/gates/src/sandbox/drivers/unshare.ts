import { symlinkSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Host } from '../host.js';
import { fstabText, mountEntries, readOnlyBinds, type MountLine } from '../mount-table.js';
import { BECOME_USER, ENTER } from '../scripts.js';
import { makeMountPoint } from '../system-folders.js';
import { begin } from './begin.js';
import type { Cell, Driver, Launch } from './driver.js';
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

const NEEDED = ['setpriv', 'unshare', 'mount', 'umount', 'pivot_root'] as const;
const PRIVATE = 'bind,nosuid,nodev';

const rootOf = (cell: Cell): string => join(cell.folder.path, 'root');

const visibleMounts = (cell: Cell) => cell.request.mounts.filter((mount) => !isShownAnyway(cell, mount));

/** The bare tree that everything is mounted on. Mount points below /private and /tmp are made in the stage instead. */
const laySkeleton = (cell: Cell): void => {
  const root = rootOf(cell);
  for (const name of ['', 'proc', 'sys', 'dev', INNER_WORK.slice(1), 'tmp']) makeMountPoint(join(root, name), true);
  for (const entry of cell.ground.system) {
    if (entry.kind === 'link') symlinkSync(entry.target, join(root, entry.at));
    else if (!entry.at.startsWith('/etc/')) makeMountPoint(join(root, entry.at), true);
  }
  for (const mount of visibleMounts(cell))
    if (isAbsolute(mount.at) && !mount.at.startsWith(`${INNER_TEMPORARY}/`))
      makeMountPoint(root + mount.at, mount.isFolder);
};

const deviceLines = (cell: Cell): MountLine[] => [
  { from: join(cell.ground.base.path, 'dev'), at: `${rootOf(cell)}/dev`, options: 'bind,ro,nosuid,nodev,noexec' },
  ...cell.ground.devices.map((name) => ({ from: `/dev/${name}`, at: `${rootOf(cell)}/dev/${name}`, options: 'bind' })),
  { from: `${stageOf(cell)}/shm`, at: `${rootOf(cell)}/dev/shm`, options: PRIVATE },
];

const layout = (cell: Cell): string => {
  const root = rootOf(cell);
  const entries = mountEntries();
  const binds = cell.ground.system.flatMap((entry) => (entry.kind === 'bind' ? [entry] : []));
  return fstabText([
    { from: root, at: root, options: 'bind,ro,nosuid,nodev,noexec' },
    ...binds.flatMap((entry) => readOnlyBinds(entry.from, root + entry.at, entries)),
    ...deviceLines(cell),
    { from: `${stageOf(cell)}/work`, at: root + INNER_WORK, options: PRIVATE },
    { from: `${stageOf(cell)}/tmp`, at: root + INNER_TEMPORARY, options: PRIVATE },
    ...visibleMounts(cell).flatMap((mount) => readOnlyBinds(mount.from, root + innerTarget(mount), entries)),
  ]);
};

/** Program after program, each giving up something, down to a user without any right. */
const becomeNobody = (cell: Cell): readonly string[] => {
  const tool = (name: string): string => cell.ground.host.tool(name) ?? name;
  const id = String(cell.uid);
  const drop =
    cell.uid === undefined
      ? [tool('setpriv'), '--no-new-privs', '--']
      : [tool('setpriv'), '--reuid', id, '--regid', id, '--clear-groups', '--no-new-privs', '--'];
  if (!cell.ground.userNamespaces) return [...drop.slice(0, -1), '--bounding-set=-all', '--inh-caps=-all', '--'];
  const asRootOfNone = cell.uid === undefined ? [] : [tool('unshare'), '--user', '--map-root-user', '--'];
  return [...drop, ...asRootOfNone, '/bin/sh', '-c', BECOME_USER, 'become-user'];
};

const inner = (cell: Cell): readonly string[] => {
  const tool = (name: string): string => cell.ground.host.tool(name) ?? name;
  const spaces = ['--net', '--pid', '--ipc', '--uts', '--cgroup', '--mount', '--propagation', 'private'];
  return [
    ...[tool('setpriv'), '--pdeathsig', 'KILL', '--', tool('unshare'), ...spaces, '--fork', '--kill-child', '--'],
    ...['/bin/sh', '-c', ENTER, 'enter', ...becomeNobody(cell)],
    ...(cell.ground.filter?.applier ?? []),
    ...begin(cell, INNER_TERMS),
  ];
};

const cannot = (host: Host): string | undefined => {
  if (!host.isLinux) return 'namespaces are a feature of Linux';
  const missing = NEEDED.filter((name) => host.tool(name) === undefined);
  return missing.length > 0 ? `${missing.join(', ')} not found (package util-linux)` : undefined;
};

const launch = (cell: Cell): Launch => {
  laySkeleton(cell);
  const variables = { SB_ROOT: rootOf(cell), SB_LAYOUT: writeTable(cell, 'layout', layout(cell)) };
  const { filter } = cell.ground;
  const file = filter?.applier === undefined ? {} : { filterFile: filter.file };
  return { ...holderLaunch(cell, inner(cell), variables), ...file };
};

/** Namespaces by util-linux alone. */
export const unshareDriver: Driver = {
  name: 'unshare',
  level: 2,
  cannot,
  refuses: () => undefined,
  launch,
  places: stagePlaces,
  prepare: prepareStage,
};
