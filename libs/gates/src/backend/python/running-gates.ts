import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { FOLDER, type BackendGateOptions } from '../shared/gate-parts.port.js';
import { CONFORMANCE_PY, SCHEMATHESIS_TOML } from '../shared/probes/conformance.py.js';
import { LATENCY_PY } from '../shared/probes/latency.py.js';
import { MIGRATIONS_PY } from '../shared/probes/migrations.py.js';
import { runningService } from '../shared/probes/running-service.py.js';
import {
  basePathIn,
  conformanceFindings,
  conformanceLine,
  EXAMPLES,
  lastLine,
  LOAD,
} from '../shared/running-checks.js';
import { COMPARISON_PY } from './probes/comparison.py.js';
import { CONTRACT_PY } from './probes/contract.py.js';
import { GIVEN_CONTRACT_PY } from './probes/given-contract.py.js';
import { appliesTo } from './python-applies.js';
import { designedContract, givenPlan, unservedIn } from './python-files.js';
import { failed, runPython, verdictOf, type GateVerdict, type PythonRun, type Ran } from './python-run.js';

type Exited = Extract<Ran, { readonly kind: 'exited' }>;

/** A gate's own program beside the service; no file of the service can stand in its place. */
const program = (name: string, text: string, more: readonly (readonly [string, string])[] = []): PythonRun => ({
  program: 'python',
  arguments: ['-m', `gate.${name}`],
  more: new Map([['gate/__init__.py', ''], [`gate/${name}.py`, text], ...more]),
});

const printedBy = ({ outcome }: Exited): string => `${outcome.stdout}\n${outcome.stderr}`;

const CONTRACT_FILE = `${FOLDER}app/contract/openapi.json`;
const DIFFERENCE = /^((?:served document|routes):.*?): (.+)$/gm;

/** What the service says of itself and what its routes amount to, held against the design. */
export const contractGate = (options: BackendGateOptions): Gate => ({
  name: 'py-contract',
  applies: appliesTo('quick'),
  run: async (input) => {
    const designed = await designedContract(input);
    if (designed === undefined) return failed('python -m gate.contract', NO_CONTRACT);
    const given = await givenPlan(input);
    if (given !== undefined) return givenContractVerdict(options, input, { designed, given });
    const run = program('contract', CONTRACT_PY, [
      ['gate/comparison.py', COMPARISON_PY],
      ['gate/designed.yaml', designed],
    ]);
    const ran = await runPython(options, input, run);
    if (ran.kind === 'verdict') return ran.verdict;
    const findings = [...ran.outcome.stdout.matchAll(DIFFERENCE)].map(([, place = '', message = '']): Finding => ({
      path: CONTRACT_FILE,
      rule: place.startsWith('routes') ? 'route-differs' : 'document-differs',
      severity: 'error',
      message: `${place}: ${message}`,
    }));
    return verdictOf(ran, { passed: ran.outcome.exitCode === 0, summary: lastLine(printedBy(ran)), findings });
  },
});

/** The same for a contract that was given: served as it is, every operation reached, those that are not served named with 501. */
const givenContractVerdict = async (
  options: BackendGateOptions,
  input: GateInput,
  { designed, given }: { readonly designed: string; readonly given: string },
): Promise<GateVerdict> => {
  const run = program('given_contract', GIVEN_CONTRACT_PY, [
    ['gate/designed.yaml', designed],
    ['gate/plan.json', given],
  ]);
  const ran = await runPython(options, input, run);
  if (ran.kind === 'verdict') return ran.verdict;
  const told = [...ran.outcome.stdout.matchAll(/^(fault|unserved): (.+)$/gm)];
  const findings = told.map(([, kind, message = '']): Finding => ({
    path: CONTRACT_FILE,
    rule: kind === 'fault' ? 'contract-differs' : 'not-served',
    severity: kind === 'fault' ? 'error' : 'warning',
    message,
  }));
  const passed = ran.outcome.exitCode === 0;
  const verdict = verdictOf(ran, { passed, summary: lastLine(printedBy(ran)), findings });
  return passed && findings.length > 0 ? { ...verdict, outcome: 'refer' } : verdict;
};

