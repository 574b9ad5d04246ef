/** Words that say that the writer did not decide. Portuguese and English; `todo` in Portuguese is a word, so only the mark counts. */
export interface WordRule {
  readonly rule: 'placeholder' | 'hedging';
  readonly pattern: RegExp;
  readonly remedy: string;
}

const FILL = 'write what stands here, or record an assumption';
const DECIDE = 'decide, and record it as an assumption if the source is silent';

/** `\b` knows no accented letters: a word ends where neither a letter nor a digit follows. */
const word = (alternatives: string, flags = 'iu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives})(?![\\p{L}\\p{N}_])`, flags);

export const WORD_RULES: readonly WordRule[] = [
  {
    rule: 'placeholder',
    remedy: FILL,
    pattern: /(?<![\p{L}\p{N}_])TODO(?=\s*[:(\]]|\s*$)|^\W*TODO(?![\p{L}\p{N}_])\s+\p{Ll}/u,
  },
  { rule: 'placeholder', remedy: FILL, pattern: word('TBD|TBC|FIXME|XXX', 'u') },
  {
    rule: 'placeholder',
    remedy: FILL,
    pattern: word(
      'lorem ipsum|placeholder|to be (?:defined|decided|determined|done)|coming soon|fill (?:this )?in|insert (?:text|here)',
    ),
  },
  {
    rule: 'placeholder',
    remedy: FILL,
    pattern: word(
      'a (?:definir|preencher|detalhar|completar)|por (?:definir|preencher)|preencher aqui|em breve|texto de exemplo',
    ),
  },
  {
    rule: 'placeholder',
    remedy: FILL,
    pattern:
      /\?{3,}|<(?:insert|fill|your|inserir|preencher|seu|sua)[^>\n]{0,80}>|\[(?:insert|fill|inserir|preencher|tbd|todo)[^\]\n]{0,80}\]/iu,
  },
  {
    rule: 'hedging',
    remedy: DECIDE,
    pattern: word(
      'should probably|probably|maybe|perhaps|possibly|might want to|could possibly|we may want|I think|not sure|sort of|hopefully|somehow',
    ),
  },
  {
    rule: 'hedging',
    remedy: DECIDE,
    pattern: word(
      'talvez|provavelmente|possivelmente|quem sabe|acho que|achamos que|pode ser que|deveria provavelmente|de alguma forma|não temos certeza',
    ),
  },
];
