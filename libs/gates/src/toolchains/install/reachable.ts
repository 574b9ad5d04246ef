import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Whether any user may enter the folder (or run the file): runs have a user of their own, and an interpreter in somebody's
 * home (pyenv, asdf) is closed to it.
 */
export const isOpenToAll = (path: string): boolean => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (stat.mode & 0o001) === 0) return false;
  return dirname(path) === path || isOpenToAll(dirname(path));
};
