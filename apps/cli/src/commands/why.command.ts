import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

export const whyCommand: CommandFile = ({ context, done }) =>
  projectCommand('why', 'everything that is known of a card: origin, attempts, verdicts, waivers, artifacts', [
    'squados why PROD-001',
    'squados why ARCH-003 --json',
  ])
    .argument('<card>', "the card's id")
    .action(async (id: string, options: CommonOptions) => {
      const { showWhy } = await import('../use-cases/show-why.js');
      await showWhy(context, id, options);
      done(EXIT.done);
    });
