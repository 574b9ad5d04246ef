/** By what a criterion is held: in words, and the gates and files that show it (a folder ends with a slash). */
export interface Claim {
  readonly how: string;
  readonly by: readonly string[];
}

const markdown = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .replace(/([\\`*_[\]<>|~#])/g, '\\$1');

/**
 * A criterion's line in a card's note, as `squados why` and the page read it: ticked only where there is something that holds it.
 * @param open what is said where nothing does
 */
export const criterionLine = (criterion: string, claim: Claim | undefined, open: string): string => {
  if (claim === undefined) return `- [ ] ${markdown(criterion)} – ${open}`;
  return `- [x] ${markdown(criterion)} – ${claim.how} (${claim.by.map((name) => `\`${name}\``).join(', ')})`;
};

interface Note {
  readonly id: string;
  readonly title: string;
  readonly language: 'pt' | 'en';
  readonly criteria: readonly string[];
  readonly claimOf: (criterion: string) => Claim | undefined;
}

/** `cards/<id>.md`: what the card asks for, and by what each of it is held. */
export const criterionNote = ({ id, title, language, criteria, claimOf }: Note): string => {
  const [heading, open] =
    language === 'pt' ? ['Critérios de aceitação', 'nada o verifica'] : ['Acceptance criteria', 'nothing checks it'];
  const lines = criteria.map((criterion) => criterionLine(criterion, claimOf(criterion), open));
  return `${[`# ${markdown(id)}: ${markdown(title)}`, '', `## ${heading}`, '', ...lines].join('\n')}\n`;
};
