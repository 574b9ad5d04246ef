import type { Gate, GateInput, Task } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import type { CheckReport } from '../pool/job.js';
import { clip, count, MAX_EXCERPT, reportOf } from '../pool/report.js';
import { unsoundFiles } from '../pool/soundness.js';
import { fail, failEarly, ofReport, refer, type GateVerdict, type Told } from '../pool/verdict-of.js';
import { untestedFolders } from '../sources/untested-folders.js';
import { compareCalls } from './contract/compare-calls.js';
import { CONTRACT, designFile, FOLDER, isWithoutPages, projectOf } from './frontend-files.js';
import { FrontendRuns, type FrontendRun, type FrontendRunOptions, type Part } from './frontend-run.js';
import type { SeenTest, Step, StepReports, TestReport } from './run-report.js';

export type FrontendGateOptions = FrontendRunOptions;

type Ran = Extract<FrontendRun, { kind: 'ran' }>;

interface Plan<S extends Step> {
  readonly name: string;
  readonly step: S;
  readonly command: string;
  report(said: Extract<StepReports[S], object>, ran: Ran, input: GateInput): Promise<CheckReport> | CheckReport;
  /** Why a person has to judge what there is to check. */
  beyond?(said: Extract<StepReports[S], object>, input: GateInput): string | undefined;
}

const applies = (task: Task): 'required' | 'none' => (task.card.agent === 'frontend' ? 'required' : 'none');
const NOTHING = { level: 0, by: 'nothing was executed' } as const;
const MIN_COVERAGE = 80;

const atHome = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map((f) => (f.path === undefined ? f : { ...f, path: `${FOLDER}${f.path}` }));

/** What differs from run to run stands in the excerpt: summaries go into reports, which are the same for the same work. */
const withTime = (report: CheckReport, { cpuMs }: { readonly cpuMs: number }, also = ''): CheckReport => ({
  ...report,
  excerpt: [
    `${(cpuMs / 1_000).toFixed(1)} s CPU${also}`,
    ...(report.excerpt === undefined ? [] : [report.excerpt]),
  ].join('\n'),
});

const types: Plan<'types'> = {
  name: 'web-types',
  step: 'types',
  command: 'tsc --noEmit',
  report: (said) =>
    'broken' in said
      ? crashed(said)
      : withTime(reportOf(`${count(said.files, 'file')} type-checked`, atHome(said.findings)), said),
};

const lint: Plan<'lint'> = {
  name: 'web-lint',
  step: 'lint',
  command: 'eslint src',
  report: (said, { kept }) => {
    if ('broken' in said) return crashed(said);
    const before = kept > 0 ? `, ${kept} unchanged since they were linted clean` : '';
    return withTime(reportOf(`${count(said.files + kept, 'file')} linted`, atHome(said.findings)), said, before);
  },
};

const failedTests = (tests: readonly SeenTest[]): readonly Finding[] =>
  tests
    .filter((t) => t.status === 'failed')
    .map((t) => ({
      path: t.path,
      line: lineIn(t),
      rule: 'test',
      severity: 'error',
      message: `${t.name}: ${t.message ?? 'failed'}`,
    }));

/** Where in its own file a test failed, as its stack says. */
const lineIn = ({ path, message = '' }: SeenTest): number => {
  const at = message.indexOf(`${path}:`);
  return at === -1 ? 1 : Number(/^\d+/.exec(message.slice(at + path.length + 1))?.[0] ?? 1);
};

const skippedTests = (tests: readonly SeenTest[]): readonly Finding[] =>
  tests
    .filter((t) => t.status !== 'failed' && t.status !== 'passed')
    .map((t) => ({
      path: t.path,
      rule: 'skipped-test',
      severity: 'error',
      message: `${t.name}: ${t.status}, so it proves nothing`,
    }));

const whole = ({ touched }: Ran): string => (touched.sources.length === 0 ? '' : ' of the touched features');

