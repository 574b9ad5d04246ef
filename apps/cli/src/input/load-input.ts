import { CliError } from '../cli-error.js';
import { SOLO_AGENTS } from '../solo/solo-agents.js';
import { backlogInput } from './backlog.js';
import { refuseFaults } from './contract-faults.js';
import { contractInput } from './contract.js';
import { isBacklog, isContract, isSchema } from './detect-input.js';
import { documentsInput, loadDocument } from './documents.js';
import { readInputFile, type InputFile } from './input-file.js';
import type { ProjectInput } from './project-input.js';
import { schemaInput } from './schema.js';

/**
 * Reads what the command line names: one backlog, requirements documents, one backlog and the documents of its epic, one OpenAPI contract,
 * or the SQL scripts of one database.
 * @throws CliError for everything that can't be read or is not sound.
 */
export const loadInput = async (cwd: string, given: readonly string[], lenient: boolean): Promise<ProjectInput> => {
  const files = await Promise.all(given.map((name) => readInputFile(cwd, name)));
  const input = inputOf(files, lenient);
  await refuseFaults(files);
  return input;
};

/** The same of files that were read already. @throws CliError for what is not sound. */
export const inputOf = (files: readonly InputFile[], lenient: boolean): ProjectInput => {
  const contract = files.find(isContract);
  if (contract !== undefined) return contractAlone(contract, files);
  if (files.some(isSchema)) return schemasAlone(files);
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

/** @throws CliError when anything else was named beside it. */
const contractAlone = (contract: InputFile, files: readonly InputFile[]): ProjectInput => {
  const other = files.find((file) => file !== contract);
  if (other === undefined) return contractInput(contract);
  throw new CliError(`${other.given}: a contract is a whole design, nothing stands beside it`, {
    code: 'usage',
    remedy: [`run ${contract.given} alone`],
  });
};

/** @throws CliError when anything but scripts was named. */
const schemasAlone = (files: readonly InputFile[]): ProjectInput => {
  const other = files.find((file) => !isSchema(file));
  if (other === undefined) return schemaInput(files);
  throw new CliError(`${other.given}: a database schema is a whole design, nothing but SQL stands beside it`, {
    code: 'usage',
    remedy: ['run the SQL scripts alone'],
  });
};
