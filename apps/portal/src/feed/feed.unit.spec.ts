import { describe, expect, it } from '@jest/globals';
import type { BoardMessage, CardRow, FeedRow } from '@squados/portal-gateway/wire';
import { BoardStore } from './board-store.js';
import { FeedClient, type Source } from './feed-client.js';

const row = (id: string, state: CardRow['state'] = 'TODO'): CardRow => ({
  ...{ id, title: id, agent: 'arch', priority: 'LOW', state, attempt: 0, retries: 0, waits: 0 },
  ...{ held: false, ready: false, assumed: false },
});
const board = (rows: readonly CardRow[]): BoardMessage => ({
  ...{ logId: 'L', position: 1, rows },
  abilities: { commands: ['SkipCard'], intake: true, maxDocumentBytes: 1 },
});
const line = (key: string): FeedRow => ({ key, time: '', type: 'CardStarted', facts: {} });

describe('what the page holds', () => {
  it('is the board as told, with patches laid over it in the order of arrival', () => {
    const store = new BoardStore();
    store.board(board([row('A'), row('B')]));
    store.patch({ position: 2, rows: [row('A', 'DONE'), row('C')] });
    expect(
      [...store.current().cards].map(
        ([
          id,
          {
            row: { state },
          },
        ]) => [id, state],
      ),
    ).toEqual([
      ['A', 'DONE'],
      ['B', 'TODO'],
      ['C', 'TODO'],
    ]);
  });

  it('a whole board replaces what was there: cards of an older one do not linger', () => {
    const store = new BoardStore();
    store.board(board([row('A')]));
    store.board(board([row('B')]));
    expect([...store.current().cards.keys()]).toEqual(['B']);
  });

  it('keeps the feed newest first, and of it only so much', () => {
    const store = new BoardStore();
    for (let i = 0; i < 50; i++) store.log({ rows: Array.from({ length: 10 }, (_, j) => line(`${i}.${j}`)) });
    expect(store.current().feed).toHaveLength(400);
    expect(store.current().feed[0]?.key).toBe('49.9');
  });

  it('of another log is forgotten', () => {
    const store = new BoardStore();
    store.board(board([row('A')]));
    store.log({ rows: [line('1.0')] });
    store.reset();
    expect(store.current()).toMatchObject({ isLoaded: false, feed: [] });
    expect(store.current().cards.size).toBe(0);
  });
});

class HandSource implements Source {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 1;
  readonly heard = new Map<string, (event: { data: string }) => void>();
  addEventListener(type: string, listener: (event: { data: string }) => void): void {
    this.heard.set(type, listener);
  }
  close(): void {
    this.readyState = 2;
  }
}

const client = (session: boolean | undefined) => {
  const store = new BoardStore();
  const sources: HandSource[] = [];
  const later: (() => void)[] = [];
  const open = (): Source => {
    const source = new HandSource();
    sources.push(source);
    return source;
  };
  new FeedClient({
    ...{ store, open, session: () => Promise.resolve(session), later: (_ms, call) => void later.push(call) },
  }).start();
  return { store, sources, later };
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the way to the gateway', () => {
  it('leaves a short break to the browser, and says that the board may be old', () => {
    const { store, sources } = client(true);
    sources[0]!.onopen!();
    expect(store.current().connection).toBe('live');
    sources[0]!.readyState = 0;
    sources[0]!.onerror!();
    expect(store.current().connection).toBe('reconnecting');
    expect(sources).toHaveLength(1);
  });

  it('tells a session that is over as such, and asks no more', async () => {
    const { store, sources, later } = client(false);
    sources[0]!.readyState = 2;
    sources[0]!.onerror!();
    await settled();
    expect(store.current().connection).toBe('signed-out');
    expect(later).toHaveLength(0);
  });

  it('begins anew after an answer that was no feed, without showing anything twice', async () => {
    const { store, sources, later } = client(undefined);
    sources[0]!.heard.get('log')!({ data: JSON.stringify({ rows: [line('1.0')] }) });
    sources[0]!.readyState = 2;
    sources[0]!.onerror!();
    await settled();
    later[0]!();
    sources[1]!.heard.get('log')!({ data: JSON.stringify({ rows: [line('1.0')] }) });
    expect(store.current().feed).toHaveLength(1);
  });
});
