import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sha256 } from '@squados/contracts';
import { ArtifactError } from './artifact-store.port.js';
import {
  PIECE_BYTES,
  requireSize,
  type ArtifactContent,
  type StreamingArtifactStore,
} from './artifact-streams.port.js';
import { checkedPieces, notThose } from './checked-pieces.js';
import { writeDurably, type DurableWrite } from './durable-write.js';
import { hashBytes } from './hash-bytes.js';
import { isMissing, storageError } from './storage-error.js';

export interface FileStoreOptions {
  /** `reader`: looks at a store that another process may be writing to; nothing is made or cleared away. Default `owner`. */
  readonly mode?: 'owner' | 'reader';
  /** How bytes reach the disk; the default flushes them. */
  readonly write?: (write: DurableWrite) => Promise<void>;
}

/**
 * Owns `<dir>/blobs/ab/cdef…` (bytes by their hash) and `<dir>/tmp` (writes under way).
 * 1. A blob's name is the hash of its bytes; a blob is never changed, only replaced by the same bytes.
 * 2. A blob appears by rename after a flush: whoever sees the name sees all bytes.
 * 3. What a get returns has been hashed again.
 */
class FileArtifactStore implements StreamingArtifactStore {
  /** Puts of the same bytes at the same time share one write. */
  private readonly underWay = new Map<Sha256, Promise<void>>();

  constructor(
    private readonly dir: string,
    private readonly toDisk: (write: DurableWrite) => Promise<void>,
  ) {}

  async put(bytes: Uint8Array): Promise<Sha256> {
    requireSize(bytes.byteLength, 'what is to be kept');
    const hash = hashBytes(bytes);
    await this.once(hash, async () => {
      // An existing blob of another size is a damaged one: the put heals it.
      if ((await sizeOf(this.pathOf(hash))) !== bytes.byteLength) await this.store(hash, bytes);
    });
    return hash;
  }

  write(hash: Sha256, pieces: () => AsyncIterable<Uint8Array>): Promise<void> {
    return this.once(hash, () => this.store(hash, checkedPieces(hash, pieces(), notThose(hash))));
  }

  async read(hash: Sha256): Promise<ArtifactContent> {
    if (!isHash(hash)) throw missing(hash, this.dir);
    const path = this.pathOf(hash);
    const bytes = await sizeOf(path);
    if (bytes === undefined) throw missing(hash, this.dir);
    return { bytes, pieces: checkedPieces(hash, piecesOf(path), () => corrupt(hash, path)) };
  }

  async get(hash: Sha256): Promise<Uint8Array> {
    const bytes = await this.whole(hash);
    if (hashBytes(bytes) !== hash) throw corrupt(hash, this.pathOf(hash));
    return bytes;
  }

  async has(hash: Sha256): Promise<boolean> {
    return isHash(hash) && (await sizeOf(this.pathOf(hash))) !== undefined;
  }

  /** Of the same artifact at the same time, one is written. */
  private async once(hash: Sha256, store: () => Promise<void>): Promise<void> {
    const running = this.underWay.get(hash) ?? store();
    this.underWay.set(hash, running);
    try {
      await running;
    } finally {
      this.underWay.delete(hash);
    }
  }

  private async whole(hash: Sha256): Promise<Uint8Array> {
    if (!isHash(hash)) throw missing(hash, this.dir);
    try {
      return await readFile(this.pathOf(hash));
    } catch (error) {
      if (isMissing(error)) throw missing(hash, this.dir);
      throw storageError(error, this.pathOf(hash));
    }
  }

  private async store(hash: Sha256, bytes: DurableWrite['bytes']): Promise<void> {
    const target = this.pathOf(hash);
    const temporary = join(this.dir, 'tmp', randomUUID());
    try {
      await mkdir(dirname(temporary), { recursive: true });
      await mkdir(dirname(target), { recursive: true });
      await this.toDisk({ bytes, temporary, target });
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw storageError(error, target);
    }
  }

  private pathOf(hash: Sha256): string {
    return join(this.dir, 'blobs', hash.slice(0, 2), hash.slice(2));
  }
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

const missing = (hash: string, dir: string): ArtifactError =>
  new ArtifactError(
    'missing',
    `no artifact ${JSON.stringify(hash)} in ${dir}: was the folder copied whole? restore it, or roll back the card that wrote it`,
  );

const corrupt = (hash: string, path: string): ArtifactError =>
  new ArtifactError(
    'corrupt',
    `artifact ${hash} is damaged (${path} holds other bytes): restore that file, or roll back the card that wrote it`,
  );

const sizeOf = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw storageError(error, path);
  }
};

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await opened(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const opened = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw storageError(error, path);
  }
};

const prepare = async (dir: string): Promise<void> => {
  const temporary = join(dir, 'tmp');
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    await mkdir(join(dir, 'blobs'), { recursive: true });
  } catch (error) {
    throw storageError(error, dir);
  }
};

/**
 * Opens (and makes, if needed) a content-addressed store under `dir`; writes that a crash left behind are cleared away.
 * @throws ArtifactError `disk-full` or `permission`
 */
export const openFileArtifactStore = async (
  dir: string,
  options: FileStoreOptions = {},
): Promise<StreamingArtifactStore> => {
  if (options.mode !== 'reader') await prepare(dir);
  return new FileArtifactStore(dir, options.write ?? writeDurably);
};
