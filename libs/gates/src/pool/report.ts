import type { Finding } from '@squados/contracts';
import type { CheckReport } from './job.js';

export const MAX_FINDINGS = 50;
export const MAX_EXCERPT = 4_000;
const MAX_LINE = 300;

/** Cuts by code points' edge, so that no half of a surrogate pair is left. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
};

/** One line, control characters taken out, at most 300 characters. */
export const oneLine = (text: string): string => clip(text.replace(/[\s\p{Cc}]+/gu, ' ').trim(), MAX_LINE);

export const count = (n: number, word: string, plural = `${word}s`): string => `${n} ${n === 1 ? word : plural}`;

const located = (finding: Finding): string =>
  `${finding.path ?? ''}${finding.line === undefined ? '' : `:${finding.line}`} ${finding.severity} ${finding.message}${finding.rule ? ` (${finding.rule})` : ''}`.trim();

const bySeverity = (findings: readonly Finding[]): Finding[] => [
  ...findings.filter((f) => f.severity === 'error'),
  ...findings.filter((f) => f.severity === 'warning'),
];

/** A report out of findings: any error fails it. `checked` says what was looked at, with counts. */
export const reportOf = (checked: string, findings: readonly Finding[]): CheckReport => {
  const errors = findings.filter((f) => f.severity === 'error');
  const warnings = findings.length - errors.length;
  const sorted = bySeverity(findings).map((f) => ({ ...f, message: clip(f.message, 1_000) }));
  const first = errors[0] ? `; first: ${located(errors[0])}` : '';
  const result = `${count(errors.length, 'error')}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''}${first}`;
  const excerpt = clip(sorted.map(located).join('\n'), MAX_EXCERPT);
  return {
    outcome: errors.length === 0 ? 'pass' : 'fail',
    summary: oneLine(`${checked}: ${result}`),
    findings: sorted.slice(0, MAX_FINDINGS),
    ...(excerpt === '' ? {} : { excerpt }),
  };
};
