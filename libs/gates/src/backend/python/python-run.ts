import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import type { Sandbox, SandboxLimits, SandboxOutcome } from '../../sandbox/index.js';
import type { Toolchain, ToolchainName } from '../../toolchains/index.js';
import type { BackendGateOptions } from '../shared/gate-parts.port.js';
import { serviceFiles } from './python-files.js';

/** A line of pytest's summary leaves out why a test failed where it does not fit. */
export const WIDE = { COLUMNS: '1000' } as const;

export type GateVerdict = Awaited<ReturnType<Gate['run']>>;
export type Exited = Extract<SandboxOutcome, { readonly kind: 'exited' }>;

/** One command on the service's files. `program` is one of the toolchain's. */
export interface PythonRun {
  readonly program: 'python' | 'ruff' | 'mypy' | 'pytest';
  readonly arguments: readonly string[];
  /** Beside Python; `postgres` runs the command beside an empty server of its own. */
  readonly needs?: readonly ToolchainName[];
  /** Files of the gate itself, beside the service's. */
  readonly more?: ReadonlyMap<string, string>;
  readonly env?: Readonly<Record<string, string>>;
  readonly collect?: readonly string[];
  readonly limits?: Partial<SandboxLimits>;
}

export type Ran =
  | { readonly kind: 'exited'; readonly outcome: Exited; readonly command: string }
  | { readonly kind: 'verdict'; readonly verdict: GateVerdict };

const NOTHING_RAN = { level: 0, by: 'nothing was executed' } as const;
export const MAX_EXCERPT = 4_000;

/** The end of what was printed: tools say what counts last. */
export const excerptOf = ({ stdout, stderr }: Pick<Exited, 'stdout' | 'stderr'>): string =>
  `${stdout}${stdout !== '' && stderr !== '' ? '\n' : ''}${stderr}`.trim().slice(-MAX_EXCERPT);

export const refer = (command: string, summary: string): GateVerdict => ({
  outcome: 'refer',
  command,
  summary,
  isolation: NOTHING_RAN,
});

/** What the author did not deliver, before anything ran. */
export const failed = (command: string, finding: Finding): GateVerdict => ({
  outcome: 'fail',
  command,
  summary: finding.message,
  findings: [finding],
  isolation: NOTHING_RAN,
});

/** Runs one command on the service in the sandbox. What keeps it from running, or stops it, is a verdict already. */
export const runPython = async (options: BackendGateOptions, input: GateInput, run: PythonRun): Promise<Ran> => {
  const command = [run.program, ...run.arguments].join(' ');
  const files = serviceFiles(input.files);
  if (!files.has('pyproject.toml')) return { kind: 'verdict', verdict: noService(command) };
  const found = await toolchainsFor(options, run);
  if (found.kind === 'missing') return { kind: 'verdict', verdict: refer(command, found.summary) };
  const outcome = await options.sandbox.run(requestOf(run, found.toolchains, files), input.tools.signal);
  return outcome.kind === 'exited'
    ? { kind: 'exited', outcome, command }
    : { kind: 'verdict', verdict: endedOtherwise(command, outcome) };
};

const noService = (command: string): GateVerdict =>
  failed(command, {
    path: 'engenharia/backend/pyproject.toml',
    rule: 'missing',
    severity: 'error',
    message: 'no engenharia/backend/pyproject.toml among the files: write the service in Python, as the project asks',
  });

type Found =
  | { readonly kind: 'there'; readonly toolchains: readonly Toolchain[] }
  | { readonly kind: 'missing'; readonly summary: string };

const toolchainsFor = async ({ toolchains }: BackendGateOptions, run: PythonRun): Promise<Found> => {
  const lookups = await Promise.all((['python', ...(run.needs ?? [])] as const).map((name) => toolchains.find(name)));
  const lost = lookups.find((lookup) => lookup.kind === 'missing');
  if (lost?.kind === 'missing') return { kind: 'missing', summary: `${lost.reason}: ${lost.remedy}` };
  const there = lookups.flatMap((lookup) => (lookup.kind === 'there' ? [lookup.toolchain] : []));
  const without = there[0]?.program(run.program) === undefined;
  return without
    ? { kind: 'missing', summary: `the python toolchain has no ${run.program}: squados setup python` }
    : { kind: 'there', toolchains: there };
};

const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';

const requestOf = (
  run: PythonRun,
  toolchains: readonly Toolchain[],
  files: ReadonlyMap<string, string>,
): Parameters<Sandbox['run']>[0] => {
  const [python] = toolchains;
  const program = python?.program(run.program) ?? run.program;
  const server = toolchains.find((t) => t.name === 'postgres')?.program('with-postgres');
  const command: readonly [string, ...string[]] =
    server === undefined ? [program, ...run.arguments] : [server, program, ...run.arguments];
  const paths = toolchains.flatMap((t) => t.env['PATH'] ?? []);
  return {
    command,
    files: new Map([...files, ...(run.more ?? [])]),
    mounts: toolchains.flatMap((t) => t.mounts),
    env: {
      ...Object.assign({}, ...toolchains.map((t) => t.env)),
      PATH: [...paths, SYSTEM_PATH].join(':'),
      LANG: 'C.UTF-8',
      PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
      ...run.env,
    },
    ...(run.collect ? { collect: run.collect } : {}),
    ...(run.limits ? { limits: run.limits } : {}),
  };
};

const endedOtherwise = (command: string, outcome: Exclude<SandboxOutcome, Exited>): GateVerdict => {
  if (outcome.kind === 'unavailable') return refer(command, outcome.reason);
  if (outcome.kind === 'aborted') return refer(command, 'the attempt was stopped before the check was done');
  return {
    outcome: 'fail',
    command,
    summary: `the code was stopped by a bound: ${outcome.message}`,
    excerpt: excerptOf(outcome),
    findings: [{ severity: 'error', rule: `limit-${outcome.limit}`, message: outcome.message }],
    isolation: outcome.isolation,
  };
};

/** A finished run as a verdict. */
export const verdictOf = (
  ran: Extract<Ran, { readonly kind: 'exited' }>,
  judged: { readonly passed: boolean; readonly summary: string; readonly findings?: readonly Finding[] },
): GateVerdict => ({
  outcome: judged.passed ? 'pass' : 'fail',
  command: ran.command,
  exitCode: ran.outcome.exitCode,
  summary: judged.summary,
  ...(excerptOf(ran.outcome) === '' ? {} : { excerpt: excerptOf(ran.outcome) }),
  ...(judged.findings && judged.findings.length > 0 ? { findings: judged.findings.slice(0, 50) } : {}),
  isolation: ran.outcome.isolation,
});
