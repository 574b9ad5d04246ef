import { CliError } from '../cli-error.js';
import { commonCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly recorded?: boolean;
  readonly into?: string;
}

export const rerunCommand: CommandFile = ({ context, done }) =>
  commonCommand('rerun', 'execute a recorded run again from its own record, without asking a model', [
    'squados rerun --recorded',
    'squados rerun --recorded --data ./build --into ./build-again',
  ])
    .option('--recorded', 'answers of models come from the log; what is not there is an error')
    .option('--into <folder>', 'an empty folder for the second run (default: <data>-rerun)')
    .action(async (options: Options) => {
      if (!options.recorded)
        throw new CliError('rerun: say how', { code: 'usage', remedy: ['squados rerun --recorded'] });
      const { rerunRecorded } = await import('../use-cases/rerun-recorded.js');
      done(await rerunRecorded(context, options));
    });
