import { spawnSync } from 'node:child_process';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readKernelFile } from './host.js';

/*
 * Control groups, version 2 alone: version 1 can't end a group at once, and its hierarchies are somebody else's more often than not.
 * The group of a run lies below our own or, where that one can't hand on its controllers because we are in it, beside it.
 */

export interface GroupBounds {
  readonly memoryBytes: number;
  readonly processes: number;
}

export interface ControlGroup {
  readonly path: string;
  /** A process that writes itself there enters. */
  readonly joinFile: string;
  /** Ends everything inside at once, whatever it forks meanwhile. */
  kill(): void;
  processes(): readonly number[];
  cpuSeconds(): number;
  /** How often something was killed for memory, and refused for the number of processes. */
  hits(): { readonly memory: number; readonly processes: number };
  /** Gone? It can only be removed when nothing is in it. */
  remove(): boolean;
}

export interface GroupHome {
  /** Memory and processes are bounded by the kernel; else a group only ends and counts. */
  readonly bounds: boolean;
  open(name: string, bounds: GroupBounds): ControlGroup;
}

const CONTROLLERS = ['memory', 'pids'] as const;

const write = (path: string, text: string): boolean => {
  try {
    writeFileSync(path, text);
    return true;
  } catch {
    return false;
  }
};

/** Version 2's own line of /proc/self/mountinfo: which part of the tree is shown where. */
const shownTree = (): { readonly root: string; readonly top: string } | undefined => {
  const lines = readKernelFile('/proc/self/mountinfo').split('\n');
  const fields = lines.find((line) => line.includes(' - cgroup2 '))?.split(' ') ?? [];
  const [root, top] = [fields[3], fields[4]];
  return root === undefined || top === undefined ? undefined : { root, top };
};

/** Where version 2 is mounted, and our own group there. */
const ownGroup = (): { readonly top: string; readonly own: string } | undefined => {
  const tree = shownTree();
  const path = /^0::(\/.*)$/m.exec(readKernelFile('/proc/self/cgroup'))?.[1];
  if (tree === undefined || path === undefined) return undefined;
  const below = tree.root !== '/' && path.startsWith(tree.root) ? path.slice(tree.root.length) : path;
  return { top: tree.top, own: join(tree.top, below) };
};

const handsOn = (folder: string): boolean => {
  const handed = readKernelFile(join(folder, 'cgroup.subtree_control')).trim().split(/\s+/);
  return CONTROLLERS.every((name) => handed.includes(name));
};

/** A folder above counts as well: a group beside ours is bounded by the same parents. */
const candidates = ({
  top,
  own,
}: {
  readonly top: string;
  readonly own: string;
}): readonly (readonly [string, boolean])[] => {
  const chain = [own];
  while (chain.at(-1) !== top && chain.length < 32) chain.push(dirname(chain.at(-1) ?? top));
  const bounding = chain.find(handsOn);
  return [...(bounding === undefined ? [] : [[bounding, true] as const]), [own, false]];
};

const numbersIn = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name = '', value]) => [name, Number(value)]),
  );

const remove = (path: string): boolean => {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
};

const groupAt = (path: string): ControlGroup => {
  const read = (name: string): Readonly<Record<string, number>> => numbersIn(readKernelFile(join(path, name)));
  return {
    path,
    joinFile: join(path, 'cgroup.procs'),
    kill: () => void write(join(path, 'cgroup.kill'), '1'),
    processes: () => readKernelFile(join(path, 'cgroup.procs')).trim().split('\n').filter(Boolean).map(Number),
    cpuSeconds: () => (read('cpu.stat')['usage_usec'] ?? 0) / 1e6,
    hits: () => ({ memory: read('memory.events')['oom_kill'] ?? 0, processes: read('pids.events')['max'] ?? 0 }),
    remove: () => remove(path),
  };
};

const setBounds = (path: string, bounds: GroupBounds): void => {
  write(join(path, 'memory.max'), String(bounds.memoryBytes));
  write(join(path, 'memory.swap.max'), '0');
  write(join(path, 'memory.oom.group'), '1');
  write(join(path, 'pids.max'), String(bounds.processes));
};

export const openGroup = (parent: string, name: string, bounds: GroupBounds | undefined): ControlGroup => {
  const path = join(parent, name);
  mkdirSync(path);
  if (bounds !== undefined) setBounds(path, bounds);
  return groupAt(path);
};

/** Can a process really enter, and be ended there? Writing rights alone don't tell. */
const works = (parent: string, name: string): boolean => {
  try {
    const group = openGroup(parent, name, undefined);
    const script = 'echo $$ >"$1/cgroup.procs" || exit 1; echo 1 >"$1/cgroup.kill"; sleep 5';
    const { signal } = spawnSync('/bin/sh', ['-c', script, 'enter', group.path], { stdio: 'ignore', timeout: 2_000 });
    return group.remove() && signal === 'SIGKILL';
  } catch {
    return false;
  }
};

/** The best place for groups of runs that this process may use; undefined: none. `prefix` tells our groups from others'. */
export const findGroupHome = (prefix: string): GroupHome | undefined => {
  const own = ownGroup();
  if (own === undefined) return undefined;
  const found = candidates(own).find(([parent], i) => works(parent, `${prefix}-try-${i}`));
  if (found === undefined) return undefined;
  const [parent, bounds] = found;
  return { bounds, open: (name, wanted) => openGroup(parent, `${prefix}-${name}`, bounds ? wanted : undefined) };
};
