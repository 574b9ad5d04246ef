import { ArtifactError } from './artifact-store.port.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS']);

const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** Maps a failed file operation by its code; what has no remedy of ours is passed on as it is. */
export const storageError = (error: unknown, path: string): unknown => {
  const code = codeOf(error);
  if (FULL.has(code)) {
    return new ArtifactError(
      'disk-full',
      `no room to write ${path} (${code}): free disk space or quota, then start again; nothing is lost`,
      { cause: error },
    );
  }
  if (DENIED.has(code)) {
    return new ArtifactError(
      'permission',
      `not allowed to write ${path} (${code}): give this user write access to the folder, or choose another one with --data`,
      { cause: error },
    );
  }
  return error;
};
