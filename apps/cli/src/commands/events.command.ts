import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly card?: string;
  readonly agent?: string;
  readonly type?: string[];
  readonly after?: string;
  readonly limit?: string;
  readonly verify?: boolean;
}

export const eventsCommand: CommandFile = ({ context, done }) =>
  projectCommand('events', 'the log itself, as it was written', [
    'squados events --card PROD-001',
    'squados events --type CardFailed CardDeadLettered',
    'squados events --verify            checks every promise of the log with code of its own',
  ])
    .option('--card <id>', 'only of this card')
    .option('--agent <name>', "only of this agent's cards")
    .option('--type <name...>', 'only events of these types')
    .option('--after <position>', 'only after this position')
    .option('--limit <n>', 'at most so many')
    .option(
      '--verify',
      'check lanes, order, ends of attempts, gates; compare with the board and with a restored snapshot',
    )
    .action(async (options: Options) => {
      if (options.verify) {
        const { verifyFolder } = await import('../use-cases/verify-folder.js');
        done(await verifyFolder(context, options));
        return;
      }
      const { listEvents } = await import('../use-cases/list-events.js');
      await listEvents(context, options);
      done(EXIT.done);
    });
