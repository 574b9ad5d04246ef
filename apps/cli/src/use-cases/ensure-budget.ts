import { budget } from '@squados/board';
import type { ProjectId } from '@squados/contracts';
import { budgetOf, type AuthorSetup } from '../author/author-setup.js';
import { setBudget } from '../author/set-budget.js';
import type { CliContext } from '../cli-context.js';
import type { DataFolder } from '../solo/data-folder.js';
import { usd } from '../terminal/usd.js';
import { firstProject } from '../views/project-of.js';
import { actorOf } from './actor.js';
import { readFold } from './read-fold.js';
import { submit } from './submit.js';
import { withReader } from './with-reader.js';

interface Money {
  readonly folder: DataFolder;
  readonly author: AuthorSetup;
  /** `--budget`, where it was given. */
  readonly asked: string | undefined;
}

/**
 * Before a project that is on record goes on with a model: the limit that was asked for, or where none was ever set (it was begun
 * without a model) the one that every run has. Recorded before anything can be dispatched. @throws CliError for what is no amount
 */
export const ensureBudget = async (context: CliContext, { folder, author, asked }: Money): Promise<void> => {
  if (author.kind !== 'claude') return;
  const found = await limitOf(context, folder);
  const wanted = budgetOf(asked) ?? (found?.limit === undefined ? author.budgetNanoUsd : undefined);
  if (found === undefined || wanted === undefined || wanted === found.limit) return;
  await submit(folder, setBudget(found.project, actorOf(context.env), wanted));
  context.terminal.err(`the project may cost ${usd(wanted)}, spent ones included`);
};

/** Undefined: there is no project that could cost anything. */
const limitOf = (
  context: CliContext,
  { root }: DataFolder,
): Promise<{ readonly project: ProjectId; readonly limit: number | undefined } | undefined> =>
  withReader(context, { data: root }, async ({ log }) => {
    const fold = await readFold(log);
    const at = firstProject(fold);
    if (at === undefined || at.view.status === 'completed' || at.view.status === 'stopped') return undefined;
    const limit = budget(fold.board, at.view.id)?.limits.find(({ scope }) => scope.kind === 'project')?.nanoUsd;
    return { project: at.view.id, limit };
  });
