import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly system?: boolean;
}

export const setupCommand: CommandFile = ({ context, done }) =>
  commonCommand('setup', 'install what gates build and test generated code with (the pinned sets of toolchains/)', [
    'squados setup python',
    'squados setup go postgres browser',
    'squados setup all --system',
  ])
    .argument('<toolchain...>', 'web, python, go, postgres, browser, nats, sandbox, or all')
    .option('--system', 'where a program of the system is missing (bubblewrap, python3), let apt-get install it (root)')
    .action(async (names: string[], options: Options) => {
      const { setUp } = await import('../use-cases/set-up.js');
      done(await setUp(context, names, options));
    });
