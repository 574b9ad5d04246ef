export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const width = (text: string): number => [...text].length;

/** Columns as wide as their widest cell, two spaces apart; nothing is cut. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = columns.map((column, i) => Math.max(width(column.title), ...rows.map((row) => width(row[i] ?? ''))));
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, i) => fit(cells[i] ?? '', widths[i] ?? 0, column.align))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)];
};

const fit = (text: string, size: number, align: Column['align']): string => {
  const space = ' '.repeat(Math.max(size - width(text), 0));
  return align === 'right' ? space + text : text + space;
};
