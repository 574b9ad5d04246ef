import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { agentName, cardId, decidedLane, parseLane, START, type Lane } from '@squados/contracts';
import type { EventLog } from '../event-log.port.js';
import type { Work, WorkClaim, WorkSource } from '../work-claim.port.js';
import { at, commitTo, enqueue, enqueued, fill, firstAttempt, pause, skipped, started, stored } from './samples.js';
import { until, within } from './waiting.js';

/** One adapter's log and the claims on it. */
export interface ClaimHarness {
  readonly log: EventLog;
  readonly claims: WorkClaim;
  /** Stores bytes as they are as the next commit of a lane; before anything is provisioned. */
  plant(lane: Lane, bytes: Uint8Array): Promise<void>;
  dispose(): Promise<void>;
}

const LEASE_MS = 500;
const LONG_MS = 30_000;
const backend = agentName('backend');

/** What every WorkClaim promises. `makeHarness` answers claims on a log without commits; nothing is provisioned yet. */
export const describeWorkClaimContract = (name: string, makeHarness: () => Promise<ClaimHarness>): void => {
  describe(`${name}, as every work claim`, () => {
    let harness: ClaimHarness;
    let never: AbortController;
    beforeEach(async () => {
      harness = await makeHarness();
      never = new AbortController();
    });
    afterEach(async () => {
      never.abort();
      await harness.dispose();
    });
    const log = (): EventLog => harness.log;
    const source = async (leaseMs = LONG_MS, worker = 'w1'): Promise<WorkSource> =>
      harness.claims.open({ agent: backend, worker, leaseMs });
    const ready = async (leaseMs = LONG_MS, worker = 'w1'): Promise<WorkSource> => {
      await harness.claims.provision(backend, START);
      return source(leaseMs, worker);
    };
    const take = (from: WorkSource, max = 1): Promise<readonly Work[]> => within('work', from.take(max, never.signal));
    const takeOne = async (from: WorkSource): Promise<Work> => (await take(from))[0]!;
    const cardOf = (work: Work): string => {
      const address = parseLane(work.commit.lane);
      return address !== undefined && 'card' in address ? address.card : '';
    };
    /** Nothing comes within a lease: what is told apart from "late" by work that does come afterwards. */
    const nothingBut = async (from: WorkSource, card: string): Promise<void> => {
      await stored(log(), enqueue(at(card)));
      const work = await takeOne(from);
      expect(cardOf(work)).toBe(card);
      await work.ack();
    };

    describe('delivering', () => {
      it('hands out the commits that enqueue a card of the agent, oldest first, as they stand in the log', async () => {
        const from = await ready();
        const commits = [enqueue(at('BE-1')), enqueue(at('BE-2'), skipped(), enqueued(2)), enqueue(at('BE-3'))];
        for (const commit of commits) await stored(log(), commit);
        const works: Work[] = [];
        while (works.length < 3) works.push(...(await take(from, 10)));
        expect(works.map((work) => work.commit.events)).toEqual(commits.map((commit) => commit.events));
        expect(works.map((work) => work.delivery)).toEqual([1, 1, 1]);
        expect(works[0]?.commit).toEqual(await log().last(commits[0]!.lane));
      });

      it('hands out nothing of other agents, of other lanes, of other types', async () => {
        const from = await ready();
        await stored(log(), pause());
        await stored(log(), enqueue(at('QA-1', 'qa')));
        await stored(log(), enqueue(at('backend', 'qa')));
        await stored(log(), enqueue(at('BE-1'), skipped()));
        await stored(log(), firstAttempt(at('BE-2'), started(1)));
        await nothingBut(from, 'BE-3');
      });

      it('hands out nothing that no build can read, and goes on with what lies behind it', async () => {
        const lane = decidedLane(at('BE-1'));
        const malformed = JSON.stringify({ ...enqueued(), data: { attempt: 'x' } });
        for (const text of ['\u0000', '{}', '[]', `[${malformed}]`])
          await harness.plant(lane, new TextEncoder().encode(text));
        await nothingBut(await ready(), 'BE-2');
        expect((await log().last(lane))?.events).toMatchObject([
          { type: 'Unknown', bytes: Buffer.from(malformed).toString('base64') },
        ]);
      });

      it('waits until there is work, and takes no more than asked for', async () => {
        const from = await ready();
        const waiting = take(from, 2);
        await fill(log(), 5);
        const first = await waiting;
        expect(first.length).toBeGreaterThanOrEqual(1);
        expect(first.length).toBeLessThanOrEqual(2);
        const cards = first.map(cardOf);
        while (cards.length < 5) {
          const more = await take(from, 2);
          expect(more.length).toBeLessThanOrEqual(2);
          cards.push(...more.map(cardOf));
        }
        expect(cards).toEqual(['BE-0', 'BE-1', 'BE-2', 'BE-3', 'BE-4']);
      });

      it('hands out each attempt of one card', async () => {
        const from = await ready();
        const lane = decidedLane(at('BE-1'));
        const first = await stored(log(), enqueue(at('BE-1'), enqueued(1)));
        await stored(log(), commitTo(lane, first.revision, enqueued(2)));
        const attempts: unknown[] = [];
        while (attempts.length < 2) for (const work of await take(from, 2)) attempts.push(work.commit.events[0]);
        expect(attempts).toMatchObject([{ data: { attempt: 1 } }, { data: { attempt: 2 } }]);
      });
    });

    describe('provisioning', () => {
      it('takes what was enqueued at or before its position for settled', async () => {
        await fill(log(), 3);
        const last = await log().last(decidedLane(at('BE-1')));
        await harness.claims.provision(backend, last!.position);
        expect(cardOf(await takeOne(await source()))).toBe('BE-2');
      });

      it('counts once: a later call with another position changes nothing', async () => {
        await fill(log(), 2);
        await harness.claims.provision(backend, START);
        await harness.claims.provision(backend, await log().head());
        const from = await source();
        expect(cardOf(await takeOne(from))).toBe('BE-0');
        await harness.claims.provision(backend, START);
        expect(cardOf(await takeOne(from))).toBe('BE-1');
      });
    });

    describe('settling', () => {
      it('never delivers acknowledged work again, however long ago its lease was', async () => {
        const from = await ready(LEASE_MS);
        await stored(log(), enqueue(at('BE-1')));
        await stored(log(), enqueue(at('BE-2')));
        const settled = await takeOne(from);
        const held = await takeOne(from);
        await settled.ack();
        const again = await takeOne(from);
        expect([cardOf(held), cardOf(again), again.delivery]).toEqual(['BE-2', 'BE-2', 2]);
        await again.ack();
        expect(await settled.heartbeat()).toBe(false);
        await nothingBut(from, 'BE-3');
      });

      it('delivers work that was handed back again, counted up', async () => {
        const from = await ready();
        await stored(log(), enqueue(at('BE-1')));
        await (await takeOne(from)).nak(0);
        const again = await takeOne(from);
        expect([cardOf(again), again.delivery]).toEqual(['BE-1', 2]);
      });

      it('delivers work that was handed back with a delay not before the delay is over', async () => {
        const from = await ready();
        await stored(log(), enqueue(at('BE-1')));
        const begun = performance.now();
        await (await takeOne(from)).nak(1_200);
        await nothingBut(from, 'BE-2');
        expect(cardOf(await takeOne(from))).toBe('BE-1');
        expect(performance.now() - begun).toBeGreaterThanOrEqual(1_195);
      });

      it('does not lose work over a hundred hand-backs', async () => {
        const from = await ready();
        await stored(log(), enqueue(at('BE-1')));
        for (let delivery = 1; delivery <= 100; delivery++) {
          const work = await takeOne(from);
          expect(work.delivery).toBe(delivery);
          await work.nak(delivery % 10 === 0 ? 1 : 0);
        }
        const last = await takeOne(from);
        expect([cardOf(last), last.delivery]).toEqual(['BE-1', 101]);
      });
    });

    describe('leases', () => {
      it('bring work back when nobody settles it, to any source, counted up', async () => {
        const first = await ready(LEASE_MS);
        await stored(log(), enqueue(at('BE-1')));
        const lost = await takeOne(first);
        const again = await takeOne(await source(LONG_MS, 'w2'));
        expect([cardOf(again), again.delivery]).toEqual(['BE-1', 2]);
        expect(await lost.heartbeat()).toBe(false);
        expect(await again.heartbeat()).toBe(true);
      });

      it('are kept by heartbeats for as long as it takes', async () => {
        const from = await ready(1_000);
        const other = await source(1_000, 'w2');
        await stored(log(), enqueue(at('BE-1')));
        const work = await takeOne(from);
        const end = performance.now() + 2_500;
        let beats = 0;
        await until('more than two leases of heartbeats', () => {
          void work.heartbeat().then((kept) => (beats += kept ? 1 : -1_000_000));
          return performance.now() > end;
        });
        expect(beats).toBeGreaterThan(0);
        await nothingBut(other, 'BE-2');
        await work.ack();
      });

      it('are held by one source at a time', async () => {
        const count = 200;
        await fill(log(), count);
        const sources = [
          await ready(LONG_MS, 'w1'),
          ...(await Promise.all(['w2', 'w3', 'w4'].map((worker) => source(LONG_MS, worker)))),
        ];
        const held = new Set<string>();
        const settled: string[] = [];
        const stop = new AbortController();
        const work = async (from: WorkSource): Promise<void> => {
          for (let works = await from.take(3, stop.signal); works.length > 0; works = await from.take(3, stop.signal)) {
            for (const { commit } of works) expect(held.has(commit.lane)).toBe(false);
            for (const { commit } of works) held.add(commit.lane);
            await Promise.all(works.map((piece) => piece.heartbeat()));
            for (const piece of works) {
              held.delete(piece.commit.lane);
              settled.push(cardOf(piece));
              await piece.ack();
            }
          }
        };
        const working = Promise.all(sources.map(work));
        await until('all work settled', () => settled.length >= count);
        stop.abort();
        await within('idle workers', working);
        expect(new Set(settled).size).toBe(count);
        expect(settled).toHaveLength(count);
      });
    });

    describe('ending', () => {
      it('answers an empty list to a take that is aborted, before or while it waits', async () => {
        const from = await ready();
        expect(await within('no work', from.take(1, AbortSignal.abort()))).toEqual([]);
        const stop = new AbortController();
        const waiting = from.take(1, stop.signal);
        stop.abort();
        expect(await within('no work', waiting)).toEqual([]);
        await nothingBut(from, 'BE-1');
      });

      it('ends the waits of a closed source, not those of another, and brings its work back', async () => {
        const from = await ready(LEASE_MS);
        const other = await source(LONG_MS, 'w2');
        await stored(log(), enqueue(at('BE-1')));
        await takeOne(from);
        const waits = [take(from), take(other)];
        await from.close();
        await from.close();
        expect(await waits[0]).toEqual([]);
        expect(await take(from)).toEqual([]);
        expect((await waits[1])?.map(cardOf)).toEqual(['BE-1']);
      });

      it('ends every wait when the claims are closed, twice if need be', async () => {
        const from = await ready();
        const waiting = take(from);
        await harness.claims.close();
        await harness.claims.close();
        expect(await waiting).toEqual([]);
        expect(await take(from)).toEqual([]);
      });
    });

    it('keeps ids that hold dots, spaces and letters of any language', async () => {
      const from = await ready();
      for (const card of ['BE.1', 'BE 2', 'ação/🚀', '_']) {
        await stored(log(), enqueue(at(card, 'backend', 'Projeto nº 1')));
        expect(cardOf(await takeOne(from))).toBe(cardId(card));
      }
    });
  });
};
