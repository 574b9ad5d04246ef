import { EXIT } from '../exit-codes.js';
import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

export const restoreCommand: CommandFile = ({ context, done }) =>
  commonCommand('restore', 'bring an archived project back, into a folder or log of its own', [
    'squados restore corner-shop.archive --data shop',
    'squados restore corner-shop.archive --nats nats://host:4222   an account in which nothing has run yet',
    'squados events --verify --data shop                           checks what came back',
  ])
    .argument('<file>', 'what `squados archive` wrote')
    .option('--nats <url>', 'the NATS servers to restore to, instead of a folder')
    .action(async (file: string, options: CommonOptions) => {
      const { restoreProject } = await import('../use-cases/restore-project.js');
      await restoreProject(context, file, options);
      done(EXIT.done);
    });
