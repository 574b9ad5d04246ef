import type { LeftOut } from './given-schema.js';

/** A script without the lines that are no SQL; what went with them is told. */
export interface CleanScript {
  readonly sql: string;
  readonly left: readonly LeftOut[];
}

const FENCE = /^\s*(?:```|~~~)/;
const META = /^\\[a-z!]/i;
const COPY = /^\s*copy\s.+\sfrom\s+stdin\b.*;\s*$/i;
const DELIMITER = /^\s*delimiter\s+(\S+)\s*$/i;

/** What takes a migration back again (goose, dbmate, sql-migrate): no part of the schema. */
const DOWN = /^\s*--\s*(?:migrate:down|\+(?:goose|migrate)\s+down)\b/i;
const UP = /^\s*--\s*(?:migrate:up|\+(?:goose|migrate)\s+up)\b/i;

/** Where a line stands: in SQL, in rows of `COPY`, or between lines that end with a delimiter of their own (MySQL). */
type Mode =
  | { readonly kind: 'sql' }
  | { readonly kind: 'down' }
  | { readonly kind: 'rows' }
  | { readonly kind: 'program'; readonly end: string };

const isNoSql = (text: string): boolean => [FENCE, META, COPY].some((pattern) => pattern.test(text));

const headOf = (text: string): string =>
  text
    .trim()
    .split(/\s+/)
    .slice(0, 4)
    .join(' ')
    .replace(/\s*\(.*$/, '');
const isProgram = (text: string): boolean => /^\s*create\b/i.test(text);

class Cleaner {
  readonly kept: string[] = [];
  readonly left: LeftOut[] = [];
  private mode: Mode = { kind: 'sql' };
  private begun = true;

  take(text: string, line: number): void {
    if (this.mode.kind === 'rows') return this.inRows(text);
    if (this.mode.kind === 'down' || DOWN.test(text)) return this.inDown(text);
    const delimiter = DELIMITER.exec(text)?.[1];
    if (delimiter !== undefined) return this.delimited(delimiter);
    if (this.mode.kind === 'program') return this.inProgram(text, { line, end: this.mode.end });
    this.inSql(text, line);
  }
  private inDown(text: string): void {
    this.mode = UP.test(text) ? { kind: 'sql' } : { kind: 'down' };
    this.kept.push('');
  }
  private delimited(end: string): void {
    this.mode = end === ';' ? { kind: 'sql' } : { kind: 'program', end };
    this.begun = true;
    this.kept.push('');
  }
  private inRows(text: string): void {
    if (text.trim() === '\\.') this.mode = { kind: 'sql' };
    this.kept.push('');
  }
  private inProgram(text: string, { line, end }: { readonly line: number; readonly end: string }): void {
    if (this.begun && isProgram(text)) {
      this.left.push({ line, what: headOf(text), why: 'program' });
      this.begun = false;
    }
    if (text.trimEnd().endsWith(end)) this.begun = true;
    this.kept.push('');
  }
  private inSql(text: string, line: number): void {
    if (COPY.test(text)) {
      this.mode = { kind: 'rows' };
      this.left.push({ line, what: headOf(text), why: 'rows' });
    }
    this.kept.push(isNoSql(text) ? '' : text);
  }
}

/** Blanks out Markdown fences, psql's own commands, rows of `COPY` and MySQL's delimited programs; every line keeps its number. */
export const cleanScript = (text: string): CleanScript => {
  const cleaner = new Cleaner();
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    cleaner.take(line, i + 1);
  });
  return { sql: cleaner.kept.join('\n'), left: cleaner.left };
};
