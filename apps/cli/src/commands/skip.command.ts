import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly reason: string;
}

export const skipCommand: CommandFile = ({ context, done }) =>
  projectCommand('skip', 'skip a card: its dependents go on and are marked assumed', [
    "squados skip PROD-004 --reason 'decided by hand'",
  ])
    .argument('<card>', "the card's id")
    .option('--reason <text>', 'why, for the record', 'skipped from the command line')
    .action(async (id: string, options: Options) => {
      const { interveneOnCard } = await import('../use-cases/intervene.js');
      await interveneOnCard(context, { ...options, type: 'SkipCard', cards: [id] });
      done(EXIT.done);
    });
