import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

export const doctorCommand: CommandFile = ({ context, done }) =>
  commonCommand('doctor', 'what this machine can do: node, disk, gates, toolchains, who holds the folder', [
    'squados doctor',
    'squados doctor --json',
  ]).action(async (options: CommonOptions) => {
    const { examine } = await import('../use-cases/examine.js');
    done(await examine(context, options));
  });
