import type { Command } from '@squados/contracts';
import type { SubmitResult } from '@squados/orchestrator';
import { CliError } from '../cli-error.js';
import { EXIT } from '../exit-codes.js';
import type { DataFolder } from '../solo/data-folder.js';
import { askRunning, isRunning } from '../solo/control.js';
import { submitDirectly } from '../solo/submit-directly.js';

export interface Submitted {
  /** Through the process that runs the folder, or straight into the log. */
  readonly via: 'running' | 'log';
  readonly position: number;
}

/**
 * Has a command decided and recorded: by the process that owns the folder when there is one, else directly.
 * @throws CliError when it is rejected; nothing was recorded then.
 */
export const submit = async (folder: DataFolder, command: Command): Promise<Submitted> => {
  const via = (await isRunning(folder)) ? 'running' : 'log';
  const result = via === 'running' ? await askRunning(folder, command) : await submitDirectly(folder, command);
  if (result.kind === 'rejected') throw rejection(result);
  return { via, position: result.position };
};

const rejection = (result: Extract<SubmitResult, { kind: 'rejected' }>): CliError =>
  new CliError(result.message, { code: result.reason, details: result.details, exitCode: EXIT.input });
