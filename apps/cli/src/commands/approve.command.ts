import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly role: string;
  readonly by?: string;
  readonly reason: string;
  readonly refuse?: boolean;
  readonly yes?: boolean;
}

export const approveCommand: CommandFile = ({ context, done }) =>
  projectCommand('approve', 'approve, or refuse, what a card would bring to staging or production', [
    "squados approve DEPLOY-001 --role tech-lead --reason 'the load test is fine'    shows what it is about, then asks",
    "squados approve DEPLOY-001 --role product-owner --by Rosa --reason 'not before the holiday' --refuse --yes",
  ])
    .argument('<card>', "the card's id")
    .requiredOption('--role <name>', 'the role that you speak for: tech-lead, product-owner')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--by <name>', 'who you are (default: SQUADOS_USER, else the system user)')
    .option('--refuse', 'refuse instead: the card becomes a dead letter with your words')
    .option('-y, --yes', 'do not ask')
    .action(async (id: string, options: Options) => {
      const { approveCard } = await import('../use-cases/approve-card.js');
      await approveCard(context, { ...options, card: id });
      done(EXIT.done);
    });
