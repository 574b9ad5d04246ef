import { EXIT } from '../exit-codes.js';
import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

export const linkCommand: CommandFile = ({ context, done }) =>
  commonCommand('link', 'print a new link to the live page; each opens it once', [
    'squados link',
    'squados link --data ./build',
  ]).action(async (options: CommonOptions) => {
    const { showLink } = await import('../use-cases/show-link.js');
    await showLink(context, options);
    done(EXIT.done);
  });
