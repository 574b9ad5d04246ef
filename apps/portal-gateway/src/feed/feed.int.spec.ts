import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { add, openHarness, spec, start, type Harness } from '../testing/gateway-harness.js';
import type { FeedReader } from '../testing/feed-reader.js';
import { until } from '../testing/until.js';
import type { BoardMessage, BoardPatch, ResetMessage } from '../wire/index.js';

let harness: Harness;
const open = async (options?: Parameters<typeof openHarness>[0]): Promise<void> => {
  harness = await openHarness(options);
  await harness.submit(start);
};
beforeEach(() => open());
afterEach(() => harness.stop());

const keys = (reader: FeedReader): readonly string[] => reader.rows.map((row) => row.key);
const reasons = (reader: FeedReader): readonly unknown[] =>
  reader.rows.filter((row) => row.type === 'ProjectPaused').map((row) => row.facts['reason']);
const turns = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => `turn ${i}`);

describe('the feed', () => {
  it('begins with the board and what is recent, then goes on live', async () => {
    await harness.submit(add([spec('ARCH-1'), spec('ARCH-2', ['ARCH-1'])]));
    const reader = harness.browser.feed();
    await reader.until('the recent events', ({ rows }) => rows.some((row) => row.type === 'CardsAdded'));
    const [board] = reader.messages<BoardMessage>('board');
    expect(board).toMatchObject({ logId: harness.log.logId, project: { title: 'The shop', total: 2 } });
    expect(board?.rows.map((row) => [row.id, row.waits])).toEqual([
      ['ARCH-1', 0],
      ['ARCH-2', 1],
    ]);
    await harness.makeEvents(1);
    await reader.until('the live event', (seen) => reasons(seen).includes('turn 0'));
    reader.leave();
  });

  it('tells changed rows alone, and figures with them', async () => {
    await harness.submit(add([spec('ARCH-1'), spec('ARCH-2', ['ARCH-1'])]));
    const reader = harness.browser.feed();
    await reader.until('the board', (seen) => seen.messages('board').length === 1);
    await harness.browser.post('/api/commands', { type: 'SkipCard', card: 'ARCH-2', reason: 'decided by hand' });
    const changed = (): BoardPatch | undefined =>
      reader.messages<BoardPatch>('patch').find(({ rows }) => rows.some((row) => row.state === 'SKIPPED'));
    await until('the patch', () => changed() !== undefined);
    expect(changed()?.rows.map((row) => row.id)).toEqual(['ARCH-2']);
    expect(changed()?.project).toMatchObject({ ended: 1, byState: { SKIPPED: 1 } });
    reader.leave();
  });

  it('a client that was away misses nothing and hears nothing twice, wherever it was cut off', async () => {
    const heard: string[] = [];
    const told: unknown[] = [];
    let token: string | undefined;
    const writing = harness.makeEvents(60);
    for (let visit = 0; visit < 8; visit++) {
      const reader = harness.browser.feed(token);
      await reader.until('something', (seen) => seen.rows.length > 0 || visit === 7);
      if (visit === 7) {
        await writing;
        await reader.until('the end', (seen) => [...told, ...reasons(seen)].includes('turn 59'));
      }
      reader.leave();
      heard.push(...keys(reader));
      told.push(...reasons(reader));
      token = reader.lastId ?? token;
    }
    expect(told).toEqual(turns(60));
    expect(new Set(heard).size).toBe(heard.length);
  });

  it('answers the token of another log, or of a position that is not there, with reset and the present', async () => {
    const head = await harness.log.head();
    for (const token of [`another:${head}`, `${harness.log.logId}:${head + 100}`, 'no token']) {
      const reader = harness.browser.feed(token);
      await reader.until('the present', (seen) => seen.rows.length > 0);
      expect(reader.heard.slice(0, 2).map(({ event }) => event)).toEqual(['reset', 'board']);
      expect(reader.messages<ResetMessage>('reset')).toEqual([{ logId: harness.log.logId }]);
      reader.leave();
    }
  });

  it('a client that does not read delays nobody, and resumes without a gap', async () => {
    const sleeper = harness.browser.feed();
    await sleeper.until('the first row', ({ rows }) => rows.length > 0);
    sleeper.stall();
    const token = sleeper.lastId;
    const reader = harness.browser.feed();
    await harness.makeEvents(40);
    await reader.until('everything', (seen) => reasons(seen).length === 40);
    const again = harness.browser.feed(token);
    await again.until('everything', (seen) => reasons(seen).length === 40);
    expect(reasons(again)).toEqual(turns(40));
    for (const client of [sleeper, reader, again]) client.leave();
  });

  it('sends comments into the silence', async () => {
    await harness.stop();
    await open({ heartbeatMs: 20 });
    const reader = harness.browser.feed();
    await reader.until('three comments', ({ comments }) => comments >= 3);
    reader.leave();
  });

  it('ends with the gateway', async () => {
    const reader = harness.browser.feed();
    await reader.until('the board', (seen) => seen.messages('board').length === 1);
    await harness.gateway.close();
    await reader.until('the end', ({ isOver }) => isOver);
  });

  it('tells a board that is larger than a message in parts, whole', async () => {
    const many = Array.from({ length: 1_001 }, (_, i) => spec(`ARCH-${i}`));
    await harness.submit(add(many));
    const reader = harness.browser.feed();
    const ids = (): ReadonlySet<string> =>
      new Set(
        [...reader.messages<BoardMessage>('board'), ...reader.messages<BoardPatch>('patch')].flatMap(({ rows }) =>
          rows.map((row) => row.id),
        ),
      );
    await until('every card', () => ids().size === 1_001);
    reader.leave();
  });
});
