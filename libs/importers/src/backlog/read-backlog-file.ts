import { readFile, stat } from 'node:fs/promises';
import type { Problem } from './problem.js';
import { MAX_BACKLOG_BYTES, tooLarge, type Fault } from './source-text.js';

export type BacklogBytes =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] };

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['there is no such file', 'Check the path'],
  EACCES: ['the file may not be read', 'Give yourself the right to read it'],
  EPERM: ['the file may not be read', 'Give yourself the right to read it'],
  EISDIR: ['it is a folder', 'Name the file in it'],
};

const unreadable = (error: unknown): Fault => {
  const given = (error as { readonly code?: unknown } | null)?.code;
  const code = typeof given === 'string' ? given : '';
  const [message, remedy] = REASONS[code] ?? [`the file can't be read (${code || String(error)})`, 'Check the disk'];
  return { code: 'unreadable', message, remedy };
};

const rejected = (file: string, { code, message, remedy }: Fault): BacklogBytes => ({
  kind: 'rejected',
  problems: [{ code, file, place: {}, message, remedy }],
});

/** Bytes of a backlog file. Its size is looked at first: more than 64 MB is refused unread. Never throws. */
export const readBacklogFile = async (path: string): Promise<BacklogBytes> => {
  try {
    const { size } = await stat(path);
    if (size > MAX_BACKLOG_BYTES) return rejected(path, tooLarge(size));
    return { kind: 'read', bytes: await readFile(path) };
  } catch (error) {
    return rejected(path, unreadable(error));
  }
};
