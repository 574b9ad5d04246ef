import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly usd?: string;
  readonly tokens?: string;
  readonly epic?: string;
  readonly agent?: string;
  readonly card?: string;
  readonly reason: string;
}

export const budgetCommand: CommandFile = ({ context, done }) =>
  projectCommand('budget', 'set the most that models may cost; a project that it had stopped goes on', [
    'squados budget --usd 20',
    "squados budget --usd 0.50 --card BE-003 --reason 'not worth more'",
    'squados budget --usd 4 --tokens 3000000 --epic EPIC-002',
  ])
    .option('--usd <amount>', 'US dollars, spent ones included')
    .option('--tokens <number>', 'tokens of every kind together, spent ones included')
    .option('--epic <id>', 'only for this card and whatever is a part of it')
    .option('--agent <name>', 'only for this agent')
    .option('--card <id>', 'only for this card')
    .option('--reason <text>', 'why, for the record', 'given on the command line')
    .action(async (options: Options) => {
      const { setProjectBudget } = await import('../use-cases/set-project-budget.js');
      await setProjectBudget(context, options);
      done(EXIT.done);
    });