const tests: Plan<'tests'> = {
  name: 'web-tests',
  step: 'tests',
  command: 'jest --runInBand',
  report: (said, ran) => {
    if ('broken' in said) return crashed(said);
    const findings = [...failedTests(said.tests), ...skippedTests(said.tests)];
    const none = said.tests.length === 0 ? [error('no-tests', 'no test ran: write tests beside each feature')] : [];
    return withTime(reportOf(`${count(said.tests.length, 'test')}${whole(ran)}`, atHome([...findings, ...none])), said);
  },
};

const error = (rule: string, message: string): Finding => ({ path: 'src', rule, severity: 'error', message });

const isAboutAccess = ({ name }: SeenTest): boolean => /\baccessibility\b/.test(name);

const axe: Plan<'tests'> = {
  name: 'web-axe',
  step: 'tests',
  command: 'jest --runInBand -t accessibility (axe-core in jsdom, contrast apart)',
  report: (said, ran) => {
    if ('broken' in said) return crashed(said);
    const mine = said.tests.filter(isAboutAccess);
    const none = mine.length === 0 ? [error('no-axe', 'no test asks axe: check each page for accessibility')] : [];
    return reportOf(
      `${count(mine.length, 'page')}${whole(ran)} checked by axe`,
      atHome([...failedTests(mine), ...none]),
    );
  },
};

const percent = (covered: number, total: number): number => (total === 0 ? 100 : (covered / total) * 100);

const FEATURES = { folder: /^(src\/features\/[^/]+)\/[^/]+\.tsx?$/, test: /\.test\.tsx?$/ };

const coverageReport = ({ coverage }: TestReport, ran: Ran, { files }: GateInput): CheckReport => {
  const total = coverage.reduce((sum, file) => sum + file.total, 0);
  const missed = coverage.reduce((sum, file) => sum + file.missed.length, 0);
  const reached = percent(total - missed, total);
  const low = reached < MIN_COVERAGE || total === 0;
  const findings = coverage
    .filter((file) => percent(file.total - file.missed.length, file.total) < MIN_COVERAGE)
    .map((file): Finding => ({
      path: file.path,
      line: file.missed[0] ?? 1,
      rule: 'coverage',
      severity: low ? 'error' : 'warning',
      message: `${file.total - file.missed.length} of ${file.total} lines are covered; not: ${file.missed.slice(0, 20).join(', ')}`,
    }));
  const none = low && findings.length === 0 ? [error('coverage', 'nothing that counts was covered')] : [];
  const checked = `${reached.toFixed(1)} % of ${count(total, 'line')}${whole(ran)} covered, at least ${MIN_COVERAGE} % wanted`;
  return reportOf(checked, atHome([...untestedFolders(projectOf(files), FEATURES), ...findings, ...none]));
};

const coverage: Plan<'tests'> = {
  name: 'web-coverage',
  step: 'tests',
  command: 'jest --runInBand --coverage (profile full: by V8; quick: sources instrumented)',
  report: (said, ran, input) => ('broken' in said ? crashed(said) : coverageReport(said, ran, input)),
};

const build: Plan<'build'> = {
  name: 'web-build',
  step: 'build',
  command: 'vite build',
  report: (said) => {
    if ('broken' in said) return crashed(said);
    const findings = said.messages.map((message): Finding => ({
      rule: 'vite',
      severity: message.startsWith('error') ? 'error' : 'warning',
      message,
    }));
    const none = said.hasPage ? [] : [error('no-page', 'the build has no index.html')];
    const built = `${count(said.files, 'file')} built, ${Math.round(said.bytes / 1_024)} kB`;
    return withTime(reportOf(built, atHome([...findings, ...none])), said);
  },
};

const NOTHING_TO_SHOW =
  'the given contract offers nothing that a page could show, so the application has no pages and calls nothing; its card says why of each operation';

