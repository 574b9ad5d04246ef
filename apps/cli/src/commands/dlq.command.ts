import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

export const dlqCommand: CommandFile = ({ context, done }) =>
  projectCommand('dlq', 'the cards that were given up, and why', [
    'squados dlq',
    'squados dlq --json',
    'squados retry --dead',
  ]).action(async (options: CommonOptions) => {
    const { listDeadLetters } = await import('../use-cases/list-dead-letters.js');
    const found = await listDeadLetters(context, options);
    done(found === 0 ? EXIT.done : EXIT.deadLetters);
  });
