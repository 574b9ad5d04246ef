import { MARK, rawWordings, type CardMark, type FileForm, type FileMark } from './mark.js';
import { roleOf } from './fields.js';
import type { Blocked } from './blocks.js';
import type { Wrapping } from './card-list.js';
import type { ReadCard } from './read-card.js';
import { CANONICAL_WORDS, isPortugueseStatus, PORTUGUESE_WORDS, type Standing } from './words.js';

type Words = Readonly<Record<Standing, string>>;

/** How the text is laid out: what an export needs to look like the import. */
export const formOf = (text: string): FileForm => ({
  indent: /^\s*[[{]\r?\n([ \t]+)["{]/.exec(text)?.[1] ?? '',
  lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
  endsWithNewline: text.endsWith('\n'),
  isAscii: !/[^\0-\x7f]/.test(text) && /\\u[0-9a-f]{4}/i.test(text),
});

const mostUsed = (words: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
};

/** The file's own word for every standing: the one it uses most, else one in its language and letter case. */
export const wordsOf = (cards: readonly ReadCard[]): Words => {
  const used = cards.flatMap(({ status }) => (status ? [status] : []));
  const inPortuguese = used.some(({ word }) => isPortugueseStatus(word));
  const inLowerCase = used.length > 0 && used.every(({ word }) => word === word.toLowerCase());
  const fallback = inPortuguese ? PORTUGUESE_WORDS : CANONICAL_WORDS;
  const wordFor = (standing: Standing): string => {
    const own = mostUsed(used.filter((status) => status.standing === standing).map(({ word }) => word));
    return own ?? (inLowerCase ? fallback[standing].toLowerCase() : fallback[standing]);
  };
  return Object.fromEntries((Object.keys(CANONICAL_WORDS) as Standing[]).map((s) => [s, wordFor(s)])) as Words;
};

/** Numbers the orders of field names that the cards have. */
export class Layouts {
  private readonly byKey = new Map<string, number>();
  private readonly uses: number[] = [];
  readonly all: (readonly string[])[] = [];

  numberOf(names: readonly string[]): number {
    const key = JSON.stringify(names);
    const at = this.byKey.get(key) ?? this.all.push(names) - 1;
    this.byKey.set(key, at);
    this.uses[at] = (this.uses[at] ?? 0) + 1;
    return at;
  }
  dominant(): number {
    return this.uses.indexOf(Math.max(...this.uses, 0));
  }
}

/** The foreign fields of a card in their order, and the mark. */
export const cardExtra = ({ card, viaBlocks }: Blocked, layouts: Layouts): Readonly<Record<string, unknown>> => {
  const { given, spec } = card;
  const names = Object.keys(given).filter((name) => name !== MARK);
  const fields = Object.fromEntries(names.map((name) => [name, given[name]]));
  const own = (spec?.dependencies ?? []).filter((id) => !viaBlocks.includes(id));
  const raw = spec ? rawWordings(fields, spec, own) : {};
  const mark: CardMark = {
    layout: layouts.numberOf(names),
    ...(Object.keys(raw).length > 0 ? { raw } : {}),
    ...(viaBlocks.length > 0 ? { viaBlocks } : {}),
  };
  return {
    ...Object.fromEntries(names.filter((n) => roleOf(n) === undefined).map((n) => [n, given[n]])),
    [MARK]: mark,
  };
};

interface FileParts {
  readonly document: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly cards: readonly ReadCard[];
  readonly layouts: Layouts;
  readonly wrapping: Wrapping | undefined;
}

/** The file's top-level fields but for the cards, in their order, and the mark. */
export const fileExtra = ({
  document,
  text,
  cards,
  layouts,
  wrapping,
}: FileParts): Readonly<Record<string, unknown>> => {
  const top = Object.keys(document).filter((name) => name !== MARK);
  const mark: FileMark = {
    top,
    layouts: layouts.all,
    dominant: layouts.dominant(),
    form: formOf(text),
    words: wordsOf(cards),
    cards: cards.length,
    ...(wrapping ? { wrapping } : {}),
  };
  return { ...Object.fromEntries(top.filter((n) => n !== 'cards').map((n) => [n, document[n]])), [MARK]: mark };
};
