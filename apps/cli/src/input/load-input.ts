import { CliError } from '../cli-error.js';
import { SOLO_AGENTS } from '../solo/solo-agents.js';
import { backlogInput } from './backlog.js';
import { isBacklog } from './detect-input.js';
import { documentsInput, loadDocument } from './documents.js';
import { readInputFile, type InputFile } from './input-file.js';
import type { ProjectInput } from './project-input.js';

/**
 * Reads what the command line names: one backlog, requirements documents, or one backlog and the documents of its epic.
 * @throws CliError for everything that can't be read or is not sound.
 */
export const loadInput = async (cwd: string, given: readonly string[], lenient: boolean): Promise<ProjectInput> => {
  const files = await Promise.all(given.map((name) => readInputFile(cwd, name)));
  return inputOf(files, lenient);
};

/** The same of files that were read already. @throws CliError for what is not sound. */
export const inputOf = (files: readonly InputFile[], lenient: boolean): ProjectInput => {
  const backlogs = files.filter(isBacklog);
  const documents = files.filter((file) => !isBacklog(file));
  const [backlog, second] = backlogs;
  if (second !== undefined) {
    const remedy = ['give each backlog a folder of its own: one run per backlog'];
    throw new CliError(`${second.given}: only one backlog can be run at a time`, { code: 'usage', remedy });
  }
  const loaded = documents.map(loadDocument);
  return backlog === undefined
    ? documentsInput(loaded)
    : backlogInput(backlog, loaded, { lenient, knownAgents: SOLO_AGENTS });
};
