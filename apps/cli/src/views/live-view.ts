import type { Clock } from '@squados/orchestrator';
import type { Terminal } from '../terminal/terminal.js';

const BETWEEN_MS = 100;

/**
 * Redraws a picture in place, at most ten times a second, and only when somebody said that something changed.
 * Owns the lines it drew and the cursor's visibility; nothing else may write to the terminal meanwhile but `above`.
 */
export class LiveView {
  #lines = 0;
  #cancel: (() => void) | undefined;
  #open = false;

  constructor(
    private readonly parts: {
      readonly terminal: Terminal;
      readonly clock: Clock;
      readonly draw: () => readonly string[];
    },
  ) {}

  changed(): void {
    this.#cancel ??= this.parts.clock.after(BETWEEN_MS, () => this.#paint());
  }

  /** Leaves a line standing over the picture. */
  above(line: string): void {
    const back = this.#lines > 0 ? `\r\u001b[${this.#lines}A\u001b[J` : '';
    this.parts.terminal.raw(`${back}${line}\n`);
    this.#lines = 0;
    if (this.#open) this.changed();
  }

  /** Draws a last time and leaves the picture standing. Calling it twice is safe. */
  close(): void {
    if (this.#open || this.#cancel) this.#paint();
    if (this.#open) this.parts.terminal.raw('\u001b[?25h');
    this.#open = false;
    this.#lines = 0;
  }

  #paint(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const { terminal, draw } = this.parts;
    const lines = draw().slice(0, Math.max(terminal.rows - 2, 1));
    const back = this.#lines > 0 ? `\r\u001b[${this.#lines}A` : '\r';
    terminal.raw(`${this.#open ? '' : '\u001b[?25l'}${back}\u001b[J${lines.join('\n')}\n`);
    this.#open = true;
    this.#lines = lines.length;
  }
}
