import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly reason: string;
  readonly now?: boolean;
}

export const pauseCommand: CommandFile = ({ context, done }) =>
  projectCommand('pause', 'enqueue nothing more; what runs may finish', [
    'squados pause',
    "squados pause --now --reason 'wrong document'",
  ])
    .option('--now', 'also take back what is running')
    .option('--reason <text>', 'why, for the record', 'paused from the command line')
    .action(async (options: Options) => {
      const { interveneOnProject } = await import('../use-cases/intervene.js');
      await interveneOnProject(context, { ...options, type: 'PauseProject' });
      done(EXIT.done);
    });
