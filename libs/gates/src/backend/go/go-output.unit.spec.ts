import { describe, expect, it } from '@jest/globals';
import { coverageOf } from './coverage.js';
import { compilerFindings, formatFindings, testReport } from './go-output.js';

const B = 'engenharia/backend/';
const lines = (...events: readonly object[]): string => events.map((e) => JSON.stringify(e)).join('\n');
const pkg = 'app.local/x/internal/loan';

describe('what the compiler prints', () => {
  it('becomes findings with file and line, whether build or vet says it', () => {
    const text =
      '# app.local/x/internal/loan\ninternal/loan/model.go:12:3: undefined: y\nvet: ./internal/app/app.go:4:2: "x" imported and not used\n';
    expect(compilerFindings(text, 'build')).toEqual([
      { path: `${B}internal/loan/model.go`, line: 12, rule: 'build', severity: 'error', message: 'undefined: y' },
      {
        path: `${B}internal/app/app.go`,
        line: 4,
        rule: 'build',
        severity: 'error',
        message: '"x" imported and not used',
      },
    ]);
  });
  it('names each file that gofmt would change', () => {
    expect(formatFindings('internal/loan/model.go\n').map((f) => f.path)).toEqual([`${B}internal/loan/model.go`]);
    expect(formatFindings('')).toEqual([]);
  });
});

describe('what go test prints', () => {
  it('is counted, and a failure is found at the line of the test', () => {
    const report = testReport(
      lines(
        { Action: 'pass', Package: pkg, Test: 'TestA' },
        { Action: 'skip', Package: pkg, Test: 'TestB' },
        { Action: 'output', Package: pkg, Test: 'TestC', Output: '    service_test.go:41: the row is 7\n' },
        { Action: 'fail', Package: pkg, Test: 'TestC' },
        { Action: 'fail', Package: pkg },
      ),
    );
    expect(report).toMatchObject({ passed: 1, skipped: 1, failed: ['internal/loan/TestC'] });
    expect(report.findings).toEqual([
      {
        path: `${B}internal/loan/service_test.go`,
        line: 41,
        rule: 'test',
        severity: 'error',
        message: 'TestC: the row is 7',
      },
    ]);
  });
  it('finds a package that did not come to its end', () => {
    const report = testReport(lines({ Action: 'fail', Package: pkg }));
    expect(report.findings).toMatchObject([{ path: `${B}internal/loan/`, severity: 'error' }]);
  });
  it('finds a build that failed before any test', () => {
    const output = 'internal/loan/model_test.go:3:1: expected declaration\n';
    const report = testReport(lines({ Action: 'build-output', ImportPath: `${pkg} [${pkg}.test]`, Output: output }));
    expect(report.findings).toMatchObject([{ path: `${B}internal/loan/model_test.go`, line: 3, rule: 'test-build' }]);
  });
  it('skips lines that are no events', () => expect(testReport('panic: x\n{').findings).toEqual([]));
});

describe('a coverage profile', () => {
  const file = 'app.local/x/internal/loan/model.go';
  it('counts a block once however many packages report it, and as reached if one of them reached it', () => {
    const profile = `mode: set\n${file}:1.1,3.2 3 0\n${file}:1.1,3.2 3 1\n${file}:5.1,6.2 1 0\n`;
    expect(coverageOf(profile)).toMatchObject({ statements: 4, covered: 3, percent: 75 });
    expect(coverageOf(profile).gaps).toMatchObject([
      { path: `${B}internal/loan/model.go`, line: 5, severity: 'warning' },
    ]);
  });
  it('rounds down: 79.99 % is not 80 %', () => {
    expect(coverageOf(`${file}:1.1,2.2 7999 1\n${file}:3.1,4.2 2001 0\n`).percent).toBe(79.9);
  });
  it('of nothing is nothing', () => expect(coverageOf('mode: set\n')).toMatchObject({ statements: 0, percent: 0 }));
});
