import type { Logger } from '@squados/platform';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KeptSession, SessionKeeper } from './access.js';

/**
 * Sessions in a file of their prints: whoever is known here comes in again after a restart, and whoever reads the file can open nothing.
 * It is this user's alone, because whoever writes to it lets himself in.
 */
export const sessionFile = (path: string, logger: Pick<Logger, 'warn'>): SessionKeeper => ({
  load: () => {
    try {
      return keptIn(readFileSync(path, 'utf8'));
    } catch (error) {
      if (!isAbsent(error)) logger.warn({ err: String(error) }, `sessions begin anew: ${path} cannot be read`);
      return [];
    }
  },
  save: (sessions) => {
    try {
      replace(path, JSON.stringify(sessions));
    } catch (error) {
      logger.warn({ err: String(error) }, `sessions end with this process: ${path} cannot be written`);
    }
  },
});

const replace = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}.new`;
  writeFileSync(half, text, { mode: 0o600 });
  renameSync(half, path);
};

const isAbsent = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const isKept = (value: unknown): value is KeptSession =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && Number.isSafeInteger(value[1]);

const keptIn = (text: string): readonly KeptSession[] => {
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value) && value.every(isKept)) return value;
  throw new Error('it holds no sessions');
};
