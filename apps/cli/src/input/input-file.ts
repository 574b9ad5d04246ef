import { hashBytes } from '@squados/artifacts';
import type { Sha256 } from '@squados/contracts';
import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { CliError } from '../cli-error.js';

export interface InputFile {
  /** As given on the command line: what error messages name. */
  readonly given: string;
  /** Without folders: what cards and the log name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: Sha256;
}

/** 64 MiB: far above any backlog that people keep; a bigger file is another kind of file. */
export const MAX_INPUT_BYTES = 64 * 1024 * 1024;

const DENIED = { says: 'you may not read this file', remedy: 'give yourself read permission on it, or name a copy' };

const FAULTS: Readonly<Record<string, { readonly says: string; readonly remedy: string }>> = {
  ENOENT: { says: 'there is no such file', remedy: 'check the path' },
  ENOTDIR: { says: 'there is no such file', remedy: 'check the path' },
  EISDIR: { says: 'this is a folder', remedy: 'name the file in it' },
  EACCES: DENIED,
  EPERM: DENIED,
};

/** @throws CliError that names the file, for what can't be read or is too big. */
export const readInputFile = async (cwd: string, given: string): Promise<InputFile> => {
  try {
    const bytes = await readBounded(resolve(cwd, given), given);
    return { given, name: basename(given), bytes, sha256: hashBytes(bytes) };
  } catch (error) {
    throw asUnreadable(given, error);
  }
};

/** What keeps people from a file, in words that name it; anything else as it is. */
export const asUnreadable = (given: string, error: unknown): unknown => {
  const fault = FAULTS[(error as { code?: string }).code ?? ''];
  if (fault === undefined) return error;
  return new CliError(`${given}: ${fault.says}`, { code: 'unreadable', remedy: [fault.remedy], cause: error });
};

const readBounded = async (path: string, given: string): Promise<Uint8Array> => {
  const handle = await open(path, 'r');
  try {
    const found = await handle.stat();
    if (found.size > MAX_INPUT_BYTES) throw tooBig(given, found.size);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
};

const tooBig = (given: string, size: number): CliError =>
  new CliError(
    `${given}: ${Math.round(size / 1e6)} MB is too big; at most ${Math.round(MAX_INPUT_BYTES / 1e6)} MB are read. Split it, or leave out what is no card and no requirement`,
    {
      code: 'too-large',
    },
  );
