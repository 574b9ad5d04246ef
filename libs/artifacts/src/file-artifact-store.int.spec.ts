import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '@squados/contracts';
import { hashBytes, memoryArtifactStore, openFileArtifactStore, type ArtifactStore } from './index.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'squados-store-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const blob = (text: string) => {
  const hash = hashBytes(bytes(text));
  return join(dir, 'blobs', hash.slice(0, 2), hash.slice(2));
};
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

const stores: readonly [string, () => Promise<ArtifactStore>][] = [
  ['on the file system', () => openFileArtifactStore(dir)],
  ['in memory', () => Promise.resolve(memoryArtifactStore())],
];

describe.each(stores)('an artifact store %s', (_, open) => {
  it('gives back the bytes that were put, by their hash', async () => {
    const store = await open();
    const hash = await store.put(bytes('olá'));
    expect(hash).toBe(hashBytes(bytes('olá')));
    expect(Buffer.from(await store.get(hash)).toString()).toBe('olá');
    expect(await store.has(hash)).toBe(true);
  });
  it('takes the same bytes again, also at the same time, and empty ones', async () => {
    const store = await open();
    const hashes = await Promise.all([1, 2, 3].map(() => store.put(bytes('x'))));
    expect(new Set([...hashes, await store.put(bytes('x'))]).size).toBe(1);
    expect(await store.get(await store.put(bytes('')))).toHaveLength(0);
  });
  it('says which artifact is missing', async () => {
    const store = await open();
    const hash = hashBytes(bytes('nowhere'));
    await expect(store.get(hash)).rejects.toMatchObject({ code: 'missing', message: expect.stringContaining(hash) });
    expect(await store.has(hash)).toBe(false);
  });
  it('takes nothing for a hash that is none', async () => {
    const store = await open();
    await expect(store.get(sha256('../../../etc/passwd'))).rejects.toMatchObject({ code: 'missing' });
    expect(await store.has(sha256('../../../etc/passwd'))).toBe(false);
  });
});

describe('an artifact store on the file system', () => {
  it('is there again after a start, without the leftovers of a crash', async () => {
    const hash = await (await openFileArtifactStore(dir)).put(bytes('kept'));
    await writeFile(join(dir, 'tmp', 'half'), 'ha');
    const again = await openFileArtifactStore(dir);
    expect(Buffer.from(await again.get(hash)).toString()).toBe('kept');
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });
  it('never hands out damaged bytes, and heals a torn blob with the next put', async () => {
    const store = await openFileArtifactStore(dir);
    const hash = await store.put(bytes('whole'));
    await writeFile(blob('whole'), 'who');
    await expect(store.get(hash)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('roll back'),
    });
    await store.put(bytes('whole'));
    expect(Buffer.from(await store.get(hash)).toString()).toBe('whole');
  });
  it.each([
    ['ENOSPC', 'disk-full', 'free disk space'],
    ['EDQUOT', 'disk-full', 'quota'],
    ['EROFS', 'permission', 'write access'],
    ['EACCES', 'permission', 'write access'],
  ])('answers %s as %s with the remedy, leaving no half blob', async (code, kind, words) => {
    const store = await openFileArtifactStore(dir, { write: failing(code) });
    await expect(store.put(bytes('x'))).rejects.toMatchObject({
      name: 'ArtifactError',
      code: kind,
      message: expect.stringContaining(words),
    });
    expect(await store.has(hashBytes(bytes('x')))).toBe(false);
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });
  it('can be looked at beside its owner: a reader makes nothing and clears nothing away', async () => {
    const hash = await (await openFileArtifactStore(dir)).put(bytes('kept'));
    await writeFile(join(dir, 'tmp', 'under-way'), 'half');
    const reader = await openFileArtifactStore(dir, { mode: 'reader' });
    expect(Buffer.from(await reader.get(hash)).toString()).toBe('kept');
    expect(await readdir(join(dir, 'tmp'))).toEqual(['under-way']);
    const nowhere = await openFileArtifactStore(join(dir, 'nowhere'), { mode: 'reader' });
    expect(await nowhere.has(hash)).toBe(false);
    expect(await readdir(dir)).not.toContain('nowhere');
  });
  it('passes other faults on as they are', async () => {
    const store = await openFileArtifactStore(dir, { write: failing('EIO') });
    await expect(store.put(bytes('x'))).rejects.toMatchObject({ code: 'EIO' });
    await mkdir(blob('a folder'), { recursive: true });
    await expect(store.get(hashBytes(bytes('a folder')))).rejects.toMatchObject({ code: 'EISDIR' });
    await writeFile(join(dir, 'file'), '');
    await expect(openFileArtifactStore(join(dir, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
