import { EXIT } from '../exit-codes.js';
import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly reason: string;
  readonly dead?: boolean;
}

export const retryCommand: CommandFile = ({ context, done }) =>
  commonCommand('retry', 'give cards that were given up another try', [
    'squados retry PROD-001',
    "squados retry --dead --reason 'the disk has room again'",
  ])
    .argument('[card...]', 'ids of dead-lettered cards')
    .option('--dead', 'every dead letter of the project')
    .option('--reason <text>', 'why, for the record', 'retried from the command line')
    .action(async (ids: string[], options: Options) => {
      const { interveneOnCard } = await import('../use-cases/intervene.js');
      await interveneOnCard(context, { ...options, type: 'RetryCard', cards: options.dead ? 'dead' : ids });
      done(EXIT.done);
    });
