import type { ProjectInput, PreviewRequirement } from '../input/project-input.js';
import { shorten } from '../terminal/sanitize.js';
import { table } from '../terminal/table.js';

const MOST = 60;

/** What `run` is about to begin, before anything is recorded. */
export const previewLines = (input: ProjectInput, gates: readonly string[]): readonly string[] => [
  `${shorten(input.title, 100)}`,
  ...requirementLines(input.requirements),
  '',
  cardsLine(input),
  ...(gates.length > 0 ? ['gates that check the work here:', ...gates.map((gate) => `  ${gate}`)] : []),
  ...input.warnings.map((warning) => `warning: ${shorten(warning, 240)}`),
  ...input.leftOut.map((line) => `left out: ${shorten(line, 240)}`),
];

const requirementLines = (requirements: readonly PreviewRequirement[]): readonly string[] => {
  if (requirements.length === 0) return [];
  const rows = requirements
    .slice(0, MOST)
    .map((r) => [shorten(r.id, 20), `${shorten(r.document, 40)}:${r.line}`, r.kind, shorten(r.title, 70)]);
  const more = requirements.length - rows.length;
  return [
    '',
    ...table([{ title: 'REQUIREMENT' }, { title: 'LINE' }, { title: 'KIND' }, { title: 'TITLE' }], rows),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
};

const cardsLine = (input: ProjectInput): string => {
  if (input.kind === 'requirements')
    return `cards: ${input.cards.length} epic now; the product owner will propose ${input.expectedCards}, each design leads to an architecture card`;
  const edges = input.cards.reduce((n, card) => n + card.dependencies.length, 0);
  const ready = input.cards.filter((card) => card.dependencies.length === 0 && card.importedAs === undefined).length;
  const done = input.cards.filter((card) => card.importedAs !== undefined).length;
  return `cards: ${input.cards.length}, ${edges} dependencies, ${ready} ready at first${done > 0 ? `, ${done} finished before` : ''}`;
};
