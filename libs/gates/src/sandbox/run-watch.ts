import type { ControlGroup } from './control-group.js';
import { folderSize } from './folder-size.js';
import { cpuSecondsOf, memoryAtMost, memoryOf } from './process-list.js';
import type { SandboxLimits } from './sandbox.port.js';

/*
 * Looks at a run at a steady pace and says which bound it broke. What the kernel bounds by itself (a control group, the size of a tmpfs) is not
 * watched; what only this watch bounds can be passed for one round.
 */

export interface Broken {
  readonly limit: keyof SandboxLimits;
  readonly message: string;
}

export interface Watched {
  readonly limits: SandboxLimits;
  readonly group: ControlGroup | undefined;
  /** The kernel bounds memory and processes of the group. */
  readonly isBounded: boolean;
  /** Folders whose growth nothing else bounds. */
  readonly folders: readonly string[];
  processes(): readonly number[];
}

const MB = 1024 * 1024;
const WITH_GROUP_MS = 50;
/** Finding the processes of a run among all others costs some milliseconds each time. */
const BY_SEARCH_MS = 200;
/** A program may meet its bound and go on; what forks on and on is ended. */
const FORK_BOMB = 200;

type Check = (watched: Watched, pids: () => readonly number[]) => Broken | undefined;

const tooMuchCpu: Check = ({ limits, group }, pids) => {
  const used = group?.cpuSeconds() ?? cpuSecondsOf(pids());
  if (used <= limits.cpuSeconds) return undefined;
  return { limit: 'cpuSeconds', message: `used more than ${limits.cpuSeconds} s of processor time` };
};

const overMemory = (limits: SandboxLimits): Broken => ({
  limit: 'memoryMb',
  message: `used more than ${limits.memoryMb} MB of memory`,
});

const tooMuchMemory: Check = ({ limits, isBounded, group }, pids) => {
  if (isBounded) return (group?.hits().memory ?? 0) > 0 ? overMemory(limits) : undefined;
  const bound = limits.memoryMb * MB;
  if (memoryAtMost(pids()) <= bound || memoryOf(pids()) <= bound) return undefined;
  return overMemory(limits);
};

const tooManyProcesses: Check = ({ limits, isBounded, group }, pids) => {
  const isOver = isBounded ? (group?.hits().processes ?? 0) > FORK_BOMB : pids().length > limits.processes;
  return isOver
    ? { limit: 'processes', message: `started more than ${limits.processes} processes and threads` }
    : undefined;
};

const tooMuchDisk: Check = ({ limits, folders }) => {
  const bound = limits.diskMb * MB;
  if (folders.length === 0 || folders.reduce((sum, folder) => sum + folderSize(folder, bound), 0) <= bound)
    return undefined;
  return { limit: 'diskMb', message: `wrote more than ${limits.diskMb} MB` };
};

const CHECKS: readonly Check[] = [tooMuchCpu, tooMuchMemory, tooManyProcesses, tooMuchDisk];

const onlyOnce = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** The first bound that is broken now. */
export const brokenBound = (watched: Watched): Broken | undefined => {
  const pids = onlyOnce(() => watched.processes());
  for (const check of CHECKS) {
    const broken = check(watched, pids);
    if (broken !== undefined) return broken;
  }
  return undefined;
};

/** Calls `onBroken` at most once; the answer stops watching. */
export const watchRun = (watched: Watched, onBroken: (broken: Broken) => void): (() => void) => {
  const timer = setInterval(
    () => {
      const broken = brokenBound(watched);
      if (broken === undefined) return;
      clearInterval(timer);
      onBroken(broken);
    },
    watched.group === undefined ? BY_SEARCH_MS : WITH_GROUP_MS,
  );
  return () => clearInterval(timer);
};
