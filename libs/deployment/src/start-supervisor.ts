import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { callControl } from '@squados/event-log/embedded';
import type { ProductStatus, SupervisorRequest } from './product-plan.js';

/*
 * Calls on the supervisor of one folder, and its start.
 * 1. Its standard input is its lifeline: we hold the other end and never write. It closes when this process ends, however that
 *    happens, and the supervisor then stops the product.
 * 2. The lifeline keeps neither process from ending.
 */

const STOP_MS = 60_000;
const PAUSE_MS = 50;

export const ask = async (
  control: string,
  kind: SupervisorRequest['kind'],
  signal: AbortSignal,
): Promise<ProductStatus | undefined> => {
  const answer = await callControl(control, { kind } satisfies SupervisorRequest, { signal });
  return answer.kind === 'answered' ? (answer.value as ProductStatus) : undefined;
};

export const statusOf = (control: string): Promise<ProductStatus | undefined> =>
  ask(control, 'status', AbortSignal.timeout(5_000));

/** Asks the supervisor to stop, and waits until its socket is gone. */
export const takeDown = async (control: string): Promise<boolean> => {
  const signal = AbortSignal.timeout(STOP_MS);
  const stopped = await ask(control, 'stop', signal);
  if (!stopped) return false;
  while (!signal.aborted && (await ask(control, 'status', signal))) await pause();
  return true;
};

/** The status once the start came to an end, either way; undefined when the supervisor ended before, or the signal was aborted. */
export const startSupervisor = (
  file: string,
  control: string,
  signal: AbortSignal,
): Promise<ProductStatus | undefined> => {
  const child = spawn(process.execPath, [file, control], {
    cwd: control,
    detached: true, // Ctrl-C in a terminal reaches us, and we decide what becomes of the product
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
  });
  const gone = new AbortController();
  child.once('exit', () => gone.abort());
  child.once('error', () => gone.abort());
  child.unref();
  child.stdin.on('error', () => undefined);
  if (child.stdin instanceof Socket) child.stdin.unref(); // invariant 2; a pipe to a child is a socket, though its type doesn't say so
  return settledStatus(control, AbortSignal.any([signal, gone.signal]));
};

/** The socket appears a moment after the process; then one request waits for the end of the start. */
const settledStatus = async (control: string, signal: AbortSignal): Promise<ProductStatus | undefined> => {
  while (!signal.aborted) {
    const status = await ask(control, 'settled', signal);
    if (status) return status;
    await pause();
  }
  return undefined;
};

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
