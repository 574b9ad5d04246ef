import { fold } from '@squados/importers/requirements';

/** "A book without a title or without an author is refused", in its own words: the record, and what it may not lack. */
export interface MissingFields {
  readonly record: string;
  readonly fields: readonly string[];
}

const SENTENCES: readonly {
  readonly whole: RegExp;
  readonly between: RegExp;
  readonly article: RegExp;
}[] = [
  {
    whole: /^(?:an?|every|each) (.{1,80}?) without (.{1,200}?) is refused(?:,? and the message names the field)?\.?$/,
    between: /,? (?:or|and|nor) (?:without )?|, (?:without )?/,
    article: /^(?:an?|the|its|any) /,
  },
  {
    whole: /^(?:uma?|todo|toda|cada) (.{1,80}?) sem (.{1,200}?) e recusad[oa](?:,? e a mensagem nomeia o campo)?\.?$/,
    between: /,? (?:ou|e|nem) (?:sem )?|, (?:sem )?/,
    article: /^(?:uma?|o|a|os|as|seu|sua) /,
  },
];

/**
 * Reads a criterion of that form, every word of it accounted for; undefined for any other. Names come back folded: lower case, no
 * accents.
 */
export const missingFields = (criterion: string): MissingFields | undefined => {
  const text = fold(criterion).replace(/\s+/g, ' ').trim();
  for (const { whole, between, article } of SENTENCES) {
    const [, record, list] = whole.exec(text) ?? [];
    if (record !== undefined && list !== undefined)
      return { record, fields: list.split(between).map((name) => name.replace(article, '').trim()) };
  }
  return undefined;
};
