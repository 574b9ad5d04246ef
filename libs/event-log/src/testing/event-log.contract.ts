import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  EMPTY_LANE,
  position,
  projectId,
  START,
  type Lane,
} from '@squados/contracts';
import { MAX_COMMIT_BYTES } from '../commit-codec.js';
import { resumeToken, type AppendResult, type EventLog, type LaneFilter } from '../event-log.port.js';
import { followFor, positionsOf, readAll, startFollowing } from './reading.js';
import {
  at,
  commitTo,
  completed,
  enqueue,
  enqueued,
  failed,
  fill,
  firstAttempt,
  NO_REVISION,
  pause,
  skipped,
  started,
  stepped,
  stored,
} from './samples.js';
import { within } from './waiting.js';

/** One adapter's log under test. */
export interface LogHarness {
  /** The open log; after `plant` or `reopen` it may be another object. */
  readonly log: EventLog;
  /** Stores bytes as they are as the next commit of a lane. */
  plant(lane: Lane, bytes: Uint8Array): Promise<void>;
  /** Closes the log and opens it again; absent when it is gone with its process. */
  reopen?(): Promise<void>;
  /** Closes what is open and removes what was made. */
  dispose(): Promise<void>;
}

export interface ContractOptions {
  /** How many commits the filter that matches nothing has to go through. */
  readonly many?: number;
}

