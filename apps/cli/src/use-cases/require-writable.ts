import { hasGivenDesign, type RunPolicy } from '@squados/contracts';
import { CliError } from '../cli-error.js';
import type { ProjectInput } from '../input/project-input.js';

/** @throws CliError before anything starts, when the backend that is wanted can't be written for what is given. */
export const requireWritable = (
  { backend }: Pick<RunPolicy, 'backend'>,
  { cards, files }: Pick<ProjectInput, 'cards' | 'files'>,
): void => {
  if (backend !== 'go' || !hasGivenDesign(cards)) return;
  const name = files[0]?.given ?? 'the contract';
  throw new CliError(`--backend go: ${name} is a given contract, and the service of one is written in Python only`, {
    code: 'backend-unsupported',
    remedy: ['leave --backend out, or say --backend python'],
  });
};
