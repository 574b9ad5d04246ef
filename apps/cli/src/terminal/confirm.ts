import { createInterface } from 'node:readline/promises';

const YES = /^(y|yes|s|sim)$/i;

/** Asks on stderr; only a clear yes counts, in English or Portuguese. Ctrl-C and Ctrl-D are a no. */
export const confirm = async (question: string): Promise<boolean> => {
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const stop = new AbortController();
  ask.once('SIGINT', () => stop.abort()).once('close', () => stop.abort());
  try {
    return YES.test((await ask.question(`${question} [y/N] `, { signal: stop.signal })).trim());
  } catch {
    return false;
  } finally {
    ask.close();
  }
};
