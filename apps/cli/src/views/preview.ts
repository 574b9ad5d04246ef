import { basename } from 'node:path';
import type { ProjectInput, PreviewRequirement } from '../input/project-input.js';
import { counted } from '../terminal/counted.js';
import { shorten } from '../terminal/sanitize.js';
import { table } from '../terminal/table.js';

const MOST = 60;

/** What `run` is about to begin, before anything is recorded. */
export const previewLines = (input: ProjectInput, gates: readonly string[], columns = 100): readonly string[] => [
  `${shorten(input.title, columns - 1)}`,
  ...requirementLines(input.requirements, columns),
  '',
  cardsLine(input),
  ...(gates.length > 0 ? ['gates that check the work here:', ...gates.map((gate) => `  ${gate}`)] : []),
  ...input.warnings.map((warning) => `warning: ${shorten(warning, 240)}`),
  ...input.leftOut.map((line) => `left out: ${shorten(line, 240)}`),
];

/** Of one document the line alone; its name stands above the table. No line is wider than the terminal. */
const requirementLines = (requirements: readonly PreviewRequirement[], columns: number): readonly string[] => {
  if (requirements.length === 0) return [];
  const documents = new Set(requirements.map((r) => r.document));
  const rows = requirements.slice(0, MOST).map((r) => placed(r, documents.size > 1));
  const taken = [0, 1, 2].reduce((sum, i) => sum + widest(rows, i) + 2, 0);
  const room = Math.max(columns - 1 - taken, 20);
  const more = requirements.length - rows.length;
  return [
    ...[...documents].map((document) => shorten(document, columns - 1)),
    '',
    ...table(
      [{ title: HEADS[0] }, { title: HEADS[1], align: 'right' }, { title: HEADS[2] }, { title: 'TITLE' }],
      rows.map(([id, line, kind, title]) => [id, line, kind, shorten(title, room)]),
    ),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
};

const HEADS = ['REQUIREMENT', 'LINE', 'KIND'] as const;

type Row = readonly [string, string, string, string];

const placed = (r: PreviewRequirement, several: boolean): Row => [
  shorten(r.id, 40),
  several ? `${shorten(basename(r.document), 30)}:${r.line}` : String(r.line),
  r.kind,
  r.title,
];

const widest = (rows: readonly Row[], column: number): number =>
  Math.max(HEADS[column]?.length ?? 0, ...rows.map((row) => [...(row[column] ?? '')].length));

const cardsLine = (input: ProjectInput): string => {
  if (input.kind === 'requirements')
    return `cards: ${input.cards.length} epic now; the product owner will propose ${input.expectedCards}, each design leads to an architecture card`;
  const edges = input.cards.reduce((n, card) => n + card.dependencies.length, 0);
  const ready = input.cards.filter((card) => card.dependencies.length === 0 && card.importedAs === undefined).length;
  const done = input.cards.filter((card) => card.importedAs !== undefined).length;
  return `cards: ${input.cards.length}, ${counted(edges, 'dependency')}, ${ready} ready at first${done > 0 ? `, ${done} finished before` : ''}`;
};
