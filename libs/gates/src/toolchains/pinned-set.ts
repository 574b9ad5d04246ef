import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ToolchainPlaces } from './places.js';
import type { ToolchainName } from './toolchains.port.js';

/** A toolchain that has to be installed; `node` runs us and needs none. */
export type InstallableName = Exclude<ToolchainName, 'node'>;

export const INSTALLABLE: readonly InstallableName[] = ['web', 'python', 'go', 'postgres', 'browser', 'nats'];

/** What a toolchain shall consist of: the files of its folder, word for word. */
export interface PinnedSet {
  readonly name: InstallableName;
  readonly folder: string;
  /** Changes with any of the files, with the way they are installed, and with the kind of machine. */
  readonly id: string;
}

/** Raised when the same pins lead to another folder than before: installs of the old way are then outdated. */
const LAYOUT = 1;

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.name !== 'node_modules')
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? filesBelow(path) : Promise.resolve([path]);
      }),
  );
  return found.flat().sort();
};

/** Reads a pinned set. Throws what the file system throws when there is none. */
export const readPinnedSet = async (places: ToolchainPlaces, name: InstallableName): Promise<PinnedSet> => {
  const folder = join(places.pins, name);
  const hash = createHash('sha256').update(`${LAYOUT} ${process.platform} ${process.arch}\n`);
  for (const file of await filesBelow(folder)) {
    const text = await readFile(file);
    hash.update(`${relative(folder, file)} ${text.length}\n`).update(text);
  }
  return { name, folder, id: hash.digest('hex').slice(0, 16) };
};

/** Where a pinned set is or will be installed. */
export const installFolder = (places: ToolchainPlaces, pinned: PinnedSet): string =>
  join(places.root, `${pinned.name}-${pinned.id}`);
