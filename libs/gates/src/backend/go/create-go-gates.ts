import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { count, reportOf } from '../../pool/report.js';
import { fail, ofReport, refer, type GateVerdict, type Told } from '../../pool/verdict-of.js';
import { isWrittenIn, type CreateLanguageGates } from '../shared/gate-parts.port.js';
import { contractFindings } from './check-contract.js';
import type { StepName } from './check-script.js';
import { coverageOf } from './coverage.js';
import { untestedFolders } from '../../sources/untested-folders.js';
import { compilerFindings, formatFindings, testReport } from './go-output.js';
import { runningGates } from './running-gates.js';
import { GoRuns, type GoRun, type Step } from './go-runs.js';

type Ran = GoRun & { readonly kind: 'ran' };

interface Plan {
  readonly name: string;
  /** The steps that it reads; all of them must have come to their end. */
  readonly steps: readonly StepName[];
  judge(steps: readonly Step[], run: Ran, input: GateInput): GateVerdict | Promise<GateVerdict>;
}

const LEAST_PERCENT = 80;

const commandOf = (steps: readonly Step[]): string =>
  `${steps.map((s) => s.command).join(' && ')} (in engenharia/backend)`;
const told = (steps: readonly Step[], run: Ran): Told => ({ command: commandOf(steps), isolation: run.isolation });

const exitOf = (steps: readonly Step[]): number => steps.find((s) => s.exitCode !== 0)?.exitCode ?? 0;

interface Judged {
  /** What was looked at, with counts. */
  readonly checked: string;
  readonly found: readonly Finding[];
}

/** A verdict of findings; a command that failed without a finding fails with what it printed. */
const verdict = (steps: readonly Step[], run: Ran, { checked, found }: Judged): GateVerdict => {
  const exitCode = exitOf(steps);
  const printed = steps
    .map((s) => `${s.stderr}${s.stdout}`)
    .join('\n')
    .trim();
  const silent: readonly Finding[] =
    exitCode !== 0 && !found.some((f) => f.severity === 'error')
      ? [
          {
            severity: 'error',
            rule: 'command',
            message: printed === '' ? `exit code ${exitCode}` : printed.slice(0, 1_000),
          },
        ]
      : [];
  return { ...ofReport(told(steps, run), reportOf(checked, [...found, ...silent])), exitCode };
};

const builds: Plan = {
  name: 'go-builds',
  steps: ['build'],
  judge: (steps, run) =>
    verdict(steps, run, {
      checked: `${run.input.tools.version}: every package`,
      found: steps.flatMap((s) => compilerFindings(s.stderr, 'build')),
    }),
};

const lint: Plan = {
  name: 'go-lint',
  steps: ['gofmt', 'vet', 'staticcheck'],
  judge: (steps, run) => {
    const [format, ...others] = steps;
    const found = [
      ...formatFindings(format?.stdout ?? ''),
      ...others.flatMap((s) =>
        compilerFindings(`${s.stderr}\n${s.stdout}`, s.command.split(' ').slice(0, 2).join(' ')),
      ),
    ];
    const unchecked = run.input.tools.staticcheck === undefined ? ' (staticcheck is not in the toolchain)' : '';
    return verdict(steps, run, { checked: `gofmt and vet on every package${unchecked}`, found });
  },
};

const POSTGRES_FAILED = 97;
const NO_DATABASE = 'tests of repositories were skipped: PostgreSQL is missing, run "squados setup postgres"';

const tests: Plan = {
  name: 'go-tests',
  steps: ['test'],
  judge: (steps, run) => {
    const [test] = steps;
    if (test?.exitCode === POSTGRES_FAILED)
      return refer(told(steps, run), `PostgreSQL did not start in the sandbox: ${test.stderr.slice(0, 200)}`);
    const report = testReport(test?.stdout ?? '');
    const database = run.input.tools.withPostgres === undefined ? `; ${NO_DATABASE}` : ' with PostgreSQL';
    const checked = `${count(report.passed, 'test')} passed, ${report.failed.length} failed, ${report.skipped} skipped${database}`;
    const found =
      report.passed + report.failed.length === 0 && report.findings.length === 0
        ? [{ severity: 'error', rule: 'test', message: 'no test ran' } as const]
        : report.findings;
    return verdict(steps, run, { checked, found });
  },
};

/** A package of an entity; those of the platform are reached through them. */
const PACKAGES = { folder: /^(engenharia\/backend\/internal\/[^/]+)\/[^/]+\.go$/, test: /_test\.go$/ };

const coverage: Plan = {
  name: 'go-coverage',
  steps: ['test'],
  judge: (steps, run, input) => {
    if (run.profile === undefined || run.profile === '')
      return fail(told(steps, run), 'the tests wrote no coverage profile: mend them first (gate go-tests)');
    const { percent, covered, statements, gaps } = coverageOf(run.profile);
    const checked = `${percent} % of ${count(statements, 'statement')} reached (${covered}), at least ${LEAST_PERCENT} % asked for, of ${run.input.covered.join(', ')}`;
    if (percent < LEAST_PERCENT && run.input.tools.withPostgres === undefined)
      return refer(told(steps, run), `${checked}; ${NO_DATABASE}`);
    const short: readonly Finding[] = [
      ...(percent < LEAST_PERCENT
        ? [{ severity: 'error', rule: 'coverage', message: `${percent} % is below ${LEAST_PERCENT} %` } as const]
        : []),
      ...untestedFolders(input.files, PACKAGES),
    ];
    const { exitCode: _tests, ...judged } = verdict([], run, { checked, found: [...short, ...gaps] });
    return { ...judged, command: commandOf(steps), exitCode: short.length > 0 ? 1 : 0 };
  },
};

const contract: Plan = {
  name: 'go-contract',
  steps: ['test'],
  judge: async (steps, run, input) => {
    const report = testReport(steps[0]?.stdout ?? '');
    const ofContract = report.findings.filter((f) => f.path?.includes('/internal/app/') === true);
    const found = [...(await contractFindings(input)), ...ofContract];
    const judged = ofReport(
      {
        ...told(steps, run),
        command: 'compare api/openapi.json and migrations/ with the design; go test ./internal/app',
      },
      reportOf('served document, migrations, routes, JSON fields', found),
    );
    return judged;
  },
};

const PLANS: readonly Plan[] = [builds, lint, tests, coverage, contract];

const gateOf = (plan: Plan, runs: GoRuns): Gate => ({
  name: plan.name,
  applies: (task) => (isWrittenIn('go', task) ? 'required' : 'none'),
  run: async (input) => {
    const run = await runs.of(input);
    const nothing = {
      command: `${plan.name}: ${plan.steps.join(', ')}`,
      isolation: { level: 0, by: 'nothing ran' },
    } as const;
    if (run.kind === 'missing') return refer(nothing, run.reason);
    if (run.kind === 'aborted') return refer(nothing, 'stopped before it was done: the attempt was cancelled');
    const asked = plan.steps.filter((name) => name !== 'staticcheck' || run.input.tools.staticcheck !== undefined);
    const steps = asked.flatMap((name) => run.steps.get(name) ?? []);
    if (steps.length < asked.length)
      return fail(
        { ...nothing, isolation: run.isolation },
        `stopped before it was done: ${run.stopped ?? 'the run ended early'}`,
      );
    return plan.judge(steps, run, input);
  },
});

/** The gates of a Go service. One run in the sandbox serves all that look at code and tests. */
export const createGoGates: CreateLanguageGates = (options) => {
  const runs = new GoRuns(options);
  return [...PLANS.map((plan) => gateOf(plan, runs)), ...runningGates(options)];
};
