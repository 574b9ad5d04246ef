import { CliError } from '../cli-error.js';
import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly reason: string;
  readonly dead?: boolean;
  readonly from?: string;
  readonly yes?: boolean;
}

export const retryCommand: CommandFile = ({ context, done }) => {
  const retryOne = async (ids: readonly string[], options: Options & { readonly from: string }): Promise<void> => {
    const [id] = ids;
    if (id === undefined || ids.length > 1 || options.dead)
      throw new CliError('--from takes one card at a time', { code: 'usage', remedy: ['name the card to try again'] });
    const { retryFromFile } = await import('../use-cases/retry-from-file.js');
    await retryFromFile(context, id, options);
    done(EXIT.done);
  };
  return projectCommand('retry', 'give cards that were given up another try', [
    'squados retry PROD-001',
    "squados retry --dead --reason 'the disk has room again'",
    'squados retry ARCH-002 --from backlog_master.json    the text was corrected there: shows the difference first',
  ])
    .argument('[card...]', 'ids of dead-lettered cards')
    .option('--dead', 'every dead letter of the project')
    .option('--from <file>', 'take its text, or that of the cards it was derived from, from the corrected file')
    .option('-y, --yes', 'with --from: do not ask before cards that were made are made again')
    .option('--reason <text>', 'why, for the record', 'retried from the command line')
    .action(async (ids: string[], options: Options) => {
      if (options.from !== undefined) return retryOne(ids, { ...options, from: options.from });
      const { interveneOnCard } = await import('../use-cases/intervene.js');
      await interveneOnCard(context, { ...options, type: 'RetryCard', cards: options.dead ? 'dead' : ids });
      done(EXIT.done);
    });
};
