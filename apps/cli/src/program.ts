import { Command, CommanderError } from 'commander';
import type { CliContext } from './cli-context.js';
import { COMMANDS } from './commands/index.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { reportError } from './report-error.js';

const EXAMPLES = `
Examples:
  squados run requirements.md                 a document becomes cards, stories and verified designs
  squados run backlog_master.json --exit      a backlog runs; the command ends when everything is settled
  squados status                              where it stands
  squados why PROD-001                        everything that is known of a card
  squados retry PROD-001                      another try for a card that was given up

Data is kept in ./.squados/<name> unless --data says otherwise.
Exit codes: 0 done, 1 bug, 2 input, 3 dead letters, 4 waivers under --strict, 130 stopped.`;

/** Parses the arguments, runs one command, answers with the exit code. Never throws. */
export const runCli = async (argv: readonly string[], context: CliContext): Promise<ExitCode> => {
  const json = argv.includes('--json');
  let exitCode: ExitCode = EXIT.done;
  const program = buildProgram(context, (code) => (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return reportError(error, context.terminal, { json, debug: (context.env['SQUADOS_DEBUG'] ?? '') !== '' });
  }
};

const buildProgram = (context: CliContext, done: (code: ExitCode) => void): Command => {
  const program = new Command('squados')
    .description('Documents become verified software, every step an event in one log.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.out(text.trimEnd()),
      writeErr: () => undefined,
    });
  for (const command of COMMANDS)
    program.addCommand(command({ context, done }).exitOverride().copyInheritedSettings(program));
  return program;
};

const VERSION = '0.1.0';
