import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { lintMarkdown } from '../markdown/lint-markdown.js';
import { readMarkdown } from '../markdown/blocks.js';
import { count, reportOf } from '../pool/report.js';
import { isProductCard, productGate } from './product-gate.js';

const normalised = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s*_`"'“”>|\\#[\]-]+/g, ' ')
    .trim();

/** All text that the attempt was given: its words are quoted, not written. */
const givenText = async (input: GateInput): Promise<string> => {
  const { card, cards } = input.task;
  const texts = [card, ...cards].flatMap((c) => [
    c.title,
    c.description,
    c.userStory ?? '',
    c.businessValue ?? '',
    ...c.acceptanceCriteria,
  ]);
  for (const attachment of card.attachments ?? [])
    texts.push(decode(await input.tools.readArtifact(attachment.sha256)));
  return normalised(texts.join('\n'));
};

const decode = (bytes: Uint8Array): string =>
  new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);

/** Pieces of a line that may be quotations: the line without its list mark, its table cells, what follows a colon. */
const pieces = (line: string): readonly string[] => {
  const bare = line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/, '');
  return [bare, ...bare.split('|'), ...bare.split(/[“”"]/), bare.slice(bare.indexOf(':') + 1)]
    .map((piece) => normalised(piece).replace(/…$/, '').trim())
    .filter((piece) => piece.length > 5);
};

const isQuoted = (given: string, line: string, hit: string): boolean =>
  pieces(line).some((piece) => piece.includes(normalised(hit)) && given.includes(piece));

const WORDS = new Set(['placeholder', 'hedging']);
const hitOf = (finding: Finding): string => /^"([^"]{1,80})"/.exec(finding.message)?.[1] ?? '';

const nesting = (path: string, text: string): readonly Finding[] => {
  const { headings } = readMarkdown(text);
  const error = (line: number, rule: string, message: string): Finding => ({
    path,
    line,
    rule,
    severity: 'error',
    message,
  });
  const tops = headings.filter((h) => h.level === 1);
  const jumps = headings.flatMap((h, i) => {
    const before = headings[i - 1]?.level ?? 0;
    return h.level > before + 1
      ? [
          error(
            h.line,
            'heading-level',
            `heading "${h.title}" jumps from level ${String(before)} to ${String(h.level)}`,
          ),
        ]
      : [];
  });
  return [
    ...jumps,
    ...tops.slice(1).map((h) => error(h.line, 'second-title', `"${h.title}" is a second heading of level 1`)),
  ];
};

const lint = (
  path: string,
  text: string,
  check: { readonly given: string; readonly known: ReadonlySet<string> },
): readonly Finding[] => {
  const lines = text.split('\n');
  const found = lintMarkdown({ path, text }, { known: check.known });
  const own = found.filter(
    (f) => !WORDS.has(f.rule ?? '') || !isQuoted(check.given, lines[(f.line ?? 1) - 1] ?? '', hitOf(f)),
  );
  return [...own, ...nesting(path, text)];
};

/** Markdown of a product card: nothing left open, headings nested, sections filled, links that lead somewhere, fences closed. */
export const createDocumentLintGate = (): Gate =>
  productGate({
    name: 'document-lint',
    command:
      'read every Markdown file of the attempt: words that leave something open, headings, sections, links, fences',
    applies: (task) => (isProductCard(task) ? 'required' : 'none'),
    check: async (input) => {
      const files = [...input.files].filter(([path]) => path.toLowerCase().endsWith('.md'));
      if (files.length === 0)
        return reportOf('documents read', [
          { rule: 'missing', severity: 'error', message: 'no Markdown file was written' },
        ]);
      const check = { given: await givenText(input), known: new Set(input.files.keys()) };
      return reportOf(
        count(files.length, 'document'),
        files.flatMap(([path, text]) => lint(path, text, check)),
      );
    },
  });
