import type { IsolationCheck, SandboxOutcome } from '../sandbox.port.js';
import type { ProbeAnswer } from './probe-program.js';

/** Without one of these a driver doesn't reach level 2. */
export const ESSENTIAL: readonly string[] = [
  'outside-files',
  'network',
  'environment',
  'host-processes',
  'own-uid',
  'memory-bound',
  'process-bound',
  'disk-bound',
  'orphans-die',
];

export const NO_CAPABILITY = /^0+$/;

const check = (name: string, trouble: readonly string[], by: string): IsolationCheck =>
  trouble.length === 0 ? { name, held: true, by } : { name, held: false, by: trouble.join(', ') };

const said = (condition: boolean, words: string): readonly string[] => (condition ? [words] : []);

/** How a driver's walls are called, for the `by` of each check. */
export interface Walls {
  readonly isNamespaced: boolean;
  readonly hasOwnUid: boolean;
  /** A control group ends a run at once; `isBounded`: it also bounds memory and processes. */
  readonly hasGroup: boolean;
  readonly isBounded: boolean;
}

const rightsLeft = (answer: ProbeAnswer, walls: Walls): readonly string[] => [
  ...said(!walls.hasOwnUid && !walls.isNamespaced, "runs as the caller's user"),
  ...said(!NO_CAPABILITY.test(answer.capabilities ?? ''), `holds capabilities ${answer.capabilities ?? '(unknown)'}`),
  ...said(answer.noNewPrivileges !== '1', 'could gain privileges'),
];

/** The bait's name is drawn anew each time. */
const named = (path: string): string => (path.startsWith('/etc/') ? path : 'a file that everybody may read');

/** What the probe's answer means, check by check. */
export const answeredChecks = (answer: ProbeAnswer, walls: Walls): readonly IsolationCheck[] => {
  const by = (namespace: string): string => (walls.isNamespaced ? namespace : 'nothing to be seen');
  const owner = walls.hasOwnUid ? 'a user of its own' : "a user namespace over the caller's user";
  const seen = [...answer.files.map(named), ...answer.folders].map((path) => `read ${path}`);
  return [
    check('outside-files', seen, by('mount namespace')),
    check('network', said(answer.hostPort, "reached the host's loopback"), by('network namespace')),
    check('loopback', said(!answer.loopback, 'no loopback inside'), by('network namespace, its own loopback')),
    check(
      'environment',
      answer.environment.map((name) => `saw ${name}`),
      'an environment of its own',
    ),
    check(
      'host-processes',
      said(answer.processes.length > 0 || answer.signals, "saw the host's processes"),
      by('process namespace'),
    ),
    check('own-uid', rightsLeft(answer, walls), `${owner}, no capability, no new privileges`),
    check('system-calls', said(answer.seccomp !== '2', 'no filter of system calls'), 'seccomp'),
  ];
};

const wasStopped = (outcome: SandboxOutcome): boolean =>
  outcome.kind === 'limited' || (outcome.kind === 'exited' && outcome.exitCode !== 0);

export interface BoundOutcomes {
  readonly memory: SandboxOutcome;
  readonly processes: SandboxOutcome;
  readonly disk: SandboxOutcome;
  /** Process ids that outlived their run. */
  readonly orphans: readonly number[];
}

const bound = (name: string, outcome: SandboxOutcome, by: string): IsolationCheck => {
  const what = outcome.kind === 'unavailable' ? outcome.reason : 'went past its bound';
  return check(name, said(!wasStopped(outcome), what), by);
};

const memoryBy = (walls: Walls): string =>
  walls.isBounded ? 'control group' : 'a limit for each process, and a watch over all of them';

const processesBy = (walls: Walls): string => {
  if (walls.isBounded) return 'control group';
  return walls.hasOwnUid || walls.isNamespaced ? "the user's limit of processes" : 'a watch';
};

export const boundChecks = (outcomes: BoundOutcomes, walls: Walls): readonly IsolationCheck[] => {
  const ends = !walls.hasGroup ? "search by the run's user or mark" : 'control group';
  return [
    bound('memory-bound', outcomes.memory, memoryBy(walls)),
    bound('process-bound', outcomes.processes, processesBy(walls)),
    bound('disk-bound', outcomes.disk, walls.isNamespaced ? 'size of a tmpfs' : 'a limit for each file, and a watch'),
    check(
      'orphans-die',
      outcomes.orphans.map((pid) => `process ${pid} lived on`),
      walls.isNamespaced ? 'process namespace' : ends,
    ),
  ];
};
