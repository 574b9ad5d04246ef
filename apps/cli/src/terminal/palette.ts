export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const wrap =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`;
const plain = (text: string): string => text;

export const COLORS: Palette = {
  bold: wrap(1, 22),
  dim: wrap(2, 22),
  red: wrap(31, 39),
  green: wrap(32, 39),
  yellow: wrap(33, 39),
  cyan: wrap(36, 39),
};
export const NO_COLORS: Palette = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };

/** Colours only for people: a terminal, and neither NO_COLOR (any value) nor TERM=dumb. */
export const paletteFor = (isTerminal: boolean, env: NodeJS.ProcessEnv): Palette =>
  isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb' ? COLORS : NO_COLORS;
