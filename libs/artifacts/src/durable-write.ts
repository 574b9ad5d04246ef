import { open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Flushes a folder's own entries, so that a rename inside it survives a power loss. Not every platform can open a folder. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export interface DurableWrite {
  /** Whole, or piece by piece. */
  readonly bytes: Uint8Array | readonly Uint8Array[] | AsyncIterable<Uint8Array>;
  /** A free name on the same file system as the target. */
  readonly temporary: string;
  readonly target: string;
}

/** All or nothing: temporary file, flush, rename, flush of the folder. */
export const writeDurably = async ({ bytes, temporary, target }: DurableWrite): Promise<void> => {
  const handle = await open(temporary, 'wx');
  try {
    await writeFile(handle, bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, target);
  await syncFolder(dirname(target));
};
