import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** One process as the kernel shows it. */
export interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly command: readonly string[];
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
};

/** The name may hold spaces and brackets: what counts begins after the last one. A zombie has ended. */
const parentOf = (pid: number): number | undefined => {
  const stat = read(`/proc/${pid}/stat`);
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return parent === undefined || state === 'Z' ? undefined : Number(parent);
};

/** Everything below `root`, namespaces and sessions of their own included; not `root` itself. */
export const below = (root: number): readonly Seen[] => {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    const parent = parentOf(pid);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: Seen[] = [];
  const open = [root];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop())
    for (const pid of children.get(parent) ?? []) {
      open.push(pid);
      found.push({ pid, parent, command: read(`/proc/${pid}/cmdline`).split('\0').filter(Boolean) });
    }
  return found;
};

const LAUNCHERS = ['sh', 'setpriv', 'unshare', 'bwrap', 'env', 'prlimit', 'perl', 'mount', 'sleep', 'rm', 'cat'];

/** How people would call it: the program and the first thing it was given; undefined for what only launches others. */
export const nameOf = ({ command }: Seen): string | undefined => {
  const [program = '', ...rest] = command;
  const short = basename(program.split(' ')[0] ?? '').replace(/:$/, '');
  if (short === '' || LAUNCHERS.includes(short)) return undefined;
  const what = rest.find((part) => !part.startsWith('-') || part === '-m');
  const named = what === '-m' ? (rest[rest.indexOf('-m') + 1] ?? '') : basename(what ?? '');
  return /^(?:node|python|python3(?:\.\d+)?|chrom\w*)$/.test(short) ? `${short} ${named}`.trim() : short;
};

export const namesOf = (processes: readonly Seen[]): readonly string[] => [
  ...new Set(processes.flatMap((one) => nameOf(one) ?? [])),
];
