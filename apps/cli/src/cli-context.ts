import type { Terminal } from './terminal/terminal.js';

/** What the outside world gives a command; a test brings its own. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}
