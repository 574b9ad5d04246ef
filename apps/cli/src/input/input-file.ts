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

const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder; name the file in it',
  EACCES: 'you may not read this file',
  EPERM: 'you may not read this file',
};

/** @throws CliError that names the file, for what can't be read or is too big. */
export const readInputFile = async (cwd: string, given: string): Promise<InputFile> => {
  try {
    const bytes = await readBounded(resolve(cwd, given), given);
    return { given, name: basename(given), bytes, sha256: hashBytes(bytes) };
  } catch (error) {
    const fault = FAULTS[(error as { code?: string }).code ?? ''];
    if (fault === undefined) throw error;
    throw new CliError(`${given}: ${fault}`, { code: 'unreadable', remedy: ['check the path'], cause: error });
  }
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
    `${given}: ${Math.round(size / 1e6)} MB is too big; at most ${Math.round(MAX_INPUT_BYTES / 1e6)} MB are read`,
    {
      code: 'too-large',
      remedy: ['split the file, or leave out what is no card and no requirement'],
    },
  );
