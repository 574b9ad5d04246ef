import { readKernelFile, TRUSTED_PATH } from '../host.js';
import { BEGIN } from '../scripts.js';
import { tasksOfUser } from '../process-list.js';
import type { Cell } from './driver.js';

const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin';
const MB = 1024 * 1024;
const OPEN_FILES = 8_192;

const HARD_LIMIT_NAMES = {
  nproc: 'Max processes',
  cpu: 'Max cpu time',
  fsize: 'Max file size',
  nofile: 'Max open files',
  core: 'Max core file size',
  data: 'Max data size',
} as const;
type LimitName = keyof typeof HARD_LIMIT_NAMES;

/** Without the right to raise a hard limit, asking for more than it would refuse the whole run. */
const withinHard = (name: LimitName, wanted: number, limits: string): number => {
  const line = limits.split('\n').find((text) => text.startsWith(HARD_LIMIT_NAMES[name]));
  const hard = Number(line?.slice(HARD_LIMIT_NAMES[name].length).trim().split(/\s+/)[1]);
  return Number.isFinite(hard) ? Math.min(wanted, hard) : wanted;
};

export interface BeginTerms {
  /** The private and the temporary directory, as the program sees them. */
  readonly work: string;
  readonly temporary: string;
  /** The run has a user or a user namespace of its own: a limit of processes, which counts by user, is exact. Else it is set above what our user has. */
  readonly countsItsUser: boolean;
  /** Put into the environment, so that the run's processes can be told from others. */
  readonly mark?: string;
}

/**
 * What a process may map for each byte that its tree may use. A JavaScript engine maps up to three times what it holds, and is ended
 * by its own allocator where it may not; what is held is bounded for the whole tree.
 */
const RESERVED = 4;

/** Limits of each process: the net below the bounds of the whole tree. */
const processLimits = (cell: Cell, { countsItsUser }: BeginTerms): readonly string[] => {
  const tool = cell.ground.host.tool('prlimit');
  if (tool === undefined) return [];
  const { cpuSeconds, diskMb, memoryMb, processes } = cell.request.limits;
  const wanted: readonly (readonly [LimitName, number])[] = [
    ['core', 0],
    ['cpu', Math.ceil(cpuSeconds)],
    ['fsize', Math.ceil(diskMb * MB)],
    ['nofile', OPEN_FILES],
    ['data', Math.ceil(memoryMb * MB * RESERVED)],
    ['nproc', Math.ceil(processes) + (countsItsUser ? 0 : tasksOfUser(process.geteuid?.() ?? 0))],
  ];
  const limits = readKernelFile('/proc/self/limits');
  return [tool, ...wanted.map(([name, value]) => `--${name}=${withinHard(name, value, limits)}`), '--'];
};

const innerEnv = (cell: Cell, { temporary, mark }: BeginTerms): Readonly<Record<string, string>> => ({
  PATH: DEFAULT_PATH,
  HOME: temporary,
  TMPDIR: temporary,
  LANG: 'C.UTF-8',
  ...cell.request.env,
  ...(mark === undefined ? {} : { SANDBOX_RUN: mark }),
});

/** The last trusted step of every driver, as arguments: limits, an environment of its own, the program. */
export const begin = (cell: Cell, terms: BeginTerms): readonly string[] => {
  const env = innerEnv(cell, terms);
  const { command, cwd } = cell.request;
  const folder = cwd === undefined || cwd === '.' ? terms.work : `${terms.work}/${cwd}`;
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const envTool = cell.ground.host.tool('env') ?? '/usr/bin/env';
  const start = [...processLimits(cell, terms), envTool, '-i', ...assignments, ...command];
  return ['/bin/sh', '-c', BEGIN, 'begin', folder, env['PATH'] ?? DEFAULT_PATH, command[0], ...start];
};

/** The environment of the launching scripts. */
export const scriptEnv = (variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  PATH: TRUSTED_PATH,
  SB_TMPFS: '',
  SB_STAGE: '',
  SB_FSTAB: '',
  SB_GROUP: '',
  ...variables,
});
