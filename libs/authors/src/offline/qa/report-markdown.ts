import { plain, WORDS, type QaReport } from './qa-report.js';

/** Text of outside as a table cell: what would be markup is shown, not obeyed. */
const cell = (text: string): string => plain(text).replace(/([\\`*_[\]<>|~#])/g, '\\$1');

const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const MARK = { pass: 'PASS', fail: 'FAIL', refer: 'REFER' } as const;

export const reportMarkdown = (report: QaReport): string => {
  const words = WORDS[report.language];
  const gates = report.results.map((r) => row(r.gate, MARK[r.verdict.outcome], r.verdict.summary));
  const sections = report.results.map((r) => {
    const lines = r.lines.map((line) => row(MARK[line.outcome], line.what, line.detail, line.evidence));
    const head = [row(words.outcome, words.check, words.detail, words.evidence), '|---|---|---|---|'];
    return `\n## ${r.gate}\n\n${lines.length > 0 ? [...head, ...lines].join('\n') : words.none}\n`;
  });
  return [
    `# ${words.report}: ${cell(report.card)}`,
    '',
    `${cell(report.product)}: ${cell(report.title)}`,
    '',
    `**${words.verdict}: ${report.verdict}**`,
    '',
    row(words.gate, words.outcome, words.summary),
    '|---|---|---|',
    ...gates,
    ...sections,
  ].join('\n');
};
