import type { Finding, Verdict } from '@squados/contracts';

const MOST_FINDINGS = 20;
const MOST_TEXT = 12_000;

/** Times, addresses and temporary folders differ from run to run; a rerun from the record must ask the same. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/ ?\(\d+(?:[.,]\d+)?\s?(?:ms|s|m|min)\)/g, ''], // jest only tells it of files that were slow
  [/\b\d+(?:[.,]\d+)?\s?(?:ms|µs|ns|s|sec|seconds|min|m)\b/g, 'N s'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, 'TIME'],
  [/(?:\/private)?\/tmp\/[\w.@/-]+?(?=\/engenharia|\/arquitetura|\/deploy|\/produto|\/qa|[\s:'"),]|$)/g, 'TMP'],
  [/\b(?:127\.0\.0\.1|localhost):\d+/g, 'HOST'],
  [/0x[0-9a-f]{6,}/gi, 'ADDRESS'],
];

export const steady = (text: string): string => VOLATILE.reduce((rest, [what, word]) => rest.replace(what, word), text);

/** What the failed required gates said, for the author: exactly, but without what changes from run to run. */
export const verdictText = (verdicts: readonly Verdict[]): string => {
  const failed = verdicts.filter(({ outcome, required }) => required && outcome === 'fail');
  return failed.map(oneVerdict).join('\n\n').slice(0, MOST_TEXT);
};

const oneVerdict = ({ gate, command, exitCode, summary, excerpt, findings = [] }: Verdict): string =>
  [
    `gate ${gate} failed${exitCode === undefined ? '' : ` (exit ${exitCode})`}: ${steady(summary)}`,
    `command: ${steady(command)}`,
    ...findings.slice(0, MOST_FINDINGS).map(oneFinding),
    ...(excerpt === undefined ? [] : [steady(excerpt)]),
  ].join('\n');

const oneFinding = ({ path, line, rule, severity, message }: Finding): string =>
  `${severity} ${path ?? ''}${line === undefined ? '' : `:${line}`} ${rule ?? ''} ${steady(message)}`.replaceAll(
    / +/g,
    ' ',
  );
