import { open, rename } from 'node:fs/promises';

/** Readers see the old text or the new one, never a part: written beside, synced, renamed. */
export const replaceFile = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.tmp`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
};
