import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  attemptLane,
  EMPTY_LANE,
  projectId,
  projectLane,
  sha256,
  type CardSpec,
  type Sha256,
  type SquadEvent,
} from '@squados/contracts';
import { encodeCommit, MAX_COMMIT_BYTES, openMemoryLog, withOffloading, type NewCommit } from './index.js';
import { followFor, readAll } from './testing/reading.js';
import { at, commitTo, enqueue, eventOf, paused, started, stored } from './testing/samples.js';

const card = (id: string, description: string): CardSpec => ({
  ...{ ...at(id), id: at(id).card, agent: at(id).agent },
  title: id,
  description,
  priority: 'LOW',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
});
const cards = (count: number, size = 1000): CardSpec[] =>
  Array.from({ length: count }, (_, i) => card(`BE-${i}`, 'ç'.repeat(size)));
const added = (list: readonly CardSpec[]): SquadEvent =>
  eventOf({
    type: 'CardsAdded',
    data: { origin: { kind: 'import', by: { kind: 'person', name: 'Ana' } }, cards: list },
  });
const completedWith = (list: readonly CardSpec[]): SquadEvent =>
  eventOf({
    type: 'CardCompleted',
    data: {
      attempt: 1,
      author: 'offline',
      manifest: {},
      manifestHash: sha256('0'.repeat(64)),
      proposals: list.map((each) => ({ card: each })),
    },
  });
const imported = (...events: readonly SquadEvent[]): NewCommit =>
  commitTo(projectLane(projectId('P')), EMPTY_LANE, ...events);

const blobs = (): { readonly bytes: Map<Sha256, Uint8Array>; puts: number; gets: number } & Parameters<
  typeof withOffloading
>[1] => {
  const bytes = new Map<Sha256, Uint8Array>();
  return {
    bytes,
    puts: 0,
    gets: 0,
    async put(content) {
      this.puts++;
      const hash = sha256(createHash('sha256').update(content).digest('hex'));
      bytes.set(hash, content);
      return hash;
    },
    async get(hash) {
      this.gets++;
      const content = bytes.get(hash);
      if (!content) throw new Error('no such artifact');
      return content;
    },
  };
};

describe('a log with offloading', () => {
  const setUp = (limit?: number) => {
    const memory = openMemoryLog();
    const store = blobs();
    return { below: memory.log, store, log: withOffloading(memory.log, store, limit) };
  };

  it('takes an import of many megabytes as one commit and gives it back whole to every kind of reader', async () => {
    const { below, store, log } = setUp();
    const commit = imported(added(cards(3000)));
    expect(Buffer.byteLength(encodeCommit(commit.events))).toBeGreaterThan(4 * MAX_COMMIT_BYTES);
    expect(await below.append(commit)).toMatchObject({ kind: 'refused' });
    const { position, revision } = await stored(log, commit);
    const whole = { lane: commit.lane, position, revision, events: commit.events };
    expect(await log.last(commit.lane)).toEqual(whole);
    expect(await readAll(log)).toEqual([whole]);
    expect(await followFor(log, 1)).toEqual([whole]);
    expect(await log.append(imported(paused()))).toEqual({ kind: 'conflict', actual: revision, last: whole });
    expect(await log.append(commit)).toEqual({ kind: 'appended', position, revision });
    expect(store.bytes.size).toBe(1);
    expect(store.gets).toBe(1);
    expect([log.logId, await log.head()]).toEqual([below.logId, position]);
    await log.close();
  });

  it('puts proposals beside the log too, and leaves the other events of the commit as they are', async () => {
    const { store, log } = setUp(10_000);
    const commit = commitTo(attemptLane(at('PROD-1', 'product')), EMPTY_LANE, started(1), completedWith(cards(20)));
    await stored(log, commit);
    expect(store.puts).toBe(1);
    expect((await readAll(log))[0]?.events).toEqual(commit.events);
  });

  it('leaves small commits, and large ones without such arrays, to the log below', async () => {
    const { below, store, log } = setUp(10_000);
    await stored(log, imported(added(cards(2))));
    await stored(log, enqueue(at('BE-1'), paused('x'.repeat(20_000))));
    await stored(log, enqueue(at('BE-2'), added([]), paused('x'.repeat(20_000))));
    expect(store.puts).toBe(0);
    expect(await readAll(log)).toEqual(await readAll(below));
    expect(await log.last(projectLane(projectId('nobody')))).toBeUndefined();
    expect(await log.append(enqueue(at('BE-1'), paused('x'.repeat(MAX_COMMIT_BYTES))))).toMatchObject({
      kind: 'refused',
      code: 'too-large',
    });
  });

  it('shows a reader that does not know of it an Unknown event, not a project without cards', async () => {
    const { below, store, log } = setUp(10_000);
    const commit = imported(added(cards(20)));
    await stored(log, commit);
    const [hash] = [...store.bytes.keys()];
    expect((await readAll(below))[0]?.events).toEqual([
      {
        type: 'Unknown',
        originalType: 'CardsAdded',
        version: 1,
        id: commit.events[0]!.id,
        reason: expect.stringContaining(hash!),
      },
    ]);
  });

  it('says which artifact of which commit is missing or damaged, and heals when it is back', async () => {
    const { store, log } = setUp(10_000);
    const commit = imported(added(cards(20)));
    await stored(log, commit);
    const [[hash, bytes]] = [...store.bytes] as [[Sha256, Uint8Array]];
    for (const damage of [undefined, '{', '[]', '{}']) {
      if (damage === undefined) store.bytes.delete(hash);
      else store.bytes.set(hash, Buffer.from(damage));
      const failure = await readAll(log).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'EventLogError', code: 'artifact-missing' });
      for (const part of [hash, 'position 1', commit.lane]) expect((failure as Error).message).toContain(part);
    }
    store.bytes.set(hash, bytes);
    expect((await readAll(log))[0]?.events).toEqual(commit.events);
  });
});
