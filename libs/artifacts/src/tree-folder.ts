import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sha256 } from '@squados/contracts';
import { ArtifactError } from './artifact-store.port.js';
import { hashBytes } from './hash-bytes.js';
import { foldersAbove } from './safe-artifact-path.js';
import { isMissing, storageError } from './storage-error.js';

const MODE_FILE = 0o644;

/**
 * File operations inside one folder, by safe relative path.
 * 1. No symbolic link below the folder is followed: every parent is looked at before each operation.
 * 2. A file appears whole, by rename; a link that stands in its place is replaced, never written through.
 */
export class TreeFolder {
  constructor(
    private readonly dir: string,
    private readonly temporary: string,
  ) {}

  async open(): Promise<void> {
    try {
      await rm(this.temporary, { recursive: true, force: true });
      await mkdir(this.temporary, { recursive: true });
    } catch (error) {
      throw storageError(error, this.dir);
    }
  }

  /** Hash of the regular file that stands there; undefined when there is none, `other` for a folder, link or device. */
  async hashOf(path: string): Promise<Sha256 | 'other' | undefined> {
    await this.checkParents(path);
    const target = join(this.dir, path);
    const kind = await kindOf(target);
    if (kind === 'missing') return undefined;
    return kind === 'file' ? hashBytes(await readFile(target)) : 'other';
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    await this.checkParents(path);
    const target = join(this.dir, path);
    const temporary = join(this.temporary, randomUUID());
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(temporary, bytes, { flag: 'wx', mode: MODE_FILE });
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw storageError(error, target);
    }
  }

  /** Removes the file and the folders that it leaves empty. */
  async remove(path: string): Promise<void> {
    await this.checkParents(path);
    try {
      await rm(join(this.dir, path), { force: true });
    } catch (error) {
      throw storageError(error, join(this.dir, path));
    }
    for (const folder of foldersAbove(path).reverse()) if (!(await this.removeEmpty(folder))) return;
  }

  private async removeEmpty(folder: string): Promise<boolean> {
    try {
      if ((await readdir(join(this.dir, folder))).length > 0) return false;
      await rmdir(join(this.dir, folder));
      return true;
    } catch {
      return false;
    }
  }

  private async checkParents(path: string): Promise<void> {
    for (const folder of foldersAbove(path)) {
      const kind = await kindOf(join(this.dir, folder));
      if (kind === 'missing') return;
      if (kind !== 'folder') throw notAFolder(join(this.dir, folder), kind);
    }
  }
}

type Kind = 'missing' | 'file' | 'folder' | 'link' | 'other';

const kindOf = async (path: string): Promise<Kind> => {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return 'link';
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'other';
  } catch (error) {
    if (isMissing(error)) return 'missing';
    throw storageError(error, path);
  }
};

const notAFolder = (path: string, kind: Kind): ArtifactError =>
  new ArtifactError(
    'path-escape',
    `${path} is a ${kind === 'link' ? 'symbolic link' : kind}, not a folder: nothing is written through it; move it away, the tree is then completed`,
  );
