import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

export const costCommand: CommandFile = ({ context, done }) =>
  projectCommand('cost', 'what models cost: per card and attempt, agent and model, from the log alone', [
    'squados cost',
    'squados cost --json',
  ]).action(async (options: CommonOptions) => {
    const { showCost } = await import('../use-cases/show-cost.js');
    await showCost(context, options);
    done(EXIT.done);
  });
