import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly to: string;
  readonly force?: boolean;
}

export const archiveCommand: CommandFile = ({ context, done }) =>
  projectCommand('archive', 'move a project into a file: export, check the file, purge it from the log', [
    'squados archive corner-shop --to corner-shop.archive',
    'squados archive corner-shop --to corner-shop.archive --nats nats://host:4222',
    'squados restore corner-shop.archive --data shop   looks at it again, in a folder of its own',
  ])
    .argument('<project>', 'its id, as `squados status --json` says it')
    .requiredOption('--to <file>', 'the file to write; the same one goes on with what was cut off')
    .option('--force', 'also when the project is not settled, or artifacts of it are lost')
    .action(async (project: string, options: Options) => {
      const { archiveProject } = await import('../use-cases/archive-project.js');
      await archiveProject(context, project, options);
      done(EXIT.done);
    });
