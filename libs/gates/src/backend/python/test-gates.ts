import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { FOLDER, type BackendGateOptions } from '../shared/gate-parts.port.js';
import { appliesTo } from './python-applies.js';
import { runPython, verdictOf, WIDE, type GateVerdict, type Ran } from './python-run.js';
import { percentOf, resultsIn, type FileCoverage, type TestResults } from './test-reports.js';
import { isFileOf, TestRuns, type KeptEntity, type TestRun } from './test-runs.js';

type Exited = Extract<Ran, { readonly kind: 'exited' }>;
type Tested = Extract<TestRun, { readonly kind: 'exited' }>;

const MIN_COVERAGE = 80;
const REPORT = 'junit.xml';
const FAILED_AT = /^(?:FAILED|ERROR) (\S+?\.py)(?:::(\S+))?(?: - (.*))?$/gm;

const failures = (output: string): readonly Finding[] =>
  [...output.matchAll(FAILED_AT)].map(([, path = '', name = '', why = '']) => ({
    path: FOLDER + path,
    rule: 'test',
    severity: 'error',
    message: [name, why].filter((part) => part !== '').join(': ') || 'the file could not be run',
  }));

const MAX_NAMED = 6;

/** Whose runs the verdicts are that stand from before. */
const keptWords = (kept: readonly KeptEntity[]): string => {
  if (kept.length === 0) return '';
  const runs = [...new Set(kept.map(({ by }) => by))];
  const more = runs.length > MAX_NAMED ? ` and ${runs.length - MAX_NAMED} more runs` : '';
  const tests = kept.reduce((sum, { value }) => sum + value.tests, 0);
  return `; ${tests} tests of ${kept.length} entities stand, unchanged since they passed (${runs.slice(0, MAX_NAMED).join('; ')}${more})`;
};

const keptLines = (kept: readonly KeptEntity[]): string =>
  kept.map(({ entity, value, by }) => `stands: ${value.tests} tests of ${entity}, passed with ${by}`).join('\n');

/** Passed only when tests ran, and none failed; skipped ones are told. */
const testVerdict = (ran: Exited, results: TestResults, kept: readonly KeptEntity[] = []): GateVerdict => {
  const { tests, failed, skipped } = results;
  const done = tests - skipped;
  const passed = ran.outcome.exitCode === 0 && done > 0 && failed === 0;
  const told = skipped > 0 ? `, ${skipped} skipped` : '';
  const counted = done > 0 ? `${done - failed} of ${done} tests passed${told}` : 'no test was executed';
  const verdict = verdictOf(ran, {
    passed,
    summary: `${counted}${keptWords(kept)}`,
    findings: failures(ran.outcome.stdout),
  });
  return passed && kept.length > 0 ? { ...verdict, excerpt: keptLines(kept) } : verdict;
};

const tests = (runs: TestRuns): Gate => ({
  name: 'py-tests',
  applies: appliesTo('quick'),
  run: async (input) => {
    const run = await runs.of(input);
    return run.kind === 'verdict' ? run.verdict : testVerdict(run, run.results, run.kept);
  },
});

const coverage = (runs: TestRuns): Gate => ({
  name: 'py-coverage',
  applies: appliesTo('quick'),
  run: async (input) => {
    const run = await runs.of(input);
    return run.kind === 'verdict' ? run.verdict : coverageVerdict(run, input);
  },
});

/** What counts: the whole service when all its tests ran, else the modules of its entities, each from the run of its tests. */
const counted = ({ ran, kept, coverage: all }: Tested): { readonly files: readonly FileCoverage[]; of: string } => {
  if (!ran || ran.length + kept.length === 0) return { files: all, of: 'the service' };
  const now = all.filter(({ path }) => ran.some(({ entity }) => isFileOf(entity)(path)));
  return {
    files: [...now, ...kept.flatMap(({ value }) => value.coverage)],
    of: `the modules of ${ran.length + kept.length} entities`,
  };
};

/** Entities whose tests are gone: around them all is covered well, so a share over everything would not miss them. */
const untested = (files: GateInput['files']): readonly Finding[] =>
  [...files.keys()].flatMap((path): readonly Finding[] => {
    const entity = /^engenharia\/backend\/app\/services\/(?!__)(\w+)\.py$/.exec(path)?.[1];
    const tests = [`tests/unit/test_${entity}_rules.py`, `tests/integration/test_${entity}_api.py`];
    if (entity === undefined || tests.some((test) => files.has(FOLDER + test))) return [];
    return [
      { path, rule: 'untested', severity: 'error', message: `${entity} has no tests: write ${tests.join(' and ')}` },
    ];
  });

const coverageVerdict = (run: Tested, { files: written }: GateInput): GateVerdict => {
  const { files, of } = counted(run);
  const share = percentOf(files);
  const missing = untested(written);
  const thin = files.filter((file) => percentOf([file]) < MIN_COVERAGE && file.statements > 0);
  const findings = thin.map(({ path, missing, statements }): Finding => ({
    path: FOLDER + path,
    ...(missing[0] === undefined ? {} : { line: missing[0] }),
    rule: 'coverage',
    severity: share < MIN_COVERAGE ? 'error' : 'warning',
    message: `${missing.length} of ${statements} statements are not executed by any test`,
  }));
  const counts = `${share.toFixed(1)} % of the statements of ${of} are executed by tests (at least ${MIN_COVERAGE} % asked)`;
  const without = missing[0] ? `; ${missing[0].message}` : '';
  return verdictOf(run, {
    passed: share >= MIN_COVERAGE && missing.length === 0,
    summary: `${counts}${keptWords(run.kept)}${without}`,
    findings: [...missing, ...findings],
  });
};

/** `TEST_DATABASE_URL` only exists beside the server that the command is run with. */
const ON_SERVER = `import os, pytest, sys
os.environ["TEST_DATABASE_URL"] = os.environ["DATABASE_URL"]
sys.exit(pytest.main(["--junitxml=${REPORT}", "tests/integration"]))
`;
const ON_SERVER_WORDS = 'with-postgres env TEST_DATABASE_URL=$DATABASE_URL pytest tests/integration';

const onPostgres = (options: BackendGateOptions): Gate => ({
  name: 'py-tests-postgres',
  applies: appliesTo('full'),
  run: async (input) => {
    const ran = await runPython(options, input, {
      program: 'python',
      arguments: ['-c', ON_SERVER],
      needs: ['postgres'],
      collect: [REPORT],
      env: WIDE,
    });
    if (ran.kind === 'verdict') return { ...ran.verdict, command: ON_SERVER_WORDS };
    const told = { ...ran, command: ON_SERVER_WORDS };
    return testVerdict(told, resultsIn(ran.outcome.collected.get(REPORT) ?? ''));
  },
});

/** What its own tests say of the service. */
export const testGates = (options: BackendGateOptions): readonly Gate[] => {
  const runs = new TestRuns(options);
  return [tests(runs), coverage(runs), onPostgres(options)];
};
