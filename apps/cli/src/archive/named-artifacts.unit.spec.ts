import { describe, expect, it } from '@jest/globals';
import { memoryArtifactStore } from '@squados/artifacts';
import { position, type Lane, type Sha256 } from '@squados/contracts';
import type { RawCommit } from '@squados/event-log';
import { ArtifactNames } from './named-artifacts.js';

const commit = (at: number, events: unknown): RawCommit => ({
  lane: 'squad.P._._.decided' as Lane,
  position: position(at),
  body: Buffer.from(typeof events === 'string' ? events : JSON.stringify(events)),
});
const gone = 'f'.repeat(64);

describe('the artifacts of a project', () => {
  const store = memoryArtifactStore();
  const put = (text: string): Promise<Sha256> => store.put(Buffer.from(text));
  const found = async (...commits: readonly RawCommit[]) => {
    const names = new ArtifactNames();
    for (const one of commits) names.note(one);
    return names.find(store);
  };

  it('are all that its commits name and that are here, each once, also of events that this build does not know', async () => {
    const [a, b] = [await put('a'), await put('b')];
    const { there, lost } = await found(
      commit(1, [{ type: 'Later', data: { deep: [{ hash: a }] } }]),
      commit(2, [{ type: 'CardCompleted', data: { manifest: { 'x/y': b, 'x/z': a }, manifestHash: gone } }]),
      commit(3, 'no JSON at all \xff'),
    );
    expect(there).toEqual([a, b].sort());
    expect([...lost]).toEqual([]);
  });

  it('are lost when a manifest, or an event that lies beside the log, names what is not here', async () => {
    const { lost } = await found(
      commit(4, [{ type: 'CardCompleted', data: { manifest: { 'x/y': gone } } }]),
      commit(5, [{ type: 'CardsAdded', data: { cards: { $artifact: 'e'.repeat(64), bytes: 1, count: 1 } } }]),
    );
    expect([...lost]).toEqual([
      ['e'.repeat(64), 5],
      [gone, 4],
    ]);
  });

  it('are found in what lies beside the log too', async () => {
    const inner = await put('inner');
    const beside = await put(JSON.stringify([{ id: 'A', extra: { contract: inner } }]));
    const { there } = await found(commit(6, [{ type: 'CardsAdded', data: { cards: { $artifact: beside } } }]));
    expect(there).toEqual([inner, beside].sort());
  });
});
