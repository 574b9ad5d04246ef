import type { Definition, Outline } from './definitions.js';
import type { DocumentLine } from './document-lines.js';
import { cleanTitle, leadingId, type LeadingId } from './requirement-id.js';
import { isBoilerplate } from './sections.js';
import { fold, plain } from './words.js';

/** Where the cells of a row end: pipes that are neither escaped nor in code ticks. */
const cellEnds = (text: string): readonly number[] => {
  const ends: number[] = [];
  let ticks = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '`') ticks = !ticks;
    else if (char === '|' && !ticks) ends.push(i);
  }
  return ends;
};

/** Cells of a table row; `\\|` and pipes in code ticks stay in their cell. */
export const cellsOf = (row: string): readonly string[] => {
  const trimmed = row.trim();
  const text = trimmed.startsWith('|') ? trimmed.slice(1) : trimmed;
  const ends = cellEnds(text);
  const cells = [...ends, text.length].map((end, i) => text.slice(i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, end));
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.map((cell) => cell.replaceAll('\\|', '|').trim());
};

const isSeparator = (cells: readonly string[]): boolean =>
  cells.length > 0 && cells.every((cell) => /^:?-+:?$/.test(cell));

type Column = 'id' | 'title' | 'text' | 'priority' | 'actor' | 'criteria' | 'other';

const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  [
    'id',
    /^(?:ids?|cod(?:igo|e)?\.?|#|n[o.º°]*|ref\.?|identificador|identifier|(?:requirement|req|story|rule|feature) id|id d[oae] .{1,20}|rfs?|frs?|rns?|rnfs?|nfrs?|ucs?)$/,
  ],
  ['criteria', /criteri|acceptance|aceit/],
  ['priority', /priorid|priority|moscow|importan/],
  ['actor', /^(?:atore?s?|actors?|usuarios?|users?|papel|role|persona)$/],
  [
    'title',
    /^(?:titulo|title|nome|name|funcionalidade|feature|melhoria|improvement|requisitos?|requirements?|regra|rule|caso de uso|use case|resumo|summary|nome d[oae] .{1,20}|(?:requirement|feature|story|rule) name)$/,
  ],
  [
    'text',
    /descri|detalh|detail|especifica|enunciado|^texto$|^text$|historia|story|regras? de negocio|business rule|behaviou?r|comportamento/,
  ],
];

const columnOf = (header: string): Column => {
  const words = fold(plain(header)).trim();
  return COLUMNS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
};

interface Table {
  readonly line: DocumentLine;
  readonly headers: readonly string[];
  readonly rows: readonly DocumentLine[];
}

const isHeader = (line: DocumentLine, below: DocumentLine | undefined): boolean =>
  line.kind === 'table' && below?.kind === 'table' && isSeparator(cellsOf(below.text));

const tablesOf = (lines: readonly DocumentLine[]): readonly Table[] => {
  const tables: Table[] = [];
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i];
    if (!line || !isHeader(line, lines[i + 1])) continue;
    let end = i + 2;
    while (lines[end]?.kind === 'table') end++;
    tables.push({ line, headers: cellsOf(line.text), rows: lines.slice(i + 2, end) });
    i = end - 1;
  }
  return tables;
};

const lines = (cell: string): string =>
  cell
    .split(/<br ?\/?>/i)
    .map((part) => part.trim())
    .join('\n');

const cellFor = (columns: readonly Column[], cells: readonly string[], column: Column): string =>
  cells[columns.indexOf(column)] ?? '';

/** The other cells as text: the description first, then every further column under its header. */
const rowText = (table: Table, columns: readonly Column[], cells: readonly string[]): string => {
  const text = lines(cellFor(columns, cells, columns.includes('text') ? 'text' : 'title'));
  const rest = cells.flatMap((cell, i) => {
    const column = columns[i];
    if (cell === '' || ['id', 'text', 'title'].includes(column ?? '')) return [];
    return [`- ${plain(table.headers[i] ?? '')}: ${lines(cell).replaceAll('\n', '; ')}`];
  });
  return [text, ...rest].filter((part) => part !== '').join('\n');
};

const isWholeId = (id: LeadingId | undefined): id is LeadingId => id !== undefined && id.rest === '';

const rowId = (columns: readonly Column[], cells: readonly string[]): LeadingId | undefined => {
  const declared = leadingId(cellFor(columns, cells, 'id'));
  if (isWholeId(declared)) return declared;
  const first = leadingId(cells[0] ?? '');
  if (!first || columns.includes('id')) return undefined;
  return first.rest === '' || first.separator !== '' ? first : undefined;
};

const split = (cell: string): readonly string[] =>
  cell
    .split(/<br ?\/?>|;/i)
    .map((part) =>
      plain(part)
        .replace(/^(?:[-•]|\d{1,2}[.)])\s/, '')
        .trim(),
    )
    .filter((part) => part !== '');

/** A dash says that there is nothing to say. */
const saidIn = (cell: string): string => (/^[-–—]*$/.test(cell) ? '' : cell);

const optional = (columns: readonly Column[], cells: readonly string[]) => ({
  ...(columns.includes('priority') && { priority: cellFor(columns, cells, 'priority') }),
  ...(columns.includes('actor') && { actor: saidIn(plain(cellFor(columns, cells, 'actor'))) }),
  ...(columns.includes('criteria') && { criteria: split(cellFor(columns, cells, 'criteria')) }),
});

const LONGEST_NAME = 100;

/** A cell that holds a whole sentence has no name in it: one is made from its first clause. */
const nameIn = (cell: string): string => {
  const title = cleanTitle(cell);
  return title.length > LONGEST_NAME ? '' : title;
};

