import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import type { SandboxLimits, SandboxOutcome } from '../../sandbox/index.js';
import type { Toolchain } from '../../toolchains/index.js';
import { reportOf } from '../../pool/report.js';
import { fail, ofReport, refer, type GateVerdict, type Told } from '../../pool/verdict-of.js';
import { FOLDER, isWrittenIn, type BackendGateOptions } from '../shared/gate-parts.port.js';
import { CONFORMANCE_PY, SCHEMATHESIS_TOML } from '../shared/probes/conformance.py.js';
import { LATENCY_PY } from '../shared/probes/latency.py.js';
import { MIGRATIONS_PY } from '../shared/probes/migrations.py.js';
import { runningService, type ServiceProgram } from '../shared/probes/running-service.py.js';
import {
  basePathIn,
  conformanceFindings,
  conformanceLine,
  EXAMPLES,
  lastLine,
  LOAD,
} from '../shared/running-checks.js';
import { findGoTools, type GoTools } from './go-tools.js';
import { serviceFiles } from './service-files.js';

interface Plan {
  readonly name: string;
  /** In words that a person can repeat. */
  readonly command: string;
  readonly program: string;
  readonly more?: readonly (readonly [path: string, text: string])[];
  readonly limits: Partial<SandboxLimits>;
  arguments(input: GateInput): readonly string[];
  findings(printed: string): readonly Finding[];
}

const CONTRACT_FILE = `${FOLDER}api/openapi.json`;
const error = (rule: string, path: string, message: string): Finding => ({ rule, path, message, severity: 'error' });

const LIMITS: Partial<SandboxLimits> = {
  wallMs: 420_000,
  cpuSeconds: 420,
  memoryMb: 3_072,
  processes: 1_024,
  diskMb: 3_000,
};

const PLANS: readonly Plan[] = [
  {
    name: 'migrations-postgres',
    command: 'with-postgres: server migrate up, down to the beginning, up again; catalogs compared',
    program: MIGRATIONS_PY,
    limits: LIMITS,
    arguments: () => [],
    findings: (printed) => [error('migrations', `${FOLDER}migrations`, lastLine(printed))],
  },
  {
    name: 'go-conformance',
    command: `with-postgres: schemathesis run /openapi.json against the running server, ${EXAMPLES} examples an operation`,
    program: CONFORMANCE_PY,
    more: [['gate/schemathesis.toml', SCHEMATHESIS_TOML]],
    limits: LIMITS,
    arguments: (input) => [String(EXAMPLES), basePathIn(input.files.get(CONTRACT_FILE))],
    findings: (printed) => conformanceFindings(printed, CONTRACT_FILE),
  },
  {
    name: 'go-latency',
    command: `with-postgres: ${LOAD.clients} clients reading lists of the running server for ${LOAD.seconds} s, p95 below ${LOAD.limitMs} ms`,
    program: LATENCY_PY,
    limits: LIMITS,
    arguments: () => [LOAD.clients, LOAD.seconds, LOAD.limitMs].map(String),
    findings: (printed) => [error('latency', CONTRACT_FILE, lastLine(printed))],
  },
];

interface Machine {
  readonly tools: GoTools;
  readonly python: Toolchain;
  readonly interpreter: string;
  readonly withPostgres: string;
}

/** What running the server needs beside Go: a PostgreSQL, and Python for the client. */
const machineOf = async ({ toolchains }: BackendGateOptions): Promise<Machine | string> => {
  const [go, python] = await Promise.all([findGoTools(toolchains), toolchains.find('python')]);
  if (go.kind === 'missing') return `${go.reason}: run "${go.remedy}"`;
  if (python.kind === 'missing') return `${python.reason}: run "${python.remedy}"`;
  const interpreter = python.toolchain.program('python');
  const { withPostgres } = go.tools;
  if (withPostgres === undefined || interpreter === undefined)
    return 'the server needs a PostgreSQL and its client a Python: run "squados setup postgres python"';
  return { tools: go.tools, python: python.toolchain, interpreter, withPostgres };
};

