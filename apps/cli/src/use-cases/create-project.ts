import type { ArtifactStore } from '@squados/artifacts';
import type { Command } from '@squados/contracts';
import type { SubmitResult } from '@squados/orchestrator';
import { CliError } from '../cli-error.js';
import type { Prepared } from './prepare-project.js';
import { addCommand, budgetCommand, startCommand } from './rehearse.js';

export interface ProjectTarget {
  readonly artifacts: ArtifactStore;
  submit(command: Command): Promise<SubmitResult>;
}

/**
 * Records the prepared project: bytes first, then its start, then all cards in one event. A crash between the last two leaves
 * a project without cards, which the next start completes.
 */
export const createProject =
  ({ project, input, state }: Pick<Prepared, 'project' | 'input' | 'state'>) =>
  async (target: ProjectTarget): Promise<void> => {
    for (const file of input.files) await target.artifacts.put(file.bytes);
    if (state.kind === 'new') await required(target, startCommand(project));
    const budget = budgetCommand(project);
    if (budget) await required(target, budget); // before there is a card that could cost anything
    await required(target, addCommand(project));
  };

const required = async (target: ProjectTarget, command: Command): Promise<void> => {
  const result = await target.submit(command);
  if (result.kind === 'rejected') throw new CliError(result.message, { code: result.reason, details: result.details });
};
