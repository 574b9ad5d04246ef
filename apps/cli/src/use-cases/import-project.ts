import { rm } from 'node:fs/promises';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { counted } from '../terminal/counted.js';
import { requireFree } from '../solo/control.js';
import { withWriter } from '../solo/submit-directly.js';
import { previewLines } from '../views/preview.js';
import { commandName } from '../terminal/command-name.js';
import { shellQuote } from '../views/shell-quote.js';
import { createProject } from './create-project.js';
import { prepareProject, type Prepared } from './prepare-project.js';
import type { RunOptions } from './run-options.js';

/** `squados import`: records the project and ends; nothing is enqueued. */
export const importProject = async (
  context: CliContext,
  files: readonly string[],
  options: RunOptions,
): Promise<ExitCode> => {
  const prepared = await prepareProject(context, files, options);
  const { state } = prepared;
  const isNew = state.kind === 'new' || state.kind === 'begun';
  if (isNew) await record(prepared);
  tell({ context, prepared, isNew, json: options.json === true });
  return EXIT.done;
};

const record = async (prepared: Prepared): Promise<void> => {
  await requireFree(prepared.folder);
  try {
    await withWriter(prepared.folder, createProject(prepared));
  } catch (error) {
    if (!prepared.existed) await rm(prepared.folder.root, { recursive: true, force: true });
    throw error;
  }
};

const tell = (told: {
  readonly context: CliContext;
  readonly prepared: Prepared;
  readonly isNew: boolean;
  readonly json: boolean;
}): void => {
  const { input, folder } = told.prepared;
  const { terminal } = told.context;
  if (told.json) {
    const { warnings, leftOut, project, cards } = input;
    return terminal.out(
      JSON.stringify(
        { project, data: folder.root, imported: told.isNew ? cards.length : 0, warnings, leftOut },
        undefined,
        2,
      ),
    );
  }
  for (const line of previewLines(input, [])) terminal.err(line);
  terminal.out(
    told.isNew
      ? `imported ${counted(input.cards.length, 'card')}; run them: ${commandName()} up --data ${shellQuote(folder.root)}`
      : 'nothing to import: this input is recorded already',
  );
};
