import { createHash, type Hash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { safeArtifactPath } from '@squados/artifacts';
import { giveTo, type Account } from './run-as.js';
import type { Release } from './deployer.port.js';

/** SHA-256 over all paths and texts: what makes two releases the same product. */
export const releaseHash = ({ backend, frontend }: Release): string => {
  const hash = createHash('sha256');
  for (const files of [backend, frontend]) for (const [path, text] of [...files].sort(byPath)) add(hash, path, text);
  return hash.digest('hex');
};

const byPath = (a: readonly [string, string], b: readonly [string, string]): number => (a[0] < b[0] ? -1 : 1);

const add = (hash: Hash, path: string, text: string): void => {
  hash.update(`${Buffer.byteLength(path)}:${path}${Buffer.byteLength(text)}:`);
  hash.update(text);
};

/** Where a release's files go. */
export interface Place {
  readonly folder: string;
  /** Prefix under `app-artefacts/` that is left out: `engenharia/backend`. */
  readonly below: string;
  readonly account: Account;
}

/**
 * Writes files into a fresh folder, readable by the account. What was there is removed first.
 * @throws Error for a path outside `below`; they come from a log that anybody may have written.
 */
export const materialise = async (files: ReadonlyMap<string, string>, place: Place): Promise<void> => {
  const { folder, below, account } = place;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await giveTo(account, folder);
  for (const [path, text] of files) {
    const checked = safeArtifactPath(path, below);
    if (checked.kind === 'refused') throw new Error(checked.reason);
    const target = join(folder, checked.path.slice(below.length + 1));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
};
