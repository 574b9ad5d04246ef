import { describe, expect, it } from '@jest/globals';
import { ArtifactError, memoryArtifactStore, type TreeProjector } from '@squados/artifacts';
import { cardId } from '@squados/contracts';
import { EventLogError, openMemoryLog, type AppendResult, type EventLog } from '@squados/event-log';
import { watchedArtifacts, watchedLog, watchedTree } from './storage-watch.js';

const told: string[] = [];
const tell = (error: Error & { code: string }): void => void told.push(`${error.code}: ${error.message}`);
const since = (): readonly string[] => told.splice(0);

const commit = {} as Parameters<EventLog['append']>[0];
const logThat = (append: () => Promise<AppendResult>): EventLog =>
  watchedLog(Object.assign(Object.create(openMemoryLog().log) as EventLog, { append }), tell);
const refused = (code: 'log-full' | 'read-only' | 'too-large' | 'closed'): EventLog =>
  logThat(() => Promise.resolve({ kind: 'refused', code, message: `log.db: ${code}` }));

describe('a run on a disk that takes no more', () => {
  it('is told when the log is full or read-only, and the answer is passed on as it is', async () => {
    expect(await refused('log-full').append(commit)).toMatchObject({ kind: 'refused', code: 'log-full' });
    await refused('read-only').append(commit);
    expect(since()).toEqual(['disk-full: log.db: log-full', 'permission: log.db: read-only']);
  });

  it('is not told of an event that is too large or of a log that closes: those have their own answers', async () => {
    await refused('too-large').append(commit);
    await refused('closed').append(commit);
    const closed = new EventLogError('closed', 'closed');
    await expect(logThat(() => Promise.reject(closed)).append(commit)).rejects.toBe(closed);
    expect(since()).toEqual([]);
  });

  it('is told when the log breaks, and when an artifact or the readable tree finds no room', async () => {
    const broken = new EventLogError('storage', 'log.db: I/O error');
    const full = new ArtifactError('disk-full', 'no room to write blobs/ab');
    await expect(logThat(() => Promise.reject(broken)).append(commit)).rejects.toBe(broken);
    const store = watchedArtifacts(Object.assign(memoryArtifactStore(), { put: () => Promise.reject(full) }), tell);
    await expect(store.put(new Uint8Array())).rejects.toBe(full);
    const tree: TreeProjector = { apply: () => Promise.reject(full), rebuild: () => Promise.reject(full) };
    await expect(watchedTree(tree, tell).apply(cardId('A'), undefined)).rejects.toBe(full);
    await expect(watchedTree(tree, tell).rebuild([])).rejects.toBe(full);
    expect(since()).toEqual(['storage: log.db: I/O error', ...Array(3).fill('disk-full: no room to write blobs/ab')]);
  });

  it("is not told of an artifact that is missing: that is the card's trouble", async () => {
    const missing = new ArtifactError('missing', 'no such hash');
    const store = watchedArtifacts(Object.assign(memoryArtifactStore(), { put: () => Promise.reject(missing) }), tell);
    await expect(store.put(new Uint8Array())).rejects.toBe(missing);
    expect(since()).toEqual([]);
  });
});
