import { EXIT, type ExitCode } from './exit-codes.js';

export interface CliErrorParts {
  /** What to do next; one line each. */
  readonly remedy?: readonly string[];
  /** More of the same kind (every fault of a file), one line each. */
  readonly details?: readonly string[];
  readonly exitCode?: ExitCode;
  readonly code?: string;
  readonly cause?: unknown;
}

/** Something that the person at the keyboard can put right. The message is one line: `<file>:<place>: <what>`. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly remedy: readonly string[];
  readonly details: readonly string[];
  readonly exitCode: ExitCode;
  readonly code: string;

  constructor(message: string, parts: CliErrorParts = {}) {
    super(message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.remedy = parts.remedy ?? [];
    this.details = parts.details ?? [];
    this.exitCode = parts.exitCode ?? EXIT.input;
    this.code = parts.code ?? 'input';
  }
}
