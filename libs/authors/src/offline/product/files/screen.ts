/** Draws a screen in characters. Widths count code points; every line of a frame has the same width. */
export const WIDTH = 92;

const fit = (text: string, width: number): string => {
  const chars = Array.from(text);
  return chars.length <= width
    ? text + ' '.repeat(width - chars.length)
    : `${chars.slice(0, Math.max(0, width - 1)).join('')}…`;
};

export const frame = (title: string, lines: readonly string[], width = WIDTH): readonly string[] => {
  const head = `─ ${fit(title, Math.min(Array.from(title).length, width - 6))} `;
  return [
    `┌${head}${'─'.repeat(Math.max(0, width - 2 - Array.from(head).length))}┐`,
    ...lines.map((line) => `│${fit(` ${line}`, width - 2)}│`),
    `└${'─'.repeat(width - 2)}┘`,
  ];
};

/** A menu at the left of a body, row by row. */
export const beside = (menu: readonly string[], body: readonly string[], menuWidth: number): readonly string[] => {
  const rows = Math.max(menu.length, body.length);
  return Array.from({ length: rows }, (_, i) => `${fit(menu[i] ?? '', menuWidth)} │ ${body[i] ?? ''}`);
};

export const field = (label: string, hint: string, width: number): readonly string[] => {
  const labelWidth = 22;
  return [`${fit(label, labelWidth)} [ ${fit(hint, Math.max(6, width - labelWidth - 6))} ]`];
};

export const grid = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  const each = Math.max(6, Math.floor((width - (header.length - 1) * 3) / header.length));
  const line = (cells: readonly string[]): string => cells.map((cell) => fit(cell, each)).join(' │ ');
  return [line(header), header.map(() => '─'.repeat(each)).join('─┼─'), ...rows.map(line)];
};

export const buttons = (labels: readonly string[]): string => labels.map((label) => `[ ${label} ]`).join('  ');
