import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { FOLDER, type BackendGateOptions } from '../shared/gate-parts.port.js';
import { appliesTo } from './python-applies.js';
import { modulesOf, testsOfCard } from './python-files.js';
import { runPython, verdictOf, type GateVerdict, type Ran } from './python-run.js';

type Exited = Extract<Ran, { readonly kind: 'exited' }>;

const MIN_COVERAGE = 80;
const COVERAGE = 'coverage.json';
const REPORT = 'junit.xml';

/** The quick profile runs what the card's note names, the full one everything. */
const testsFor = (input: GateInput): readonly string[] =>
  input.task.project.policy.gateProfile === 'full' ? [] : testsOfCard(input);

/** One run serves two verdicts of an attempt: whoever asks first starts it. Keyed by the attempt's own files. */
class TestRuns {
  readonly #runs = new WeakMap<GateInput['files'], Promise<Ran>>();

  of(options: BackendGateOptions, input: GateInput): Promise<Ran> {
    const known = this.#runs.get(input.files);
    if (known) return known;
    const run = runPython(options, input, {
      program: 'pytest',
      arguments: [
        ...testsFor(input),
        '-p',
        'pytest_cov',
        '--cov=app',
        `--cov-report=json:${COVERAGE}`,
        `--junitxml=${REPORT}`,
      ],
      collect: [COVERAGE, REPORT],
    });
    this.#runs.set(input.files, run);
    return run;
  }
}

export interface Counted {
  readonly tests: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a JUnit report counts; nothing in it counts as no test at all. */
export const countedIn = (report: string): Counted => {
  const suite = /<testsuite [^>]*>/.exec(report)?.[0] ?? '';
  const number = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  return { tests: number('tests'), failed: number('failures') + number('errors'), skipped: number('skipped') };
};

const FAILED_AT = /^(?:FAILED|ERROR) (\S+?\.py)(?:::(\S+))?(?: - (.*))?$/gm;

const failures = (output: string): readonly Finding[] =>
  [...output.matchAll(FAILED_AT)].map(([, path = '', name = '', why = '']) => ({
    path: FOLDER + path,
    rule: 'test',
    severity: 'error',
    message: [name, why].filter((part) => part !== '').join(': ') || 'the file could not be run',
  }));

/** Passed only when tests ran, and none failed; skipped ones are told. */
export const testVerdict = (ran: Exited): GateVerdict => {
  const { tests, failed, skipped } = countedIn(ran.outcome.collected.get(REPORT) ?? '');
  const done = tests - skipped;
  const passed = ran.outcome.exitCode === 0 && done > 0 && failed === 0;
  const told = skipped > 0 ? `, ${skipped} skipped` : '';
  const summary = done > 0 ? `${done - failed} of ${done} tests passed${told}` : 'no test was executed';
  return verdictOf(ran, { passed, summary, findings: failures(ran.outcome.stdout) });
};

const tests = (options: BackendGateOptions, runs: TestRuns): Gate => ({
  name: 'py-tests',
  applies: appliesTo('quick'),
  run: async (input) => {
    const ran = await runs.of(options, input);
    return ran.kind === 'verdict' ? ran.verdict : testVerdict(ran);
  },
});

interface FileCoverage {
  readonly path: string;
  readonly statements: number;
  readonly covered: number;
  readonly missing: readonly number[];
}

const coverageOf = (json: string | undefined): readonly FileCoverage[] => {
  const files = (JSON.parse(json ?? '{}') as { files?: Record<string, CoverageEntry> }).files ?? {};
  return Object.entries(files).map(([path, { summary, missing_lines }]) => ({
    path,
    statements: summary.num_statements,
    covered: summary.covered_lines,
    missing: missing_lines,
  }));
};

interface CoverageEntry {
  readonly summary: { readonly num_statements: number; readonly covered_lines: number };
  readonly missing_lines: readonly number[];
}

const percent = (files: readonly FileCoverage[]): number => {
  const statements = files.reduce((sum, file) => sum + file.statements, 0);
  const covered = files.reduce((sum, file) => sum + file.covered, 0);
  return statements === 0 ? 0 : (100 * covered) / statements;
};

const coverage = (options: BackendGateOptions, runs: TestRuns): Gate => ({
  name: 'py-coverage',
  applies: appliesTo('quick'),
  run: async (input) => {
    const ran = await runs.of(options, input);
    if (ran.kind === 'verdict') return ran.verdict;
    const modules = modulesOf(testsFor(input));
    const all = coverageOf(ran.outcome.collected.get(COVERAGE));
    const mine = modules.length === 0 ? all : all.filter(({ path }) => modules.some((m) => path.endsWith(`/${m}.py`)));
    return covered(ran, mine, modules);
  },
});

const covered = (ran: Exited, files: readonly FileCoverage[], modules: readonly string[]): GateVerdict => {
  const share = percent(files);
  const of = modules.length === 0 ? 'the service' : modules.join(', ');
  const thin = files.filter((file) => percent([file]) < MIN_COVERAGE && file.statements > 0);
  const findings = thin.map(({ path, missing, statements }): Finding => ({
    path: FOLDER + path,
    ...(missing[0] === undefined ? {} : { line: missing[0] }),
    rule: 'coverage',
    severity: share < MIN_COVERAGE ? 'error' : 'warning',
    message: `${missing.length} of ${statements} statements are not executed by any test`,
  }));
  const summary = `${share.toFixed(1)} % of the statements of ${of} are executed by tests (at least ${MIN_COVERAGE} % asked)`;
  return verdictOf(ran, { passed: share >= MIN_COVERAGE, summary, findings });
};

/** `TEST_DATABASE_URL` only exists beside the server that the command is run with. */
const ON_SERVER = `import os, pytest, sys
os.environ["TEST_DATABASE_URL"] = os.environ["DATABASE_URL"]
sys.exit(pytest.main(["--junitxml=${REPORT}", "tests/integration"]))
`;

const onPostgres = (options: BackendGateOptions): Gate => ({
  name: 'py-tests-postgres',
  applies: appliesTo('full'),
  run: async (input) => {
    const ran = await runPython(options, input, {
      program: 'python',
      arguments: ['-c', ON_SERVER],
      needs: ['postgres'],
      collect: [REPORT],
    });
    if (ran.kind === 'verdict') return { ...ran.verdict, command: ON_SERVER_WORDS };
    return testVerdict({ ...ran, command: ON_SERVER_WORDS });
  },
});
const ON_SERVER_WORDS = 'with-postgres env TEST_DATABASE_URL=$DATABASE_URL pytest tests/integration';

/** What its own tests say of the service. */
export const testGates = (options: BackendGateOptions): readonly Gate[] => {
  const runs = new TestRuns();
  return [tests(options, runs), coverage(options, runs), onPostgres(options)];
};
