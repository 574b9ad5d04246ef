import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly reason: string;
}

export const resumeCommand: CommandFile = ({ context, done }) =>
  projectCommand('resume', 'go on after a pause', ['squados resume'])
    .option('--reason <text>', 'why, for the record', 'resumed from the command line')
    .action(async (options: Options) => {
      const { interveneOnProject } = await import('../use-cases/intervene.js');
      await interveneOnProject(context, { ...options, type: 'ResumeProject' });
      done(EXIT.done);
    });
