import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-write.js';
import type { NamedBlobs } from './named-blobs.port.js';
import { isMissing, storageError } from './storage-error.js';

const DRAFT = '.tmp';

/** Files of a folder, which is made with the first of them. One process writes there; what it left half written goes with its next write. */
export const fileBlobs = (folder: string): NamedBlobs => {
  const all = (): Promise<string[]> => readdir(folder).catch(() => []);
  return {
    names: async () => (await all()).filter((name) => !name.endsWith(DRAFT)),
    get: async (name) => {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw storageError(error, join(folder, name));
      }
    },
    put: async (name, pieces) => {
      const target = join(folder, name);
      try {
        await mkdir(folder, { recursive: true });
        const drafts = (await all()).filter((other) => other.endsWith(DRAFT));
        await Promise.all(drafts.map((draft) => rm(join(folder, draft), { force: true })));
        await writeDurably({ bytes: pieces, temporary: `${target}${DRAFT}`, target });
      } catch (error) {
        throw storageError(error, target);
      }
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  };
};
