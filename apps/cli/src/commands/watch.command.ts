import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly exit?: boolean;
}

export const watchCommand: CommandFile = ({ context, done }) =>
  projectCommand('watch', 'follow a project that another process runs', [
    'squados watch',
    'squados watch --exit | tee run.txt',
  ])
    .option('--exit', 'end when the project is settled')
    .action(async (options: Options) => {
      const { watchProject } = await import('../use-cases/watch-project.js');
      done(await watchProject(context, options));
    });
