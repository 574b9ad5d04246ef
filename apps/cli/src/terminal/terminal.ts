import { paletteFor, type Palette } from './palette.js';

/** What commands write to: results on `out`, everything said to people meanwhile on `err`. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly canAsk: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly palette: Palette;
  /** A result, for people or programs; a line break is added. */
  out(text: string): void;
  /** Progress, hints, errors; a line break is added. */
  err(text: string): void;
  /** Exactly these characters, for redrawing. */
  raw(text: string): void;
}

export const processTerminal = (): Terminal => {
  const { stdout, stderr, stdin } = process;
  return {
    isTerminal: stdout.isTTY,
    canAsk: stdin.isTTY && stderr.isTTY,
    get columns() {
      return stdout.columns || 100;
    },
    get rows() {
      return stdout.rows || 40;
    },
    palette: paletteFor(stdout.isTTY, process.env),
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    raw: (text) => void stdout.write(text),
  };
};
