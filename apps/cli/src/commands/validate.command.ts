import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly lenient?: boolean;
}

export const validateCommand: CommandFile = ({ context, done }) =>
  commonCommand('validate', 'check a backlog or requirements documents without running anything', [
    'squados validate backlog_master.json',
    'squados validate requirements.md --json',
  ])
    .argument('<file...>', 'a backlog, or requirements documents')
    .option('--lenient', 'what `run --lenient` would import, and what it would leave out')
    .action(async (files: string[], options: Options) => {
      const { validateInput } = await import('../use-cases/validate-input.js');
      done(await validateInput(context, files, options));
    });
