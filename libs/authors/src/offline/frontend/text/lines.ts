/** What a file is built from: a line, or nothing (`undefined`, `false`), or more of it. */
export type Part = string | undefined | false | readonly Part[];

const flat = (part: Part): readonly string[] => {
  if (part === undefined || part === false) return [];
  return typeof part === 'string' ? part.split('\n') : part.flatMap(flat);
};

/** The part, if the condition holds. */
export const when = (condition: unknown, part: Part): Part => (condition ? part : undefined);

/** Lines of a file, with a newline at its end. */
export const file = (...parts: readonly Part[]): string => `${flat(parts).join('\n')}\n`;

/** The same lines, two spaces deeper for each level; empty lines stay empty. */
export const indent = (part: Part, levels = 1): readonly string[] =>
  flat(part).map((line) => (line === '' ? '' : `${'  '.repeat(levels)}${line}`));

/** Columns of a line of generated code, as its formatter wants them. */
export const WIDTH = 120;

export interface Enclosed {
  readonly open: string;
  readonly items: readonly string[];
  readonly close: string;
  /** Columns that stand before the first character. */
  readonly at?: number;
  /** Spaces inside the brackets when it fits one line: `{ a, b }`. */
  readonly padded?: boolean;
}

/** A list in brackets: on one line if it fits, else one item per line. */
export const enclosed = ({ open, items, close, at = 0, padded = false }: Enclosed): string => {
  const space = padded && items.length > 0 ? ' ' : '';
  const line = `${open}${space}${items.join(', ')}${space}${close}`;
  if (at + line.length <= WIDTH && !line.includes('\n')) return line;
  return [open, ...indent(items.map((item) => `${item},`)), close].join('\n');
};

/** `import { a, b } from './x';` */
export const imported = (names: readonly string[], from: string): string =>
  enclosed({ open: 'import {', items: names, close: `} from '${from}';`, padded: true });
