import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly cards?: boolean;
}

export const statusCommand: CommandFile = ({ context, done }) =>
  projectCommand('status', 'where the project stands', [
    'squados status',
    'squados status --cards',
    'squados status --json',
  ])
    .option('--cards', 'list every card with its state')
    .action(async (options: Options) => {
      const { showStatus } = await import('../use-cases/show-status.js');
      await showStatus(context, options);
      done(EXIT.done);
    });
