import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '@squados/contracts';
import { steady, verdictText } from './verdict-text.js';

const verdict = (more: Partial<Verdict>): Verdict => ({
  ...{
    gate: 'tsc',
    profile: 'quick',
    outcome: 'fail',
    required: true,
    command: 'tsc',
    durationMs: 1,
    summary: 'two errors',
  },
  isolation: { level: 0, by: 'none' },
  ...more,
});

describe('what the checks said, for the author', () => {
  it.each([
    ['3 failed in 1.25s', '3 failed in N s'],
    ['took 12 ms, then 3.4 seconds', 'took N s, then N s'],
    ['at 2026-11-22T22:01:02.345Z', 'at TIME'],
    ["error in '/tmp/gate-x1/engenharia/a.ts'", "error in 'TMP/engenharia/a.ts'"],
    ['GET http://127.0.0.1:43211/books', 'GET http://HOST/books'],
    ['expected 5 to be 6 at line 12', 'expected 5 to be 6 at line 12'],
  ])('%j is the same in every run', (text, same) => expect(steady(text)).toBe(same));

  it('names gate, command, exit code, every finding and the excerpt of what failed, and nothing else', () => {
    const finding = { path: 'a.ts', line: 3, rule: 'TS2322', severity: 'error', message: 'not assignable' } as const;
    const text = verdictText([
      verdict({ exitCode: 2, findings: [finding], excerpt: 'a.ts(3,1): error' }),
      verdict({ gate: 'lint', outcome: 'pass' }),
      verdict({ gate: 'coverage', required: false }),
    ]);
    expect(text).toBe(
      'gate tsc failed (exit 2): two errors\ncommand: tsc\nerror a.ts:3 TS2322 not assignable\na.ts(3,1): error',
    );
  });
  it('is the same whether a test file was slow or not', () => {
    expect(steady('FAIL src/member-pages.test.tsx (6.214 s)')).toBe('FAIL src/member-pages.test.tsx');
    expect(steady('● opens the list (52 ms)')).toBe(steady('● opens the list'));
  });
});
