import type { RunOptions } from '../use-cases/run-options.js';
import { commonCommand, type CommandFile } from './command.js';

export const upCommand: CommandFile = ({ context, done }) =>
  commonCommand('up', 'start orchestrator and agents on a folder and stay up', [
    'squados up                      the folder used last',
    'squados up --data ./build --exit',
  ])
    .option('--new', 'an empty folder: drop the document on its page')
    .option('--exit', 'end when the project is settled')
    .option('--strict', 'waivers count as a failure of the run (exit code 4)')
    .option('--author <name>', 'claude (with ANTHROPIC_API_KEY) or offline; without it, claude when there is a key')
    .option('--budget <usd>', 'the most that models may cost, spent ones included (5 where none was ever set)')
    .option('--model <name=model...>', 'another model for an agent or a card')
    .option('--concurrency <agent=n...>', 'attempts at a time per agent')
    .option('--page', 'show the live page also with --exit')
    .option('--no-page', 'no live page')
    .option('--port <number>', 'port of the live page; when it is taken, the next free one')
    .action(async (options: RunOptions) => {
      const { upProject } = await import('../use-cases/up-project.js');
      done(await upProject(context, options));
    });
