import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly reason: string;
  readonly yes?: boolean;
}

export const rollbackCommand: CommandFile = ({ context, done }) =>
  projectCommand('rollback', 'send a card, and all that was built on it, back to the start', [
    'squados rollback PROD-001          shows first what it would reach, then asks',
    "squados rollback PROD-001 --yes --reason 'the rule was misread'",
  ])
    .argument('<card>', "the card's id")
    .option('-y, --yes', 'do not ask')
    .option('--reason <text>', 'why, for the record', 'rolled back from the command line')
    .action(async (id: string, options: Options) => {
      const { rollBack } = await import('../use-cases/roll-back.js');
      await rollBack(context, id, options);
      done(EXIT.done);
    });
