import { plain, type QaReport } from './qa-report.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escaped = (text: string): string => plain(text).replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

type Line = QaReport['results'][number]['lines'][number];

const body = (line: Line): string => {
  if (line.outcome === 'fail') return `<failure message="${escaped(line.detail)}">${escaped(line.evidence)}</failure>`;
  return line.outcome === 'refer' ? `<skipped message="${escaped(line.detail)}"/>` : '';
};

const testCase = (gate: string, line: Line): string =>
  `    <testcase classname="${escaped(gate)}" name="${escaped(line.what)}">${body(line)}</testcase>`;

const countOf = (lines: readonly Line[], outcome: Line['outcome']): number =>
  lines.filter((l) => l.outcome === outcome).length;

/** JUnit XML: a gate is a suite, a line a case; what could not run is skipped, never passed. */
export const reportJunit = (report: QaReport): string => {
  const suites = report.results.map(
    ({ gate, lines }) =>
      `  <testsuite name="${escaped(gate)}" tests="${lines.length}" failures="${countOf(lines, 'fail')}" errors="0" skipped="${countOf(lines, 'refer')}">\n${lines.map((l) => `${testCase(gate, l)}\n`).join('')}  </testsuite>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escaped(report.card)}">\n${suites.join('')}</testsuites>\n`;
};
