import { connect } from 'node:net';
import { get } from 'node:http';
import type { ReadyCheck } from '../product-plan.js';

const FIRST_PAUSE_MS = 25;
const LAST_PAUSE_MS = 400;

/** True once the check holds; false when the signal is aborted first. A process that is starting can't tell us, so it is asked. */
export const untilReady = async (check: ReadyCheck, signal: AbortSignal): Promise<boolean> => {
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LAST_PAUSE_MS)) {
    if (await isReady(check, signal)) return true;
    await elapsed(pause, signal);
  }
  return false;
};

const isReady = (check: ReadyCheck, signal: AbortSignal): Promise<boolean> =>
  check.kind === 'tcp' ? accepts(check.port, signal) : answers(check.url, signal);

const accepts = (port: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', signal });
    const settle = (ready: boolean): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });

const answers = (url: string, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { signal, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });

const elapsed = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
