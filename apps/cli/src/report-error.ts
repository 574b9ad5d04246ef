import { CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { printable } from './terminal/sanitize.js';
import type { Terminal } from './terminal/terminal.js';

interface Report {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
  readonly remedy: readonly string[];
}

/** Errors of our own adapters say file and remedy themselves; told by name, since a bundle may hold a class twice. */
const OURS: ReadonlySet<string> = new Set(['EventLogError', 'ArtifactError', 'ControlError']);

/** Codes of the operating system that a person can put right. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'you may not read or write there: check the permissions, or give another folder with --data',
  EPERM: 'you may not read or write there: check the permissions, or give another folder with --data',
  EROFS: 'the file system is read-only: give another folder with --data',
  ENOSPC: 'the disk is full: make room and start again, nothing that was recorded is lost',
  EDQUOT: 'the disk quota is used up: make room and start again, nothing that was recorded is lost',
  ENOTDIR: 'a part of the path is a file, not a folder: give another folder with --data',
};

export const reportOf = (error: unknown): Report => {
  const { name, code, message } = error as Error & { code?: string };
  const plain = { details: [], remedy: [] as readonly string[] };
  if (error instanceof CliError) return { ...error, message, code: error.code };
  if (error instanceof CommanderError)
    return { ...plain, exitCode: EXIT.input, code: 'usage', message: message.replace(/^error: /, '') };
  if (OURS.has(name)) return { ...plain, exitCode: EXIT.input, code: code ?? name, message };
  const remedy = SYSTEM[code ?? ''];
  if (remedy !== undefined) return { ...plain, exitCode: EXIT.input, code: code ?? '', message, remedy: [remedy] };
  return { ...plain, exitCode: EXIT.bug, code: 'bug', message: `this is a bug in squados: ${message}` };
};

/** One line that names place and fault, then the remedy; with `--json` the same as one object on stdout. */
export const reportError = (
  error: unknown,
  terminal: Terminal,
  options: { readonly json: boolean; readonly debug: boolean },
): ExitCode => {
  const report = reportOf(error);
  if (options.json) terminal.out(JSON.stringify({ error: report }, undefined, 2));
  else for (const line of errorLines(report)) terminal.err(line);
  if (report.exitCode === EXIT.bug || options.debug) terminal.err((error as Error).stack ?? String(error));
  return report.exitCode;
};

const errorLines = (report: Report): readonly string[] => [
  `squados: ${printable(report.message.replace(/\s*\n\s*/g, ' '))}`,
  ...report.details.map((detail) => `  ${printable(detail)}`),
  ...report.remedy.map((line) => `  ${printable(line)}`),
];
