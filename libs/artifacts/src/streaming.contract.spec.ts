import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryArtifactStore, openFileArtifactStore } from './index.js';
import { describeStreamingContract } from './testing/index.js';

const sizeOf = async (folder: string): Promise<number> => {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

describeStreamingContract('a store on the file system', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'squados-streams-'));
  return {
    store: await openFileArtifactStore(dir),
    written: () => sizeOf(join(dir, 'tmp')),
    damage: (hash) => writeFile(join(dir, 'blobs', hash.slice(0, 2), hash.slice(2)), 'cut short'),
    dispose: () => rm(dir, { recursive: true, force: true }),
  };
});

describeStreamingContract('a store in memory', () =>
  Promise.resolve({ store: memoryArtifactStore(), dispose: () => Promise.resolve() }),
);
