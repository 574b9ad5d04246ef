import { describe, expect, it } from '@jest/globals';
import type { CheckReport, JobOutcome } from './job.js';
import { missingPackage } from './missing-package.js';
import { MAX_EXCERPT, MAX_FINDINGS, reportOf } from './report.js';
import { verdictOf } from './verdict-of.js';

const told = { command: 'look at it', isolation: { level: 1, by: 'child process' } } as const;
type End = JobOutcome<CheckReport | undefined>;

describe('the end of a job as a verdict', () => {
  it.each<[End, 'fail' | 'refer', RegExp]>([
    [
      { kind: 'crashed', message: 'worker ended with SIGABRT' },
      'fail',
      /did not survive this input: worker ended with SIGABRT/,
    ],
    [{ kind: 'timeout', afterMs: 60_000 }, 'fail', /still busy after 60000 ms/],
    [{ kind: 'missing', what: 'mermaid' }, 'refer', /package mermaid is not installed: run "npm install"/],
    [{ kind: 'unavailable', message: 'no file' }, 'refer', /could not run here \(no file\): run "npm run build"/],
    [{ kind: 'aborted' }, 'refer', /cancelled/],
    [{ kind: 'done', value: undefined }, 'refer', /no report/],
  ])('%j is never a pass', (end, outcome, words) => {
    const verdict = verdictOf(told, end);
    expect([verdict.outcome, verdict.summary]).toEqual([outcome, expect.stringMatching(words)]);
  });

  it('passes only a finished check without errors; a refer claims no isolation', () => {
    expect(verdictOf(told, { kind: 'done', value: reportOf('3 files', []) })).toMatchObject({
      outcome: 'pass',
      exitCode: 0,
      isolation: told.isolation,
    });
    expect(verdictOf(told, { kind: 'missing', what: 'x' }).isolation.level).toBe(0);
  });

  it('keeps to the limits of a verdict however much was found', () => {
    const many = Array.from({ length: 200 }, (_, i) => ({
      path: 'a',
      line: i,
      severity: 'error' as const,
      message: `${'\n😀'.repeat(300)}`,
    }));
    const verdict = verdictOf(told, { kind: 'done', value: reportOf('x', many) });
    expect(verdict.findings).toHaveLength(MAX_FINDINGS);
    expect(verdict.excerpt?.length).toBeLessThanOrEqual(MAX_EXCERPT);
    expect(verdict.summary).not.toMatch(/\n|\p{Surrogate}/u);
  });

  it('knows a package that is not there from any other error', () => {
    const absent = Object.assign(new Error("Cannot find package 'mermaid' imported from x"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    expect([missingPackage(absent), missingPackage(new Error('x')), missingPackage('x')]).toEqual([
      'mermaid',
      undefined,
      undefined,
    ]);
  });
});
