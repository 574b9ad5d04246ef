import type { RunOptions } from '../use-cases/run-options.js';
import { commonCommand, type CommandFile } from './command.js';

export const importCommand: CommandFile = ({ context, done }) =>
  commonCommand('import', 'record a backlog or documents as a project without running it', [
    'squados import backlog_master.json --data ./build',
    'squados import backlog_master.json --lenient',
  ])
    .argument('<file...>', 'a backlog (JSON), or requirements documents')
    .option('--fresh', 'move what is there aside and begin again')
    .option('--strict', 'no gate is waived by a policy')
    .option('--lenient', 'import what is sound and list the rest')
    .option('--profile <name>', 'how much the gates check: quick or full', 'quick')
    .option('--backend <language>', 'python or go; without it, what most backend cards ask for')
    .option('--agents <name...>', 'only these take part; the chain ends where the next one is missing')
    .action(async (files: string[], options: RunOptions) => {
      const { importProject } = await import('../use-cases/import-project.js');
      done(await importProject(context, files, options));
    });
