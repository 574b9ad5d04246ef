import type { Finding } from '@squados/contracts';
import { FOLDER } from '../shared/gate-parts.port.js';

const PLACE = /^(?:vet: )?(?:\.\/)?([A-Za-z0-9_./-]+\.go):(\d+)(?::\d+)?: (.+)$/;

/** What compiler and vet printed: `internal/loan/model.go:12:3: undefined: x`. */
export const compilerFindings = (text: string, rule: string): readonly Finding[] =>
  text.split('\n').flatMap((line) => {
    const [, path = '', number = '', message = ''] = PLACE.exec(line.trim()) ?? [];
    return path === '' ? [] : [error(rule, { path: FOLDER + path, line: Number(number), message })];
  });

/** What `gofmt -l` printed: one path per line. */
export const formatFindings = (text: string): readonly Finding[] =>
  text
    .split('\n')
    .filter((path) => path.endsWith('.go'))
    .map((path) => error('gofmt', { path: FOLDER + path, message: 'not formatted as gofmt does: run gofmt -w on it' }));

const error = (rule: string, what: Pick<Finding, 'path' | 'line' | 'message'>): Finding => ({
  ...what,
  rule,
  severity: 'error',
});

interface TestEvent {
  readonly action: string;
  readonly pkg: string;
  readonly test: string;
  readonly output: string;
}

export interface TestReport {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: number;
  readonly findings: readonly Finding[];
}

const eventOf = (line: string): TestEvent | undefined => {
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    const text = (key: string): string => (typeof value[key] === 'string' ? value[key] : '');
    const pkg = text('Package') || text('ImportPath').replace(/ .*$/, '');
    return { action: text('Action'), pkg, test: text('Test'), output: text('Output') };
  } catch {
    return undefined;
  }
};

const FAILED_AT = /^\s+([A-Za-z0-9_-]+_test\.go):(\d+): (.*)$/;

/** `app.local/x/internal/loan` → `internal/loan/`. */
const folderOf = (pkg: string): string => {
  const at = pkg.indexOf('/internal/');
  return at < 0 ? '' : `${pkg.slice(at + 1)}/`;
};

/** What `go test -json` printed: counts, and each failure with the line of the test that found it. */
export const testReport = (stdout: string): TestReport => {
  const events = stdout.split('\n').flatMap((line) => eventOf(line) ?? []);
  const ended = events.filter((e) => e.test !== '');
  const names = (action: string): readonly string[] =>
    ended.filter((e) => e.action === action).map((e) => `${folderOf(e.pkg)}${e.test}`);
  const failed = new Set(names('fail'));
  const brokenBuilds = events.filter((e) => e.action === 'build-output').map((e) => e.output);
  return {
    passed: names('pass').length,
    skipped: names('skip').length,
    failed: [...failed],
    findings: [
      ...compilerFindings(brokenBuilds.join(''), 'test-build'),
      ...failures(events, failed),
      ...fallen(events),
    ],
  };
};

const failures = (events: readonly TestEvent[], failed: ReadonlySet<string>): readonly Finding[] =>
  events.flatMap((e) => {
    if (e.action !== 'output' || !failed.has(`${folderOf(e.pkg)}${e.test}`)) return [];
    const [, file = '', line = '', message = ''] = FAILED_AT.exec(e.output.trimEnd()) ?? [];
    if (file === '') return [];
    return [
      error('test', { path: FOLDER + folderOf(e.pkg) + file, line: Number(line), message: `${e.test}: ${message}` }),
    ];
  });

/** Packages that failed as a whole: a panic, a build, a timeout. */
const fallen = (events: readonly TestEvent[]): readonly Finding[] =>
  events
    .filter((e) => e.action === 'fail' && e.test === '')
    .filter((e) => !events.some((o) => o.pkg === e.pkg && o.action === 'fail' && o.test !== ''))
    .map((e) =>
      error('test', { path: FOLDER + folderOf(e.pkg), message: 'the tests of this package did not come to their end' }),
    );
