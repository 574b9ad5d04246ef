import type { Command } from '@squados/contracts';
import type { SubmitResult } from '@squados/orchestrator';
import { CliError } from '../cli-error.js';
import { EXIT } from '../exit-codes.js';
import type { DataFolder } from '../solo/data-folder.js';
import type { NatsPlace } from '../cluster/nats-place.js';
import { askRunning, isRunning } from '../solo/control.js';
import { submitDirectly } from '../solo/submit-directly.js';
import { isOnNats, type Place } from './place.js';

export interface Submitted {
  /** Through the process that runs the folder, straight into its log, or into that of a server whose services go on with it. */
  readonly via: 'running' | 'log' | 'nats';
  readonly position: number;
}

/**
 * Has a command decided and recorded: by the process that owns the folder when there is one, else directly; on a server always directly,
 * beside its services.
 * @throws CliError when it is rejected; nothing was recorded then.
 */
export const submit = async (place: Place, command: Command): Promise<Submitted> => {
  const { via, result } = await (isOnNats(place) ? toServer(place, command) : toFolder(place, command));
  if (result.kind === 'rejected') throw rejection(result);
  return { via, position: result.position };
};

interface Answered {
  readonly via: Submitted['via'];
  readonly result: SubmitResult;
}

const toFolder = async (folder: DataFolder, command: Command): Promise<Answered> =>
  (await isRunning(folder))
    ? { via: 'running', result: await askRunning(folder, command) }
    : { via: 'log', result: await submitDirectly(folder, command) };

/** Loaded only where a server is named. */
const toServer = async (place: NatsPlace, command: Command): Promise<Answered> => {
  const { submitToNats } = await import('../cluster/nats-place.js');
  return { via: 'nats', result: await submitToNats(place, command) };
};

const rejection = (result: Extract<SubmitResult, { kind: 'rejected' }>): CliError =>
  new CliError(result.message, { code: result.reason, details: result.details, exitCode: EXIT.input });
