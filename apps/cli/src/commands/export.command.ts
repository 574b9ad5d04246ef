import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly output?: string;
}

export const exportCommand: CommandFile = ({ context, done }) =>
  projectCommand('export', 'the project as backlog_master.json, in the words that file has always used', [
    'squados export > backlog_master.json',
    'squados export --output backlog_master.json',
  ])
    .option('-o, --output <file>', 'write there instead of to stdout')
    .action(async (options: Options) => {
      const { exportProject } = await import('../use-cases/export-project.js');
      await exportProject(context, options);
      done(EXIT.done);
    });
