import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CliContext } from '../cli-context.js';
import { renderBacklog } from '../views/render-backlog.js';
import { readProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface ExportOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly output?: string;
}

/** The file is JSON anyway, so `--json` changes nothing on stdout; with `--output` it says where the file went. */
export const exportProject = async (context: CliContext, options: ExportOptions): Promise<void> => {
  const { fold, at } = await readProject(context, options);
  const text = renderBacklog(fold) ?? '';
  const { terminal } = context;
  if (options.output === undefined) return terminal.raw(text.endsWith('\n') ? text : `${text}\n`);
  const file = resolve(context.cwd, options.output);
  await writeFile(file, text);
  if (options.json) terminal.out(JSON.stringify({ file, cards: at.record.cards.size }));
  else terminal.err(`wrote ${file}`);
};
