import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly to?: string;
  readonly cards?: boolean;
}

export const replayCommand: CommandFile = ({ context, done }) =>
  projectCommand('replay', 'fold the log up to a place and show the board as of then; nothing is set in motion', [
    'squados replay --to 120',
    'squados replay --to 2025-01-31T12:00:00Z --cards',
  ])
    .option('--to <position|time>', 'last position to fold, or a time (RFC 3339)')
    .option('--cards', 'list every card with its state')
    .action(async (options: Options) => {
      const { replay } = await import('../use-cases/replay.js');
      await replay(context, options);
      done(EXIT.done);
    });