/** What every EventLog promises. `makeHarness` answers a log without commits. */
export const describeEventLogContract = (
  name: string,
  makeHarness: () => Promise<LogHarness>,
  { many = 20_000 }: ContractOptions = {},
): void => {
  describe(`${name}, as every event log`, () => {
    let harness: LogHarness;
    beforeEach(async () => {
      harness = await makeHarness();
    });
    afterEach(() => harness.dispose());
    const log = (): EventLog => harness.log;

    describe('appending', () => {
      it('begins empty: head at the start, no last commit, nothing to read', async () => {
        expect(await log().head()).toBe(START);
        expect(await log().last(decidedLane(at('BE-1')))).toBeUndefined();
        expect(await readAll(log())).toEqual([]);
        expect(resumeToken(log(), START)).toBe(`${log().logId}:0`);
      });

      it('gives a commit back as it was appended, at the place that was answered', async () => {
        const commit = enqueue(at('BE-1'), enqueued(1, 'ação “corrigir” 🚀\u2028\u0000'), skipped());
        const { position: place, revision } = await stored(log(), commit);
        const expected = { lane: commit.lane, position: place, revision, events: commit.events };
        expect(await readAll(log())).toEqual([expected]);
        expect(await log().last(commit.lane)).toEqual(expected);
        expect(await log().head()).toBe(place);
      });

      it('answers rising positions over all lanes and reads in their order', async () => {
        const places = [];
        for (let i = 0; i < 10; i++) places.push((await stored(log(), enqueue(at(`BE-${i}`)))).position);
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(positionsOf(await readAll(log()))).toEqual(places);
      });

      it('answers "appended" with the first place when a commit comes again after a lost answer', async () => {
        const commit = enqueue(at('BE-1'));
        const first = await stored(log(), commit);
        await stored(log(), enqueue(at('BE-2')));
        expect(await log().append(commit)).toEqual(first);
        expect(await readAll(log())).toHaveLength(2);
      });

      it('stores a commit once when it is sent twice at the same time', async () => {
        const commit = enqueue(at('BE-1'));
        const [a, b] = await Promise.all([log().append(commit), log().append(commit)]);
        expect(a).toMatchObject({ kind: 'appended' });
        expect(b).toEqual(a);
        expect(await readAll(log())).toHaveLength(1);
      });

      it('lets one of two writers of a lane win and tells the other what it lost to', async () => {
        const lane = attemptLane(at('BE-1'));
        const base = await stored(log(), commitTo(lane, EMPTY_LANE, started(1)));
        const writers = [commitTo(lane, base.revision, stepped('a')), commitTo(lane, base.revision, stepped('b'))];
        const results = await Promise.all(writers.map((commit) => log().append(commit)));
        const won = results.findIndex((result) => result.kind === 'appended');
        const winner = results[won] as Extract<AppendResult, { kind: 'appended' }>;
        expect(results[1 - won]).toEqual({
          kind: 'conflict',
          actual: winner.revision,
          last: { lane, position: winner.position, revision: winner.revision, events: writers[won]!.events },
        });
        expect(await readAll(log())).toHaveLength(2);
      });

      it('refuses an expectation that no commit of the lane ever had', async () => {
        const other = await stored(log(), enqueue(at('BE-2')));
        const lane = decidedLane(at('BE-1'));
        for (const expected of [other.revision, NO_REVISION])
          expect(await log().append(commitTo(lane, expected, enqueued()))).toEqual({
            kind: 'conflict',
            actual: EMPTY_LANE,
            last: undefined,
          });
        const first = await stored(log(), enqueue(at('BE-1')));
        const second = await stored(log(), commitTo(lane, first.revision, skipped()));
        for (const expected of [EMPTY_LANE, first.revision, NO_REVISION])
          expect(await log().append(commitTo(lane, expected, enqueued(2)))).toMatchObject({
            kind: 'conflict',
            actual: second.revision,
          });
        expect(await readAll(log())).toHaveLength(3);
      });

      it('hurts no other append of the same moment with a conflict', async () => {
        const taken = await stored(log(), enqueue(at('BE-0')));
        const commits = [
          enqueue(at('BE-1')),
          enqueue(at('BE-0')),
          enqueue(at('BE-2')),
          commitTo(decidedLane(at('BE-0')), taken.revision, skipped()),
          commitTo(decidedLane(at('BE-0')), taken.revision, enqueued(2)),
          enqueue(at('BE-3')),
        ];
        const kinds = (await Promise.all(commits.map((commit) => log().append(commit)))).map((result) => result.kind);
        expect(kinds).toEqual(['appended', 'conflict', 'appended', 'appended', 'conflict', 'appended']);
        expect(await readAll(log())).toHaveLength(5);
      });

      it('stores all events of a commit or none', async () => {
        const lane = attemptLane(at('BE-1'));
        const attempt = [started(1), stepped(), completed()];
        const { revision } = await stored(log(), commitTo(lane, EMPTY_LANE, ...attempt));
        await log().append(commitTo(lane, EMPTY_LANE, started(2), stepped(), failed()));
        expect((await readAll(log())).map((commit) => commit.events)).toEqual([attempt]);
        expect((await log().last(lane))?.revision).toBe(revision);
      });

      it('lets a second worker take an attempt over and stops the first one at its next append', async () => {
        const lane = attemptLane(at('BE-1'));
        const zombie = await stored(log(), firstAttempt(at('BE-1'), started(1)));
        expect(await log().append(firstAttempt(at('BE-1'), started(2)))).toMatchObject({
          kind: 'conflict',
          actual: zombie.revision,
        });
        const heir = await stored(log(), commitTo(lane, zombie.revision, started(2)));
        const answer = await log().append(commitTo(lane, zombie.revision, completed()));
        expect(answer).toMatchObject({ kind: 'conflict', actual: heir.revision });
        expect(answer.kind === 'conflict' && answer.last?.events[0]).toMatchObject({
          type: 'CardStarted',
          data: { delivery: 2 },
        });
        await stored(log(), commitTo(lane, heir.revision, completed()));
      });

      it('ends an attempt once when it is completed and failed at the same time', async () => {
        const lane = attemptLane(at('BE-1'));
        const { revision } = await stored(log(), firstAttempt(at('BE-1'), started(1)));
        const ends = [commitTo(lane, revision, completed()), commitTo(lane, revision, failed())];
        const kinds = (await Promise.all(ends.map((commit) => log().append(commit)))).map((result) => result.kind);
        expect(kinds.sort()).toEqual(['appended', 'conflict']);
        expect(await readAll(log(), { filter: { kind: 'attempt' } })).toHaveLength(2);
      });

      it('refuses a commit over the size limit, stores nothing of it and goes on', async () => {
        const result = await log().append(enqueue(at('BE-1'), stepped('x'.repeat(MAX_COMMIT_BYTES))));
        expect(result).toMatchObject({
          kind: 'refused',
          code: 'too-large',
          message: expect.stringContaining('1048576'),
        });
        await stored(log(), enqueue(at('BE-1'), stepped('x'.repeat(MAX_COMMIT_BYTES - 1000))));
        expect(await readAll(log())).toHaveLength(1);
      });

      it('counts the size in bytes, not in characters', async () => {
        const result = await log().append(enqueue(at('BE-1'), stepped('ç'.repeat(MAX_COMMIT_BYTES * 0.6))));
        expect(result).toMatchObject({ kind: 'refused', code: 'too-large' });
      });

      it('takes a commit without events for a bug', async () => {
        await expect(log().append(commitTo(decidedLane(at('BE-1')), EMPTY_LANE))).rejects.toThrow(RangeError);
      });
    });

    describe('reading', () => {
      it('begins after a position and ends with `to`', async () => {
        await fill(log(), 20);
        const all = positionsOf(await readAll(log()));
        expect(positionsOf(await readAll(log(), { after: all[4]!, to: all[9]! }))).toEqual(all.slice(5, 10));
        expect(positionsOf(await readAll(log(), { after: all[17]! }))).toEqual(all.slice(18));
        expect(await readAll(log(), { after: all[19]! })).toEqual([]);
        expect(await readAll(log(), { after: all[9]!, to: all[4]! })).toEqual([]);
      });

      it('ends at the head as it was when reading was asked for', async () => {
        await fill(log(), 5);
        const reading = log().read({ after: START });
        await fill(log(), 5, 'FE');
        const seen = [];
        for await (const page of reading) seen.push(...page);
        expect(seen).toHaveLength(5);
      });

      it('comes in pages of at most a few hundred, each commit once', async () => {
        await fill(log(), 3000);
        const sizes = [];
        const places = [];
        for await (const page of log().read({ after: START })) {
          sizes.push(page.length);
          places.push(...positionsOf(page));
        }
        expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
        expect(new Set(places).size).toBe(3000);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      });

      it('carries commits of very different sizes', async () => {
        const sizes = [10, 900_000, 20, 700_000, 800_000, 5, 600_000];
        for (const [i, size] of sizes.entries()) await stored(log(), enqueue(at(`BE-${i}`), stepped('x'.repeat(size))));
        const notes = (await readAll(log())).map(
          ({ events: [event] }) => event?.type === 'CardStepped' && event.data.note?.length,
        );
        expect(notes).toEqual(sizes);
      });

      it('can be aborted between two pages, without error', async () => {
        await fill(log(), 3000);
        const stop = new AbortController();
        let pages = 0;
        for await (const _page of log().read({ after: START, signal: stop.signal })) if (++pages === 2) stop.abort();
        expect(pages).toBe(2);
      });

      it('delivers undecodable bytes as one Unknown event in their place', async () => {
        const lane = attemptLane(at('BE-1'));
        await stored(log(), firstAttempt(at('BE-1'), started(1)));
        await stored(log(), enqueue(at('BE-2')));
        const hostile = ['{"not":"a list"}', '[', '[]', '', '1],[9,"x",[2', '[{"type":"CardStarted"}]', '"\u0000"'];
        const bytes = [
          ...hostile.map((text) => new TextEncoder().encode(text)),
          new Uint8Array([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]),
        ];
        for (const body of bytes) await harness.plant(lane, body);
        const tip = await log().last(lane);
        await stored(log(), commitTo(lane, tip!.revision, completed()));
        const all = await readAll(log());
        expect(all).toHaveLength(bytes.length + 3);
        const planted = all.slice(2, -1);
        for (const commit of planted) {
          expect(commit).toMatchObject({ lane, events: [{ type: 'Unknown', reason: expect.stringMatching(/./) }] });
          expect(commit.events).toHaveLength(1);
        }
        expect(tip).toEqual(planted.at(-1));
        expect(await followFor(log(), all.length)).toEqual(all);
      });

      it('names type and version of an event that a newer build wrote', async () => {
        const future = [
          { ...enqueued(), version: 99 },
          { ...skipped(), type: 'CardTeleported' },
        ];
        await harness.plant(decidedLane(at('BE-1')), new TextEncoder().encode(JSON.stringify(future)));
        expect((await readAll(log()))[0]?.events).toMatchObject([
          { type: 'Unknown', originalType: 'CardEnqueued', version: 99, id: future[0]!.id },
          { type: 'Unknown', originalType: 'CardTeleported', version: 1, id: future[1]!.id },
        ]);
      });
    });

    describe('filters', () => {
      const addresses = [
        at('BE-1'),
        at('BE.1'),
        at('BE 1', 'backend', 'P.2'),
        at('ação/🚀', 'qa', 'Projeto Um'),
        at('_', 'qa'),
        at('backend', 'frontend'),
        at('qa', 'backend', 'backend'),
      ];
      const everything = async (): Promise<void> => {
        for (const project of ['P', 'P.2', 'Projeto Um', 'backend']) await stored(log(), pause(project));
        for (const address of addresses) {
          await stored(log(), enqueue(address));
          await stored(log(), firstAttempt(address, started(1)));
        }
      };
      const project = projectId;
      const cases: readonly (readonly [string, LaneFilter, number])[] = [
        ['nothing set', {}, 18],
        ['a project', { project: project('P') }, 9],
        ['a project whose id holds a dot', { project: project('P.2') }, 3],
        ['a project whose id holds a space', { project: project('Projeto Um') }, 3],
        ['an agent', { agent: agentName('backend') }, 8],
        ['an agent of a project', { project: project('P'), agent: agentName('backend') }, 4],
        ['a card whose id holds a dot', { card: cardId('BE.1') }, 2],
        ['a card whose id holds slash and emoji', { card: cardId('ação/🚀') }, 2],
        ['a card named like the mark of absence', { card: cardId('_') }, 2],
        ['a card of a project', { project: project('P'), card: cardId('BE-1') }, 2],
        ['one card', { ...at('BE-1') }, 2],
        ['one lane of one card', { ...at('BE-1'), kind: 'attempt' }, 1],
        ['project lanes', { kind: 'project' }, 4],
        ['the lane of one project', { project: project('P.2'), kind: 'project' }, 1],
        ['decided lanes of cards', { kind: 'decided' }, 7],
        ['attempt lanes', { kind: 'attempt' }, 7],
        ['decided lanes of an agent', { agent: agentName('qa'), kind: 'decided' }, 2],
        ['a name that nobody has', { project: project('P*') }, 0],
      ];
      it('let through what they name, nothing else, for readers and followers alike', async () => {
        await everything();
        await stored(log(), enqueue(at('END', 'end', 'end')));
        for (const [what, filter, count] of cases) {
          const expected =
            Object.keys(filter).length === 0 ? count + 1 : count + (filter.kind === 'decided' && !filter.agent ? 1 : 0);
          const seen = await readAll(log(), { filter });
          expect({ what, count: seen.length }).toEqual({ what, count: expected });
          if (expected > 0) expect(await followFor(log(), expected, { filter })).toEqual(seen);
        }
      });

      it('apply to live commits as they do to read ones', async () => {
        const follower = startFollowing(log(), { filter: { project: project('P'), agent: agentName('backend') } });
        await follower.next();
        await everything();
        const seen = await followFor(log(), 4, { filter: { project: project('P'), agent: agentName('backend') } });
        const live = [];
        while (live.length < 4) live.push(...(await follower.next())!.commits);
        expect(live).toEqual(seen);
        follower.stop();
        expect(await follower.next()).toBeUndefined();
      });

      it(`that match nothing in ${many} commits say so soon, and let others work meanwhile`, async () => {
        await fill(log(), many);
        for (const filter of [
          { agent: agentName('nobody') },
          { project: project('nobody') },
          { project: project('P'), agent: agentName('nobody') },
        ]) {
          let turns = 0;
          let counting = true;
          const counter = (async () => {
            for (; counting; turns++) await nextTurn();
          })();
          const begun = performance.now();
          expect(await readAll(log(), { filter })).toEqual([]);
          expect(performance.now() - begun).toBeLessThan(5_000);
          counting = false;
          await counter;
          const follower = startFollowing(log(), { filter });
          const first = await follower.next();
          expect(first?.commits).toEqual([]);
          let batch = first;
          while (!batch?.atHead) batch = await follower.next();
          expect(batch.position).toBe(await log().head());
          follower.stop();
        }
      }, 240_000);
    });

    describe('following', () => {
      it('answers at once from an empty log, then delivers what comes', async () => {
        const follower = startFollowing(log());
        expect(await follower.next()).toEqual({ commits: [], position: START, atHead: true });
        const { position: place } = await stored(log(), enqueue(at('BE-1')));
        expect(await follower.next()).toMatchObject({ commits: [{ position: place }], position: place, atHead: true });
        follower.stop();
      });

      it('goes on after a position, in the past or at the head', async () => {
        await fill(log(), 600);
        const all = await readAll(log());
        expect(await followFor(log(), 100, { after: all[499]!.position })).toEqual(all.slice(500));
        const follower = startFollowing(log(), { after: all[599]!.position });
        expect(await follower.next()).toEqual({ commits: [], position: all[599]!.position, atHead: true });
        await stored(log(), enqueue(at('FE-1')));
        expect((await follower.next())?.commits).toHaveLength(1);
        follower.stop();
      });

      it('delivers every commit once and in order over the seam between rebuild and live, under load', async () => {
        await fill(log(), 500);
        const total = 500 + 4 * 250;
        const random = randomFrom(7);
        const followers: Promise<number[]>[] = [];
        const write = async (writer: number): Promise<void> => {
          for (let i = 0; i < 250; i++) {
            await stored(log(), enqueue(at(`W${writer}-${i}`)));
            for (let turns = random(4); turns > 0; turns--) await nextTurn();
            if (i % 25 === 0) followers.push(followFor(log(), total).then(positionsOf));
          }
        };
        await Promise.all([0, 1, 2, 3].map(write));
        const expected = positionsOf(await readAll(log()));
        expect(expected).toHaveLength(total);
        for (const seen of await Promise.all(followers)) expect(seen).toEqual(expected);
      }, 240_000);

      it('misses nothing for a follower that is far slower than the writers', async () => {
        const follower = startFollowing(log());
        await follower.next();
        await fill(log(), 10_000);
        const seen: number[] = [];
        while (seen.length < 10_000) seen.push(...positionsOf((await follower.next())!.commits));
        follower.stop();
        expect(seen).toEqual(positionsOf(await readAll(log())));
      });

      it('tells rebuild from live by atHead, and reports a position to resume after with each batch', async () => {
        await fill(log(), 1500);
        const follower = startFollowing(log());
        const flags = [];
        for (let batch = await follower.next(); batch; batch = await follower.next()) {
          flags.push(batch.atHead);
          expect(batch.position).toBe(batch.commits.at(-1)?.position ?? batch.position);
          if (batch.atHead) break;
        }
        follower.stop();
        expect(flags.length).toBeGreaterThan(2);
        expect(flags.slice(0, -1)).not.toContain(true);
      });
    });

    describe('ending', () => {
      it('ends a waiting follower without error when it is aborted, before or while it waits', async () => {
        const follower = startFollowing(log());
        await follower.next();
        const waiting = follower.next();
        follower.stop();
        expect(await waiting).toBeUndefined();
        const late = startFollowing(log());
        late.stop();
        expect(await late.next()).toBeUndefined();
      });

      it('rejects an append with the reason of its abort and stores nothing of it when it was aborted before', async () => {
        const reason = new Error('no longer wanted');
        await expect(log().append(enqueue(at('BE-1')), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
        expect(await readAll(log())).toEqual([]);
      });

      it('leaves an append that is aborted on the way whole: stored or not, never in between', async () => {
        const stop = new AbortController();
        const appends = Array.from({ length: 50 }, (_, i) =>
          log().append(enqueue(at(`BE-${i}`)), { signal: stop.signal }),
        );
        stop.abort(new Error('no longer wanted'));
        const results = await Promise.allSettled(appends);
        const { length } = await readAll(log());
        expect(length).toBeGreaterThanOrEqual(results.filter((result) => result.status === 'fulfilled').length);
        await stored(log(), enqueue(at('FE-1')));
      });

      it('does not abort what was answered before', async () => {
        const stop = new AbortController();
        expect(await log().append(enqueue(at('BE-1')), { signal: stop.signal })).toMatchObject({ kind: 'appended' });
        stop.abort();
        expect(await readAll(log())).toHaveLength(1);
      });

      it('ends every wait when it is closed, twice if need be, and refuses what comes later', async () => {
        const followers = [startFollowing(log()), startFollowing(log(), { filter: { kind: 'project' } })];
        for (const follower of followers) await follower.next();
        const waits = followers.map((follower) => follower.next());
        await log().close();
        await log().close();
        expect(await Promise.all(waits)).toEqual([undefined, undefined]);
        expect(await log().append(enqueue(at('BE-1')))).toMatchObject({ kind: 'refused', code: 'closed' });
        await expect(log().head()).rejects.toMatchObject({ code: 'closed' });
        await expect(log().last(decidedLane(at('BE-1')))).rejects.toMatchObject({ code: 'closed' });
      });

      it('answers every append that was on its way when it was closed', async () => {
        const appends = Array.from({ length: 100 }, (_, i) => log().append(enqueue(at(`BE-${i}`))));
        await log().close();
        for (const result of await within('all answers', Promise.all(appends)))
          expect(['appended', 'refused']).toContain(result.kind);
      });

      it('does not take the end of a read that was cut off by a close for the end of the log', async () => {
        await fill(log(), 3000);
        const reading = async (): Promise<void> => {
          for await (const _page of log().read({ after: START })) await log().close();
        };
        await expect(reading()).rejects.toMatchObject({ code: 'closed' });
      });
    });

    it('keeps id, order, places and lanes over a restart', async () => {
      if (!harness.reopen) return;
      await fill(log(), 300);
      const { logId } = log();
      const before = await readAll(log());
      await harness.reopen();
      expect(log().logId).toBe(logId);
      expect(await readAll(log())).toEqual(before);
      const next = await stored(log(), commitTo(before[0]!.lane, before[0]!.revision, skipped()));
      expect(next.position).toBeGreaterThan(before.at(-1)!.position);
      expect(await log().append(commitTo(before[0]!.lane, before[0]!.revision, enqueued(2)))).toMatchObject({
        kind: 'conflict',
      });
    });

    it('is another log each time one is made', async () => {
      const other = await makeHarness();
      expect(other.log.logId).not.toBe(log().logId);
      await other.dispose();
    });

    it('wakes a follower that resumes after a position that is not there yet', async () => {
      const follower = startFollowing(log(), { after: position(2) });
      await follower.next();
      await fill(log(), 4);
      const seen: number[] = [];
      while (seen.length < 2) seen.push(...positionsOf((await follower.next())!.commits));
      follower.stop();
      expect(seen).toEqual(positionsOf(await readAll(log())).slice(-2));
    });
  });
};

/** A small seeded generator (mulberry32): the same schedule each run. */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
};
