import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { Driver } from '../drivers/driver.js';
import { theGround } from '../ground.js';
import { readKernelFile } from '../host.js';
import { runInDriver } from '../run-in-driver.js';
import type { IsolationCheck, SandboxOutcome, SandboxRequest } from '../sandbox.port.js';
import { layBait, type Bait } from './bait.js';
import { answeredChecks, boundChecks, ESSENTIAL, type Walls } from './checks.js';
import { PROBE_PROGRAM, type ProbeAnswer } from './probe-program.js';

export interface ProbeResult {
  readonly level: 0 | 1 | 2;
  readonly checks: readonly IsolationCheck[];
  /** Why the driver falls short of its level; empty: it doesn't. */
  readonly reason: string;
}

const UNMEASURED = { level: 0, by: 'not measured yet' } as const;
const ALLOWED = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'SANDBOX_RUN',
  'PWD',
  'OLDPWD',
  'SHLVL',
  '_',
  '__CF_USER_TEXT_ENCODING',
];
const WALL_MS = 10_000;

const tryInside = (
  driver: Driver,
  request: Omit<SandboxRequest, 'files'> & Partial<SandboxRequest>,
): Promise<SandboxOutcome> =>
  runInDriver(
    driver,
    { files: new Map(), ...request },
    { isolation: UNMEASURED, signal: new AbortController().signal },
  );

const askInside = (driver: Driver, bait: Bait): Promise<SandboxOutcome> => {
  const { secretFile, port, pid, commandLine } = bait;
  const told = JSON.stringify({ secretFile, port, pid, commandLine, allowed: ALLOWED });
  return tryInside(driver, {
    command: [process.execPath, 'probe.mjs', told],
    files: new Map([['probe.mjs', PROBE_PROGRAM]]),
    mounts: [{ from: process.execPath, at: process.execPath }],
    limits: { wallMs: WALL_MS },
  });
};

const shell = (script: string): readonly [string, ...string[]] => ['/bin/sh', '-c', script];

const HOG = 'for i in 1 2 3 4; do (x=$(head -c 16000000 /dev/zero | tr "\\0" x); sleep 2; :) & done; wait';
const CROWD = 'i=0; while [ $i -lt 60 ]; do sleep 2 & i=$((i+1)); done; wait';
const FILLER = 'for i in 1 2 3 4 5 6 7 8; do head -c 1000000 /dev/zero >"$i" || exit 1; done; sleep 1';
const DAEMON = '(setsid sh -c "(while :; do sleep 1; done) &" >/dev/null 2>&1 </dev/null &) ; sleep 0.1';

const survivors = (mark: string): readonly number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && readKernelFile(`/proc/${pid}/environ`).includes(mark));

const findOrphans = async (driver: Driver): Promise<readonly number[]> => {
  const mark = `PROBE_MARK=${randomBytes(8).toString('hex')}`;
  const [name = '', value = ''] = mark.split('=');
  await tryInside(driver, { command: shell(DAEMON), env: { [name]: value }, limits: { wallMs: WALL_MS } });
  return process.platform === 'linux' ? survivors(mark) : [];
};

const tryBounds = async (driver: Driver, walls: Walls): Promise<readonly IsolationCheck[]> => {
  const [memory, processes, disk, orphans] = await Promise.all([
    tryInside(driver, { command: shell(HOG), limits: { memoryMb: 40, diskMb: 1, wallMs: WALL_MS } }),
    tryInside(driver, { command: shell(CROWD), limits: { processes: 30, wallMs: WALL_MS } }),
    tryInside(driver, { command: shell(FILLER), limits: { diskMb: 2, wallMs: WALL_MS } }),
    findOrphans(driver),
  ]);
  return boundChecks({ memory, processes, disk, orphans }, walls);
};

const answerOf = (outcome: SandboxOutcome): ProbeAnswer | string => {
  if (outcome.kind === 'unavailable') return outcome.reason;
  if (outcome.kind !== 'exited' || outcome.exitCode !== 0)
    return `the probe did not end well: ${outcome.kind === 'aborted' ? 'aborted' : outcome.stderr.trim().slice(0, 300)}`;
  return JSON.parse(outcome.stdout) as ProbeAnswer;
};

const unanswered = (by: string): IsolationCheck => ({ name: 'probe', held: false, by });

const judged = (driver: Driver, checks: readonly IsolationCheck[]): ProbeResult => {
  const failed = checks.filter(({ name, held }) => !held && ESSENTIAL.includes(name));
  if (driver.level === 1) return { level: 1, checks, reason: '' };
  const reason = failed.map(({ name, by }) => `${name}: ${by}`).join('; ');
  return { level: failed.length === 0 ? 2 : 1, checks, reason };
};

const wallsOf = (driver: Driver): Walls => {
  const { ground, home } = theGround();
  return {
    isNamespaced: driver.level === 2,
    hasOwnUid: ground.ownUsers,
    hasGroup: home !== undefined,
    isBounded: home?.bounds === true,
  };
};

const measure = async (driver: Driver): Promise<ProbeResult> => {
  const walls = wallsOf(driver);
  const bait = await layBait(theGround().ground.base.path);
  try {
    const answer = answerOf(await askInside(driver, bait));
    if (typeof answer === 'string' && driver.level === 2) return { level: 0, checks: [], reason: answer };
    const answered = typeof answer === 'string' ? [unanswered(answer)] : answeredChecks(answer, walls);
    return judged(driver, [...answered, ...(await tryBounds(driver, walls))]);
  } finally {
    bait.take();
  }
};

const measured = new Map<Driver['name'], Promise<ProbeResult>>();

/** What this driver holds on this machine: measured by programs that run inside, once per process. A failed measurement is not kept. */
export const probeDriver = (driver: Driver): Promise<ProbeResult> => {
  const known = measured.get(driver.name) ?? measure(driver);
  measured.set(driver.name, known);
  known.catch(() => measured.delete(driver.name));
  return known;
};
