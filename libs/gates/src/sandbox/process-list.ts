import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { readKernelFile } from './host.js';

interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly cpuSeconds: number;
}

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** The name may hold spaces and brackets: what counts begins after the last one. */
const factsOf = (pid: number): ProcessFacts | undefined => {
  const stat = readKernelFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 20) return undefined;
  const [user = 0, system = 0, ofChildren = 0, systemOfChildren = 0] = fields.slice(11, 15).map(Number);
  return {
    pid,
    parent: Number(fields[1]),
    cpuSeconds: (user + system + ofChildren + systemOfChildren) / TICKS_PER_SECOND,
  };
};

const allPids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** `root` and everything below it; nothing when it has ended. */
export const processTree = (root: number): readonly number[] => {
  const children = new Map<number, number[]>();
  for (const pid of allPids()) {
    const parent = factsOf(pid)?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = factsOf(root) === undefined ? [] : [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
};

const ownerOf = (pid: number): number | undefined => {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    return undefined;
  }
};

export const processesOfUser = (uid: number): readonly number[] => allPids().filter((pid) => ownerOf(pid) === uid);

/** Processes and threads: what a limit of processes counts. */
export const tasksOfUser = (uid: number): number =>
  processesOfUser(uid)
    .map((pid) => Number(/^Threads:\s+(\d+)/m.exec(readKernelFile(`/proc/${pid}/status`))?.[1] ?? 1))
    .reduce((sum, threads) => sum + threads, 0);

const folderOf = (pid: number): string => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
};

/**
 * Processes whose environment holds `SANDBOX_RUN=<mark>` or that are in `folder`; only those of our own user can be looked at. One that clears its
 * environment and goes elsewhere is not found.
 */
export const processesMarked = (mark: string, folder: string): readonly number[] =>
  allPids().filter(
    (pid) =>
      readKernelFile(`/proc/${pid}/environ`).split('\0').includes(`SANDBOX_RUN=${mark}`) ||
      folderOf(pid).startsWith(`${folder}/`),
  );

/** Live processes; ended children that were waited for count with their parents. */
export const cpuSecondsOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + (factsOf(pid)?.cpuSeconds ?? 0), 0);

const kilobytes = (text: string, lines: RegExp): number =>
  [...text.matchAll(lines)].reduce((sum, match) => sum + Number(match[1]), 0);

const OWN_RSS = /^Rss(?:Anon|Shmem):\s+(\d+)/gm;
const OWN_PSS = /^Pss_(?:Anon|Shmem):\s+(\d+)/gm;

/** Bytes that these processes hold beyond code and files; memory that several share counts with each of them. */
export const memoryAtMost = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + kilobytes(readKernelFile(`/proc/${pid}/status`), OWN_RSS), 0) * 1_024;

const ownMemory = (pid: number): number => {
  const rollup = readKernelFile(`/proc/${pid}/smaps_rollup`);
  return rollup === '' ? kilobytes(readKernelFile(`/proc/${pid}/status`), OWN_RSS) : kilobytes(rollup, OWN_PSS);
};

/** The same with shared memory counted once, where we may look that closely: slower. */
export const memoryOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + ownMemory(pid), 0) * 1_024;
