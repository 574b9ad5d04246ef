import { wrapped } from './card-list.js';
import { FIELD_NAMES, namedWord } from './fields.js';
import { exportCard, statusBefore, type ExportedCard, type Fields } from './export-card.js';
import { fileMark, MARK, type FileForm, type FileMark } from './mark.js';
import { CANONICAL_WORDS, standingOf } from './words.js';

/** A project as the exporter needs it. */
export interface ExportedProject {
  readonly title: string;
  /** `ProjectStarted.source.extra` of an imported backlog; absent for a project that came from documents. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** In the order in which they were added. */
  readonly cards: readonly ExportedCard[];
}

const FORM: FileForm = { indent: '  ', lineEnd: '\n', endsWithNewline: true, isAscii: false };
const LAYOUT: readonly string[] = [
  'card_id',
  'title',
  'description',
  'user_story',
  'type',
  'priority',
  'status',
  'requirement_ids',
  'acceptance_criteria',
  'effort_estimate',
  'business_value',
  'dependencies',
  'deliverables',
  'parent_card',
];

/** The form of a project that came from no file. */
const NEW_FILE: FileMark = {
  top: ['project', 'cards', 'metadata'],
  layouts: [LAYOUT],
  dominant: 0,
  form: FORM,
  words: CANONICAL_WORDS,
  cards: 0,
};
const NEW_METADATA = {
  total_cards: 0,
  by_status: { TODO: 0, IN_PROGRESS: 0, IN_REVIEW: 0, BLOCKED: 0, FAILED: 0, SKIPPED: 0, DONE: 0 },
};

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const tally = (names: readonly string[], words: readonly string[]): JsonObject => {
  const counts = new Map<string, number>(names.map((name) => [name, 0]));
  for (const word of words) {
    const name =
      names.find((n) => n === word) ??
      names.find((n) => standingOf(n) !== undefined && standingOf(n) === standingOf(word)) ??
      word;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
};

/** Counters that the files carry under `metadata` or `statistics`, counted anew; everything else as it was. */
const recounted = (value: unknown, words: readonly string[]): unknown => {
  if (!isObject(value)) return value;
  const byStatus = value['by_status'];
  return {
    ...value,
    ...(typeof value['total_cards'] === 'number' ? { total_cards: words.length } : {}),
    ...(isObject(byStatus) ? { by_status: tally(Object.keys(byStatus), words) } : {}),
  };
};

const wordOf = (fields: Fields): string => {
  const [, word] = fields.find(([name]) => FIELD_NAMES.status.includes(name)) ?? [];
  const said = namedWord(word);
  return typeof said === 'string' ? said : 'TODO';
};

const escaped = (json: string, form: FileForm): string =>
  form.isAscii ? json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;

/** Whether the standing of the cards, or their number, is another than in the file: only then its counters are touched. */
const hasMoved = (project: ExportedProject, file: FileMark, words: readonly string[]): boolean =>
  project.cards.length !== file.cards ||
  project.cards.some(({ spec }, at) => (statusBefore(spec, file) ?? 'TODO') !== words[at]);

/**
 * A project as the text of a `backlog_master.json` in the file's own words: its field names and their order, its status words, its foreign
 * fields, its indentation. Exporting what was just imported gives the same text but for: numbers in another notation (`0.0` → `0`), keys
 * that look like array indexes (objects sort them first), a byte order mark and UTF-16 (UTF-8 without a mark), a status of work that
 * was under way, failed or blocked (every card that isn't finished starts again as TODO), and layouts that are neither compact nor
 * indented throughout. Cards that came later follow the order of fields that most cards of the file have.
 */
export const exportBacklog = (project: ExportedProject): string => {
  const file = fileMark(project.extra) ?? NEW_FILE;
  const { indent, lineEnd, endsWithNewline } = file.form;
  const extra: JsonObject =
    file === NEW_FILE ? { project: project.title, metadata: NEW_METADATA, ...project.extra } : (project.extra ?? {});
  const cards = project.cards.map((card) => exportCard(card, file));
  const words = cards.map(wordOf);
  const moved = hasMoved(project, file, words);
  const names = [...file.top, ...Object.keys(extra).filter((name) => name !== MARK && !file.top.includes(name))];
  const document = names.map((name): readonly [string, unknown] => {
    if (name === 'cards') return [name, cards.map((fields) => Object.fromEntries(fields))];
    const value = Object.hasOwn(extra, name) ? extra[name] : null;
    return [name, moved ? recounted(value, words) : value];
  });
  const json = JSON.stringify(wrapped(Object.fromEntries(document), file.wrapping), null, indent);
  const text = escaped(json, file.form) + (endsWithNewline ? '\n' : '');
  return lineEnd === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
};
