import { EXIT } from '../exit-codes.js';
import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

export const downCommand: CommandFile = ({ context, done }) =>
  commonCommand('down', 'stop the product that DEPLOY started; its data stay', [
    'squados down',
    'squados down --data .squados/library',
  ]).action(async (options: CommonOptions) => {
    const { takeProductDown } = await import('../use-cases/take-product-down.js');
    await takeProductDown(context, options);
    done(EXIT.done);
  });
