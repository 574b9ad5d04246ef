import { describe, expect, it } from '@jest/globals';
import { coverageIn, percentOf, resultsIn } from './test-reports.js';

const REPORT = `<?xml version="1.0"?><testsuites><testsuite name="pytest" errors="0" failures="1" skipped="1" tests="4">
<testcase classname="tests.unit.test_book_rules.TestBook" name="a" time="0.1" /><testcase classname="tests.unit.test_core" name="b" time="0.1" />
<testcase classname="tests.unit.test_book_rules.TestBook" name="c" time="0.1"><failure message="no">E</failure></testcase>
<testcase classname="tests.unit.test_core" name="d" time="0.1"><skipped message="none">x</skipped></testcase>
</testsuite></testsuites>`;

describe('a JUnit report', () => {
  it('counts, and tells what passed in each file', () => {
    const { byFile, ...counts } = resultsIn(REPORT);
    expect(counts).toEqual({ tests: 4, failed: 1, skipped: 1 });
    expect([...byFile]).toEqual([
      ['tests/unit/test_book_rules.py', 1],
      ['tests/unit/test_core.py', 1],
    ]);
  });
  it('that is empty counts no test', () => {
    expect(resultsIn('')).toEqual({ tests: 0, failed: 0, skipped: 0, byFile: new Map() });
  });
});

describe('a coverage report', () => {
  it('is read file by file', () => {
    const json = '{"files":{"app/a.py":{"summary":{"num_statements":4,"covered_lines":3},"missing_lines":[7]}}}';
    expect(coverageIn(json)).toEqual([{ path: 'app/a.py', statements: 4, covered: 3, missing: [7] }]);
    expect(percentOf(coverageIn(json))).toBe(75);
  });
  it('that is not there covers nothing', () => {
    expect(percentOf(coverageIn(undefined))).toBe(0);
  });
});
