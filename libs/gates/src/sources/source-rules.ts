import type { Finding } from '@squados/contracts';
import { WORD_RULES } from '../markdown/wording.js';
import { SECURITY_RULES, TEST_FILE } from './security-rules.js';

/** A rule about the text of one source file. */
interface TextRule {
  readonly rule: string;
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly says: string;
}

const PYTHON = /\.pyi?$/;
const GO = /\.go$/;
const WEB = /\.[cm]?[jt]sx?$/;
const CODE = /\.(?:pyi?|go|[cm]?[jt]sx?|css|sql|toml|html)$/;

/** Work that was left for later, or not done at all. */
const UNFINISHED: readonly TextRule[] = [
  {
    rule: 'unfinished',
    files: PYTHON,
    pattern: /\braise NotImplementedError\b/g,
    says: 'this is not written yet: write it, or leave the operation out of the design',
  },
  {
    rule: 'unfinished',
    files: GO,
    pattern: /\b(?:panic|errors\.New|fmt\.Errorf)\("[^"\n]*\bnot (?:yet )?implemented\b/gi,
    says: 'this is not written yet: write it, or leave the operation out of the design',
  },
  {
    rule: 'unfinished',
    files: WEB,
    pattern: /\bError\((["'`])[^"'`\n]*\bnot (?:yet )?implemented\b/gi,
    says: 'this is not written yet: write it, or leave the operation out of the design',
  },
];

/** An error that nobody hears of. */
const SWALLOWED: readonly TextRule[] = [
  {
    rule: 'swallowed-error',
    files: PYTHON,
    pattern:
      /^[ \t]*except\b[^\n]*:[ \t]*(?:#[^\n]*)?(?:\n[ \t]*(?:#[^\n]*)?)*[ \t]*(?:pass|\.\.\.)[ \t]*(?:#[^\n]*)?$/gm,
    says: 'an error is caught and dropped: handle it, name it in the log, or let it through',
  },
  {
    rule: 'swallowed-error',
    files: PYTHON,
    pattern: /\bsuppress\(\s*(?:Base)?Exception\s*\)/g,
    says: 'every error is dropped here: name the one that is expected',
  },
  {
    rule: 'swallowed-error',
    files: GO,
    pattern: /\bif [^\n{]*\berr != nil \{\s*(?:\/\/[^\n]*\s*)*\}|^[ \t]*_ = err\b/gm,
    says: 'an error is looked at and dropped: return it, or say in the log what is done without it',
  },
  {
    rule: 'swallowed-error',
    files: WEB,
    pattern: /\bcatch\s*(?:\([^)]*\))?\s*\{\s*\}|\.catch\(\s*\(\w*\)\s*=>\s*\{\s*\}\s*\)/g,
    says: 'an error is caught and dropped: handle it, or say in a comment why nothing is to be done',
  },
];

/** A check that was told to look away. */
const SILENCED: readonly TextRule[] = [
  {
    rule: 'silenced-check',
    files: PYTHON,
    pattern: /#\s*(?:noqa\b|type:\s*ignore\b|pragma:\s*no\s*cover\b|nosec\b|mypy:\s*ignore-errors\b|ruff:\s*noqa\b)/gi,
    says: 'a check is told to look away: mend what it found',
  },
  {
    rule: 'silenced-check',
    files: GO,
    pattern: /\/\/\s*(?:nolint\b|#nosec\b|lint:ignore\b)/g,
    says: 'a check is told to look away: mend what it found',
  },
  {
    rule: 'silenced-check',
    files: WEB,
    pattern: /\beslint-disable\b|@ts-(?:ignore|nocheck|expect-error)\b|\b(?:istanbul|v8|c8) ignore\b/g,
    says: 'a check is told to look away: mend what it found',
  },
];

const TEXT_RULES: readonly TextRule[] = [...UNFINISHED, ...SWALLOWED, ...SILENCED];
const SECRETS = SECURITY_RULES.filter(({ id }) => ['private-key', 'cloud-key', 'hard-coded-secret'].includes(id));

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const finding = (path: string, line: number, [rule, message]: readonly [string, string]): Finding => ({
  path,
  line,
  rule,
  severity: 'error',
  message,
});

const textFindings = (path: string, text: string): readonly Finding[] =>
  TEXT_RULES.filter(({ files }) => files.test(path)).flatMap(({ rule, pattern, says }) =>
    [...text.matchAll(pattern)].map((match) => finding(path, lineAt(text, match.index), [rule, says])),
  );

/** Comments by what they begin with; good enough to find words in, not to parse a language. */
const COMMENTS: readonly (readonly [files: RegExp, pattern: RegExp])[] = [
  [/\.(?:pyi?|toml)$/, /(?<![^\s])#[^\n]*|"""[\s\S]*?"""/g],
  [/\.(?:go|[cm]?[jt]sx?|css)$/, /(?<![:\w"'`])\/\/[^\n]*|\/\*[\s\S]*?\*\//g],
  [/\.sql$/, /--[^\n]*/g],
  [/\.html$/, /<!--[\s\S]*?-->/g],
];

const wordFindings = (path: string, text: string, quoted: string): readonly Finding[] =>
  COMMENTS.filter(([files]) => files.test(path))
    .flatMap(([, pattern]) => [...text.matchAll(pattern)])
    .flatMap((comment) =>
      comment[0].split('\n').flatMap((line, i) => wordsIn(line, quoted).map(at(path, lineAt(text, comment.index) + i))),
    );

const at =
  (path: string, line: number) =>
  (said: readonly [string, string]): Finding =>
    finding(path, line, said);

/** In code these name a thing: `$1` is a placeholder. */
const TERMS: ReadonlySet<string> = new Set(['placeholder']);

const wordsIn = (comment: string, quoted: string): readonly (readonly [string, string])[] =>
  WORD_RULES.flatMap(({ rule, pattern, remedy }) => {
    const word = pattern.exec(comment)?.[0].trim();
    if (word === undefined || TERMS.has(word.toLowerCase()) || quoted.includes(word.toLowerCase())) return [];
    return [[rule, `“${word}” in a comment: ${remedy}`] as const];
  });

const secretFindings = (path: string, text: string): readonly Finding[] =>
  TEST_FILE.test(path)
    ? []
    : text
        .split('\n')
        .flatMap((line, i) =>
          SECRETS.filter(({ files, pattern }) => files.test(path) && pattern.test(line.slice(0, 2_000))).map(
            ({ id, severity, says }) => finding(path, i + 1, [id, `${severity}: ${says}`]),
          ),
        );

export const isCode = (path: string): boolean => CODE.test(path);

/**
 * What a reviewer would send back at first sight: unfinished work, hedging, secrets, swallowed errors, silenced checks. Words that stand
 * in `quoted` (lower case: what the requirements say) are the requirements', not the author's.
 */
export const looseEndsIn = (path: string, text: string, quoted: string): readonly Finding[] =>
  [...textFindings(path, text), ...wordFindings(path, text, quoted), ...secretFindings(path, text)].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0),
  );
