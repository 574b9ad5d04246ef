import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveControl, type ControlHandler } from '@squados/event-log/embedded';
import type { ProductPlan, SupervisorRequest } from '../product-plan.js';
import { Supervisor } from './supervisor.js';

export const PLAN_FILE = 'product.json';

/**
 * The supervisor's process: takes the folder's control socket first, so that two of them can't hold one product, then starts the
 * product and stays until it is told to stop, or until its standard input ends: then the process that deployed is gone, killed
 * maybe, and nobody would ever stop the product. A start that failed is kept for whoever asks, for a minute.
 * @throws EventLogError `log-locked` when another supervisor holds the folder.
 */
const serveSupervisor = async (folder: string): Promise<void> => {
  const plan = JSON.parse(readFileSync(join(folder, PLAN_FILE), 'utf8')) as ProductPlan;
  const supervisor = new Supervisor(plan);
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  const control = await serveControl(
    folder,
    handlerFor(supervisor, () => end()),
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end());
  void orphaned().then(end);
  void over.then(() => supervisor.stop()); // also in the middle of a start
  process.on('SIGHUP', () => undefined); // the terminal went away; the product stays
  await supervisor.start();
  if (supervisor.status().state.kind === 'failed') setTimeout(() => end(), FAILED_STAYS_MS).unref();
  await over;
  await supervisor.stop();
  await control.close();
};

const FAILED_STAYS_MS = 60_000;

const orphaned = (): Promise<void> =>
  new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => resolve());
    process.stdin.resume();
  });

const handlerFor =
  (supervisor: Supervisor, end: () => void): ControlHandler =>
  async (request) => {
    const asked = request as Partial<SupervisorRequest> | null;
    if (asked?.kind === 'settled') await supervisor.settled;
    if (asked?.kind === 'stop') {
      await supervisor.stop();
      setImmediate(end); // after the answer is on its way
    }
    return supervisor.status();
  };

/** The whole of a supervisor's program: ends the process when the product is down. */
export const runSupervisor = async (folder: string | undefined): Promise<void> => {
  if (folder === undefined) throw new Error('usage: worker-product FOLDER');
  await serveSupervisor(folder);
  process.exit(0);
};