const NO_CONTRACT: Finding = {
  path: CONTRACT_FILE,
  rule: 'missing',
  severity: 'error',
  message: 'no dependency of the card delivered arquitetura/openapi.yaml, so there is nothing to hold the service to',
};

const migrations = (options: BackendGateOptions): Gate => ({
  name: 'migrations-postgres',
  applies: appliesTo('full'),
  run: async (input) => {
    const ran = await runPython(options, input, {
      ...program('migrations', MIGRATIONS_PY, SERVICE),
      needs: ['postgres'],
    });
    return ran.kind === 'verdict' ? ran.verdict : told(ran, `${FOLDER}migrations`);
  },
});

/** A program that says in its last line how it went. */
const told = (ran: Exited, path: string): GateVerdict => {
  const passed = ran.outcome.exitCode === 0;
  const summary = lastLine(printedBy(ran)) || `ended with ${ran.outcome.exitCode}`;
  const finding: Finding = { path, severity: 'error', message: summary };
  return verdictOf(ran, { passed, summary, ...(passed ? {} : { findings: [finding] }) });
};

/** Beside a PostgreSQL where the machine has one, else on the demo's SQLite; the command says which. */
const served = async (options: BackendGateOptions, input: GateInput, run: PythonRun): Promise<Ran> => {
  const server = await options.toolchains.find('postgres');
  const there = server.kind === 'there';
  const ran = await runPython(options, input, { ...run, ...(there ? { needs: ['postgres'] } : {}) });
  const words = there ? 'with-postgres ' : '';
  return ran.kind === 'exited' ? { ...ran, command: `${words}${ran.command}${there ? '' : ' (SQLite)'}` } : ran;
};

/** uvicorn ends by the signal that it was stopped with. */
const SERVICE = runningService({
  up: ['python', '-m', 'app.migrate', 'up'],
  down: [['python', '-m', 'app.migrate', 'down', '--all']],
  start: ['python', '-m', 'app'],
  ends: [0, -15],
  env: { LOG_LEVEL: 'warning' },
  versions: 'schema_versions',
});
const CONFORMANCE_LIMITS = { wallMs: 300_000, cpuSeconds: 300 };

const conformance = (options: BackendGateOptions): Gate => ({
  name: 'py-conformance',
  applies: appliesTo('full'),
  run: async (input) => {
    const run = program('conformance', CONFORMANCE_PY, [...SERVICE, ['gate/schemathesis.toml', SCHEMATHESIS_TOML]]);
    const left = unservedIn(await givenPlan(input));
    const args = [...run.arguments, String(EXAMPLES), basePathIn(input.files.get(CONTRACT_FILE)), ...left];
    const ran = await served(options, input, { ...run, arguments: args, limits: CONFORMANCE_LIMITS });
    if (ran.kind === 'verdict') return ran.verdict;
    const passed = ran.outcome.exitCode === 0;
    const findings = passed ? [] : conformanceFindings(ran.outcome.stdout, CONTRACT_FILE);
    return verdictOf(ran, { passed, summary: `schemathesis: ${conformanceLine(ran.outcome.stdout)}`, findings });
  },
});

const latency = (options: BackendGateOptions): Gate => ({
  name: 'py-latency',
  applies: appliesTo('full'),
  run: async (input) => {
    const run = program('latency', LATENCY_PY, SERVICE);
    const args = [...run.arguments, String(LOAD.clients), String(LOAD.seconds), String(LOAD.limitMs)];
    const ran = await served(options, input, { ...run, arguments: args });
    if (ran.kind === 'verdict') return ran.verdict;
    const passed = ran.outcome.exitCode === 0;
    const load = `${LOAD.clients} clients reading lists for ${LOAD.seconds} s, p95 below ${LOAD.limitMs} ms asked`;
    const summary = `${load}: ${lastLine(printedBy(ran))}`;
    return verdictOf(ran, {
      passed,
      summary,
      ...(passed ? {} : { findings: [{ severity: 'error', rule: 'latency', message: summary }] }),
    });
  },
});

/** What the service does when it runs. */
export const runningGates = (options: BackendGateOptions): readonly Gate[] => [
  migrations(options),
  conformance(options),
  latency(options),
];
