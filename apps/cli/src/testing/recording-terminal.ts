import { NO_COLORS, type Palette } from '../terminal/palette.js';
import type { Terminal } from '../terminal/terminal.js';

export interface TerminalShape {
  readonly isTerminal?: boolean;
  readonly canAsk?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly palette?: Palette;
}

/** A terminal that keeps what was written to it; no terminal at all unless told otherwise. */
export class RecordingTerminal implements Terminal {
  readonly isTerminal: boolean;
  readonly canAsk: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly palette: Palette;
  stdout = '';
  stderr = '';

  constructor(shape: TerminalShape = {}) {
    this.isTerminal = shape.isTerminal ?? false;
    this.canAsk = shape.canAsk ?? false;
    this.columns = shape.columns ?? 100;
    this.rows = shape.rows ?? 40;
    this.palette = shape.palette ?? NO_COLORS;
  }

  out(text: string): void {
    this.stdout += `${text}\n`;
  }

  err(text: string): void {
    this.stderr += `${text}\n`;
  }

  raw(text: string): void {
    this.stdout += text;
  }
}
