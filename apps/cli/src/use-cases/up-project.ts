import { authorLine, authorOf } from '../author/author-setup.js';
import type { CliContext } from '../cli-context.js';
import type { ExitCode } from '../exit-codes.js';
import { requireFree } from '../solo/control.js';
import { ensureBudget } from './ensure-budget.js';
import { emptyFolder, findDataFolder } from './find-data-folder.js';
import type { RunOptions } from './run-options.js';

/** `squados up`: goes on with what a folder holds. */
export const upProject = async (context: CliContext, options: RunOptions): Promise<ExitCode> => {
  const folder = options.new ? emptyFolder(context, options.data) : await findDataFolder(context, options.data);
  await requireFree(folder);
  const { runSession } = await import('./run-session.js');
  const author = authorOf(context.env, options);
  context.terminal.err(authorLine(author));
  if (!options.new) await ensureBudget(context, { folder, author, asked: options.budget });
  return runSession(context, { folder, options, author, cleanUp: false });
};
