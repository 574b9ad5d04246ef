import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { isPassable } from '../base-folder.js';
import { HOLDER, JOIN } from '../scripts.js';
import type { CheckedMount } from '../checked-request.js';
import { begin, scriptEnv } from './begin.js';
import type { Cell, Driver, Launch, Places } from './driver.js';

/** Found in the environment of every process of the run, so that they can be told from others without a user of their own. */
export const markOf = (cell: Cell): string => cell.folder.path.replace(/[^A-Za-z0-9]/g, '-');

const places = (cell: Cell): Places => {
  const [work, temporary] = [join(cell.folder.path, 'work'), join(cell.folder.path, 'tmp')];
  return { work, temporary, innerWork: work, innerTemporary: temporary };
};

const dropArguments = (cell: Cell): readonly string[] => {
  const setpriv = cell.ground.host.tool('setpriv');
  if (setpriv === undefined) return [];
  const id = String(cell.uid);
  const drop = ['--reuid', id, '--regid', id, '--clear-groups', '--bounding-set=-all', '--inh-caps=-all'];
  return [setpriv, '--pdeathsig', 'KILL', '--no-new-privs', ...(cell.uid === undefined ? [] : drop), '--'];
};

const diesWithUs = (cell: Cell): readonly string[] => {
  const setpriv = cell.ground.host.tool('setpriv');
  return setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--'];
};

const launch = (cell: Cell): Launch => {
  const { innerWork, innerTemporary } = places(cell);
  const { filter } = cell.ground;
  const countsItsUser = cell.uid !== undefined;
  const steps = begin(cell, { work: innerWork, temporary: innerTemporary, countsItsUser, mark: markOf(cell) });
  const inner = [...dropArguments(cell), ...(filter?.applier ?? []), ...steps];
  const [program = '/bin/sh', ...rest] = [...diesWithUs(cell), '/bin/sh', '-c', HOLDER, 'holder', ...inner];
  return {
    argv: [program, ...rest],
    env: scriptEnv({ SB_JOIN: JOIN, SB_GROUP: cell.groupFile }),
    ...(filter?.applier === undefined ? {} : { filterFile: filter.file }),
  };
};

const refusal = (mount: CheckedMount, cell: Cell): string[] => {
  if (isAbsolute(mount.at) && mount.at !== mount.from)
    return [`plain limits can't show ${mount.from} at ${mount.at}; bubblewrap can (apt-get install bubblewrap)`];
  if (cell.uid !== undefined && !isPassable(mount.isFolder ? mount.from : dirname(mount.from)))
    return [`the run's user may not enter ${mount.from}; move it out of a private folder or install bubblewrap`];
  return [];
};

const prepare = (cell: Cell, { work, temporary }: Places): void => {
  for (const folder of [work, temporary]) mkdirSync(folder);
  for (const mount of cell.request.mounts) {
    if (isAbsolute(mount.at)) continue;
    mkdirSync(join(work, dirname(mount.at)), { recursive: true });
    symlinkSync(mount.from, join(work, mount.at));
  }
};

/** Limits and, for root, a user of its own; the host's files and network stay in sight. */
export const plainDriver: Driver = {
  name: 'plain',
  level: 1,
  cannot: () => (process.platform === 'win32' ? 'needs a POSIX shell' : undefined),
  refuses: (cell) => cell.request.mounts.flatMap((mount) => refusal(mount, cell))[0],
  launch,
  places,
  prepare,
};