const BUILD_FAILED = 96;
/** The arguments follow the script: programs first, then what the gate's own program takes. */
const SCRIPT = [
  'set -u',
  'mkdir -p home tmp; export HOME=$PWD/home TMPDIR=$PWD/tmp',
  `(cd service && go build -o ../server ./cmd/server) || exit ${BUILD_FAILED}`,
  'postgres=$1 python=$2; shift 2',
  'exec "$postgres" "$python" -m gate.program "$@"',
  '',
].join('\n');

/** `down` takes back one migration at a time. */
const serviceOf = ({ files }: GateInput): ServiceProgram => ({
  up: ['./server', 'migrate', 'up'],
  down: [...files.keys()]
    .filter((path) => path.startsWith(`${FOLDER}migrations/`) && path.endsWith('.up.sql'))
    .map(() => ['./server', 'migrate', 'down']),
  start: ['./server'],
  ends: [0],
  env: { LOG_LEVEL: 'warn' },
  versions: 'schema_migrations',
});

const requestOf = (
  plan: Plan,
  machine: Machine,
  input: GateInput,
): Parameters<BackendGateOptions['sandbox']['run']>[0] => {
  const { tools, python, interpreter, withPostgres } = machine;
  return {
    command: ['/bin/sh', 'run.sh', withPostgres, interpreter, ...plan.arguments(input)],
    files: new Map([
      ...serviceFiles(input.files),
      ['run.sh', SCRIPT],
      ['gate/__init__.py', ''],
      ...runningService(serviceOf(input)),
      ['gate/program.py', plan.program],
      ...(plan.more ?? []),
    ]),
    mounts: [...tools.mounts, ...python.mounts],
    env: {
      ...python.env,
      ...tools.env,
      LANG: 'C.UTF-8',
      PATH: `${python.env['PATH'] ?? ''}:${tools.env['PATH'] ?? ''}`,
    },
    limits: plan.limits,
  };
};

const judged = (plan: Plan, outcome: SandboxOutcome): GateVerdict => {
  const nothing: Told = { command: plan.command, isolation: { level: 0, by: 'nothing was executed' } };
  if (outcome.kind === 'unavailable') return refer(nothing, outcome.reason);
  if (outcome.kind === 'aborted') return refer(nothing, 'stopped before it was done: the attempt was cancelled');
  const told = { command: plan.command, isolation: outcome.isolation };
  const printed = `${outcome.stdout}\n${outcome.stderr}`.trim();
  if (outcome.kind === 'limited') return fail(told, `stopped by a bound: ${outcome.message}; ${lastLine(printed)}`);
  const { exitCode } = outcome;
  if (exitCode === BUILD_FAILED) return fail(told, `the server does not build: ${lastLine(printed)}`);
  const found = exitCode === 0 ? [] : plan.findings(printed);
  const sure = exitCode === 0 || found.length > 0 ? found : [error('command', CONTRACT_FILE, lastLine(printed))];
  const report = reportOf(conformanceLine(outcome.stdout), sure);
  return { ...ofReport(told, { ...report, excerpt: printed.slice(-4_000) }), exitCode };
};

const gateOf = (plan: Plan, options: BackendGateOptions): Gate => ({
  name: plan.name,
  applies: (task) => (isWrittenIn('go', task) && task.project.policy.gateProfile === 'full' ? 'required' : 'none'),
  run: async (input) => {
    const machine = await machineOf(options);
    if (typeof machine === 'string')
      return refer({ command: plan.command, isolation: { level: 0, by: 'nothing was executed' } }, machine);
    return judged(plan, await options.sandbox.run(requestOf(plan, machine, input), input.tools.signal));
  },
});

/** What the server does when it runs: migrations, the contract under fire, latency. Profile full. */
export const runningGates = (options: BackendGateOptions): readonly Gate[] =>
  PLANS.map((plan) => gateOf(plan, options));
