import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ControlGroup, GroupHome } from './control-group.js';
import type { Ground } from './drivers/driver.js';
import { markOf } from './drivers/plain.js';
import type { CheckedRequest } from './checked-request.js';
import { drawUid } from './run-uid.js';
import type { OpenCell } from './sandbox-run.js';

const MB = 1024 * 1024;
/** The launching processes are in the group as well. */
const LAUNCHING = 8;
const REMOVE_MS = 2_000;

export interface CellHandle {
  readonly cell: OpenCell;
  close(): Promise<void>;
}

const removeGroup = async (cell: OpenCell): Promise<void> => {
  for (let waited = 0; waited < REMOVE_MS && cell.group?.remove() === false; waited += 10) {
    cell.group.kill();
    await pause(10);
  }
};

const groupFor = (home: GroupHome | undefined, name: string, { limits }: CheckedRequest): ControlGroup | undefined =>
  home?.open(name, {
    memoryBytes: (limits.memoryMb + limits.diskMb) * MB, // what lies in the private directory is memory, too
    processes: limits.processes + LAUNCHING,
  });

/** What the janitor has to know is written before anything starts. */
const tellJanitor = (cell: OpenCell): void => {
  if (cell.group !== undefined) cell.folder.note('cgroup', cell.group.path);
  if (cell.uid !== undefined) cell.folder.note('uid', String(cell.uid));
  cell.folder.note('mark', markOf(cell));
};

/** Folder, user and control group of one run. */
export const openCell = (ground: Ground, home: GroupHome | undefined, request: CheckedRequest): CellHandle => {
  const folder = ground.base.openRun();
  const group = groupFor(home, basename(folder.path), request);
  const isBounded = group !== undefined && home?.bounds === true;
  const cell: OpenCell = {
    ground,
    folder,
    uid: ground.ownUsers ? drawUid() : undefined,
    request,
    group,
    groupFile: group?.joinFile ?? '',
    isBounded,
  };
  tellJanitor(cell);
  const close = async (): Promise<void> => {
    await removeGroup(cell);
    await folder.remove();
  };
  return { cell, close };
};