const contract: Plan<'calls'> = {
  name: 'web-contract',
  step: 'calls',
  beyond: (said, input) =>
    !('broken' in said) && said.calls.length === 0 && isWithoutPages(input) ? NOTHING_TO_SHOW : undefined,
  command: `compare every http.send({ method, path, … }) of the project, by the types that tsc sees, with ${CONTRACT}`,
  report: async (said, _ran, input) => {
    if ('broken' in said) return crashed(said);
    const file = await designFile(input, CONTRACT);
    if (!file)
      return reportOf('contract looked for', [
        { ...error('no-contract', `no dependency delivered ${CONTRACT}`), path: CONTRACT },
      ]);
    // Loaded when it is first needed: its parser takes longer to load than all else that starts with us.
    const { isParsed, parseDocument } = await import('../openapi/parsed-document.js');
    const document = parseDocument(file);
    if (!isParsed(document)) return reportOf('contract read', [document]);
    const none = said.calls.length === 0 ? [error('no-calls', 'the project calls nothing of its API')] : [];
    return reportOf(
      `${count(said.calls.length, 'call')} compared with the contract`,
      atHome([...compareCalls(document.root, said), ...none]),
    );
  },
};

const crashed = ({ broken }: { readonly broken: string }): CheckReport =>
  reportOf('the check was run', [error('check-broken', broken)]);

const told = (command: string, { isolation }: Part): Told => ({ command, isolation });

const withOutput = (verdict: GateVerdict, { stderr }: Part): GateVerdict =>
  verdict.outcome === 'pass' || stderr === ''
    ? verdict
    : { ...verdict, excerpt: clip(`${verdict.excerpt ?? ''}\n${stderr}`.trim(), MAX_EXCERPT) };

const gateOf = <S extends Step>(plan: Plan<S>, runs: FrontendRuns): Gate => ({
  name: plan.name,
  applies,
  async run(input): Promise<GateVerdict> {
    const early = unsound(plan.command, input);
    if (early) return early;
    const ran = await runs.of(input);
    if (ran.kind === 'unavailable') return refer({ command: plan.command, isolation: NOTHING }, ran.reason);
    if (ran.kind === 'aborted')
      return refer(
        { command: plan.command, isolation: NOTHING },
        'stopped before it was done: the attempt was cancelled',
      );
    const part = ran.partOf(plan.step);
    const said = part.reports[plan.step];
    if (!said) return withOutput(fail(told(plan.command, part), unfinished(part)), part);
    const beyond = plan.beyond?.(said as Extract<StepReports[S], object>, input);
    if (beyond !== undefined) return refer(told(plan.command, part), beyond);
    const report = await plan.report(said as Extract<StepReports[S], object>, ran, input);
    return withOutput(ofReport(told(plan.command, part), report), part);
  },
});

const unfinished = ({ stopped, exitCode }: Part): string =>
  stopped === undefined
    ? `the run ended with ${exitCode ?? 'no'} exit code before this check had spoken: something in the project ended the process`
    : `the run was ${stopped}`;

const unsound = (command: string, { files }: GateInput): GateVerdict | undefined => {
  const project = projectOf(files);
  const early = { command, isolation: NOTHING };
  if (!project.has('package.json'))
    return failEarly(
      early,
      reportOf('files looked for', [
        error('missing', `no ${FOLDER}package.json among the files: write the application`),
      ]),
    );
  const found = unsoundFiles([...project].map(([path, text]) => ({ path: `${FOLDER}${path}`, text })));
  return found.length > 0 ? failEarly(early, reportOf('files read', found)) : undefined;
};

/** The gates of one process, and the end of what they keep running. */
export interface FrontendGates {
  readonly gates: readonly Gate[];
  /** Whoever opened them closes them, once no gate runs any more. */
  close(): Promise<void>;
}

/**
 * The gates of the frontend owner, on the pinned `web` toolchain. All of an attempt are served by the same runs of the sandbox; in profile
 * quick the static checks are served by one that stays, until `close`.
 */
export const openFrontendGates = (options: FrontendGateOptions): FrontendGates => {
  const runs = new FrontendRuns(options);
  const gates = [
    gateOf(types, runs),
    gateOf(lint, runs),
    gateOf(contract, runs),
    gateOf(build, runs),
    gateOf(tests, runs),
    gateOf(coverage, runs),
    gateOf(axe, runs),
  ];
  return { gates, close: () => runs.close() };
};

const SHORT_IDLE_MS = 3_000;

/** The same for whoever can't close them: what stays ends by itself, some seconds after the last check. */
export const createFrontendGates = (options: FrontendGateOptions): readonly Gate[] =>
  openFrontendGates({ idleMs: SHORT_IDLE_MS, ...options }).gates;
