import type { CliContext } from '../cli-context.js';
import { whyLines, whyPage } from '../views/why-page.js';
import { requireCard } from './require-card.js';
import { readProject } from './with-reader.js';

export const showWhy = async (
  context: CliContext,
  id: string,
  options: { readonly data?: string; readonly json?: boolean },
): Promise<void> => {
  const { fold, at } = await readProject(context, options.data);
  const { id: known } = requireCard(fold, at, id);
  const page = whyPage(fold, at.view.id, known);
  if (page === undefined) return;
  if (options.json) context.terminal.out(JSON.stringify(page, undefined, 2));
  else for (const line of whyLines(page, context.terminal.palette)) context.terminal.out(line);
};
