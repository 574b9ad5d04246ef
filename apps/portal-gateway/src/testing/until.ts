import { setTimeout as pause } from 'node:timers/promises';

const BOUND_MS = 30_000;

/** Resolves once it holds. @throws Error that says what never came. */
export const until = async (what: string, holds: () => boolean): Promise<void> => {
  const bound = Date.now() + BOUND_MS;
  while (!holds()) {
    if (Date.now() > bound) throw new Error(`never came: ${what}`);
    await pause(5);
  }
};
