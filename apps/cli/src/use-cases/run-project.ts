import { authorLine, authorOf } from '../author/author-setup.js';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { requireFree } from '../solo/control.js';
import { commandName } from '../terminal/command-name.js';
import { shellQuote } from '../views/shell-quote.js';
import { tallyOf } from '../views/tally.js';
import { begins } from './begins.js';
import { createProject } from './create-project.js';
import { ensureBudget } from './ensure-budget.js';
import { prepareProject, type Prepared } from './prepare-project.js';
import { outcomeOf } from './run-outcome.js';
import type { RunOptions } from './run-options.js';
import { readProject } from './with-reader.js';

/** `squados run`: previews, asks, creates or resumes the project, runs its agents. */
export const runProject = async (
  context: CliContext,
  files: readonly string[],
  options: RunOptions,
): Promise<ExitCode> => {
  const prepared = await prepareProject(context, files, options);
  const { folder, state } = prepared;
  if (state.kind === 'complete') return tellComplete(context, prepared, options);
  await requireFree(folder);
  if (state.kind === 'unfinished')
    context.terminal.err(
      `${authorLine(authorOf(context.env, options))}\ngoing on with ${folder.root}: ${state.at.view.total} cards are recorded`,
    );
  else if (!(await begins(context, prepared.input, options))) return EXIT.stopped;
  const author = authorOf(context.env, options);
  if (state.kind === 'unfinished') await ensureBudget(context, { folder, author, asked: options.budget });
  const onStarted = state.kind === 'unfinished' ? undefined : createProject(prepared);
  // Loaded here: bad input is told without the weight of services and agents.
  const { runSession } = await import('./run-session.js');
  return runSession(context, {
    folder,
    options,
    cleanUp: !prepared.existed,
    author,
    ...(onStarted === undefined ? {} : { onStarted }),
  });
};

const tellComplete = async (context: CliContext, { folder }: Prepared, options: RunOptions): Promise<ExitCode> => {
  const { fold, at } = await readProject(context, { data: folder.root });
  const tally = tallyOf(fold, at);
  const { terminal } = context;
  if (options.json) terminal.out(JSON.stringify({ status: 'completed', data: folder.root, tally }, undefined, 2));
  else
    terminal.out(`complete; --fresh repeats it. Look at it: ${commandName()} status --data ${shellQuote(folder.root)}`);
  return outcomeOf({ tally, status: at.view.status, strict: options.strict === true });
};