const rowDefinition = (outline: Outline, table: Table, row: DocumentLine): Definition | undefined => {
  const columns = table.headers.map(columnOf);
  const cells = cellsOf(row.text);
  const id = rowId(columns, cells);
  if (!id) return undefined;
  const section = outline.sectionAt[row.n];
  const title = nameIn(cellFor(columns, cells, 'title')) || cleanTitle(id.rest);
  return {
    id,
    form: 'tables',
    title,
    fromLine: row.n,
    toLine: row.n,
    lead: rowText(table, columns, cells) || title,
    body: [],
    ...(section && { section }),
    ...optional(columns, cells),
  };
};

/** A table defines requirements when it has a column that says what they are, not only where they are covered. */
const defines = (table: Table): boolean => {
  const columns = table.headers.map(columnOf);
  const words = columns.includes('title') || columns.includes('text');
  const idIsTitle = columns[0] === 'title' && !columns.includes('id') && !columns.includes('text');
  return words && !idIsTitle;
};

const properties = (table: Table) =>
  table.rows
    .map((row) => cellsOf(row.text))
    .map(([key = '', text = '']) => ({ key: plain(key), column: columnOf(key), text }));

const cardText = (pairs: ReturnType<typeof properties>, text: string): string => {
  const rest = pairs
    .filter((pair) => pair.column === 'other')
    .map((pair) => `- ${pair.key}: ${lines(pair.text).replaceAll('\n', '; ')}`);
  return [lines(text), ...rest].filter((part) => part !== '').join('\n');
};

/** `| ID | FR-001 |` with one property per row. */
const cardTable = (outline: Outline, table: Table): Definition | undefined => {
  const [label = '', value = ''] = table.headers;
  const id = leadingId(value);
  if (columnOf(label) !== 'id' || table.headers.length !== 2 || !isWholeId(id)) return undefined;
  const pairs = properties(table);
  const of = (column: Column): string => pairs.find((pair) => pair.column === column)?.text ?? '';
  const section = outline.sectionAt[table.line.n];
  const toLine = table.line.n + 1 + table.rows.length;
  const stated = pairs.map((pair) => pair.column);
  const base = {
    id,
    form: 'tables' as const,
    title: cleanTitle(of('title')),
    fromLine: table.line.n,
    toLine,
    lead: cardText(pairs, of('text')),
    body: [],
  };
  return {
    ...base,
    ...(section && { section }),
    ...optional(
      stated,
      pairs.map((pair) => pair.text),
    ),
  };
};

const definitionsOf = (outline: Outline, table: Table): readonly Definition[] => {
  const card = cardTable(outline, table);
  if (card) return [card];
  if (!defines(table)) return [];
  return table.rows.flatMap((row) => rowDefinition(outline, table, row) ?? []);
};

/** Requirements in tables with an id column and words about them; indexes and matrices define nothing. */
export const tableDefinitions = (outline: Outline): readonly Definition[] =>
  tablesOf(outline.lines)
    .filter((table) => !isBoilerplate(outline.sectionAt[table.line.n]))
    .flatMap((table) => definitionsOf(outline, table));

/** What a row of a table without ids says. */
export interface CountedRow extends Pick<Definition, 'title' | 'lead' | 'priority' | 'actor' | 'criteria'> {
  readonly line: number;
  readonly id?: string;
}

const NUMBER = /^\d{1,4}\.?$/;
const CODE = /^[A-Z]{1,4}[-_ ]?\d{1,4}$/;

const countedRow = (table: Table, row: DocumentLine): CountedRow => {
  const columns = table.headers.map(columnOf);
  const cells = cellsOf(row.text);
  const title = cleanTitle(cellFor(columns, cells, 'title'));
  const id = plain(cellFor(columns, cells, 'id'));
  return {
    line: row.n,
    title,
    lead: rowText(table, columns, cells) || title,
    ...optional(columns, cells),
    ...(CODE.test(id) && { id: id.replace(' ', '') }),
  };
};

/** Rows that are merely counted (`| 1 | Receive goods | …`, `| C1 | …`), with a column that says what each is. */
const isCounted = (table: Table): boolean => {
  const at = table.headers.map(columnOf).indexOf('id');
  return (
    at >= 0 &&
    defines(table) &&
    [NUMBER, CODE].some((form) => table.rows.every((row) => form.test(plain(cellsOf(row.text)[at] ?? ''))))
  );
};

/** The rows of tables that number what they list and give it no ids, in their order. */
export const countedRows = (lines: readonly DocumentLine[]): readonly CountedRow[] =>
  tablesOf(lines)
    .filter(isCounted)
    .flatMap((table) => table.rows.map((row) => countedRow(table, row)));

const THING = /^(?:entidade|entity|tabela|table|objeto|object|classe|class|modelo|model)s?$/;
const FIELDS =
  /^(?:(?:key|main|principais) )?(?:campos|atributos|fields|attributes|columns|colunas|properties|propriedades)(?: (?:principais|chave))?$/;

/** Rows that name a thing and its fields (`| Entity | Key fields |`). */
export const fieldRows = (
  lines: readonly DocumentLine[],
): readonly { readonly name: string; readonly fields: string }[] =>
  tablesOf(lines).flatMap((table) => {
    const headers = table.headers.map((header) => fold(plain(header)).trim());
    const [name, fields] = [THING, FIELDS].map((form) => headers.findIndex((header) => form.test(header)));
    if (name === undefined || fields === undefined || name < 0 || fields < 0) return [];
    return table.rows
      .map((row) => cellsOf(row.text))
      .map((cells) => ({ name: cells[name] ?? '', fields: cells[fields] ?? '' }));
  });
