import { Command } from 'commander';
import type { CliContext } from '../cli-context.js';
import type { ExitCode } from '../exit-codes.js';

export interface CommandParts {
  readonly context: CliContext;
  /** Told once, with what the process shall end with. */
  readonly done: (code: ExitCode) => void;
}

/** Builds one subcommand. */
export type CommandFile = (parts: CommandParts) => Command;

export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly nats?: string;
  readonly project?: string;
}

/** A command with what all of them share: `--data`, `--json`, examples under its help. */
export const commonCommand = (name: string, description: string, examples: readonly string[]): Command =>
  new Command(name)
    .description(description)
    .option('-d, --data <folder>', 'data folder (default: the one used last under ./.squados)')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);

/** A command about a project that is there, in a folder or on a server. */
export const projectCommand = (name: string, description: string, examples: readonly string[]): Command =>
  commonCommand(name, description, examples)
    .option('--nats <url>', 'the NATS servers that hold the log, instead of a folder: nats://[user:password@]host:port')
    .option('--project <id>', 'with --nats: which project, where the log holds several');
