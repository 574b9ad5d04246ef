import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CliContext } from '../cli-context.js';
import { loadInput } from '../input/load-input.js';
import type { ProjectInput } from '../input/project-input.js';
import { takingPart } from '../input/taking-part.js';
import { DATA_HOME, dataFolderAt, type DataFolder } from '../solo/data-folder.js';
import { requireFree } from '../solo/control.js';
import { authorOf, budgetOfAuthor, policyFor } from '../author/author-setup.js';
import { actorOf } from './actor.js';
import { compareFolder, moveAside, type FolderState } from './existing-folder.js';
import { rehearse, type NewProject } from './rehearse.js';
import { requireWritable } from './require-writable.js';
import { agentsOf, soloPolicy, type RunOptions } from './run-options.js';

export interface Prepared {
  readonly project: NewProject;
  readonly input: ProjectInput;
  readonly folder: DataFolder;
  readonly state: FolderState;
  /** Whether the folder was there before this command. */
  readonly existed: boolean;
}

/** Reads and checks everything; touches no disk but to move an old folder aside under `--fresh`. */
export const prepareProject = async (
  context: CliContext,
  files: readonly string[],
  options: RunOptions,
): Promise<Prepared> => {
  const agents = agentsOf(options.agents);
  const input = takingPart(await loadInput(context.cwd, files, options.lenient === true), agents);
  const author = authorOf(context.env, options);
  const policy = policyFor(author, soloPolicy(options));
  requireWritable(policy, input);
  const by = actorOf(context.env);
  const project: NewProject = { input, agents, policy, by, ...budgetOfAuthor(author) };
  rehearse(project);
  const folder = dataFolderAt(
    options.data === undefined ? join(context.cwd, DATA_HOME, input.folderName) : resolve(context.cwd, options.data),
  );
  const existed = existsSync(folder.root);
  if (options.fresh) return { project, input, folder, existed: false, state: await freshState(context, folder) };
  return { project, input, folder, existed, state: await compareFolder(folder, input) };
};

const freshState = async (context: CliContext, folder: DataFolder): Promise<FolderState> => {
  await requireFree(folder);
  const moved = await moveAside(folder);
  if (moved !== undefined) context.terminal.err(`moved aside: ${moved}`);
  return { kind: 'new' };
};
