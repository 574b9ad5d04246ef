import { describe, expect, it } from '@jest/globals';
import { position, revision, type LaneCommit, decidedLane, agentName } from '@squados/contracts';
import { onAbort } from '../on-abort.js';
import { openMemoryLog } from '../index.js';
import { at, enqueue, fill, stored } from '../testing/samples.js';
import { startFollowing } from '../testing/reading.js';
import { until, within } from '../testing/waiting.js';
import { Bell } from './bell.js';
import { CommitTail } from './commit-tail.js';

const commit = (place: number): LaneCommit => ({
  lane: decidedLane(at('BE-1')),
  position: position(place),
  revision: revision(place),
  events: [],
});
const places = (commits: readonly LaneCommit[] | undefined): number[] | undefined =>
  commits?.map((each) => each.position);

describe('the tail of the log', () => {
  it('answers what comes after a cursor, at most so much, also between positions that were never used', () => {
    const tail = new CommitTail(position(10));
    for (const place of [11, 13, 17, 18]) tail.push(commit(place), 1);
    expect(places(tail.since(position(10), 10))).toEqual([11, 13, 17, 18]);
    expect(places(tail.since(position(12), 2))).toEqual([13, 17]);
    expect(places(tail.since(position(18), 2))).toEqual([]);
    expect(places(tail.since(position(99), 2))).toEqual([]);
    expect(tail.since(position(9), 2)).toBeUndefined();
  });

  it.each([
    ['commits', { commits: 4, bytes: 1_000_000 }, 1],
    ['bytes', { commits: 1_000_000, bytes: 40 }, 10],
  ])('forgets the oldest beyond its limit of %s, and knows that it has', (_what, limits, size) => {
    const tail = new CommitTail(position(0), limits);
    for (let place = 1; place <= 100; place++) {
      tail.push(commit(place), size);
      expect(places(tail.since(position(place - 4), 10))?.length).toBe(Math.min(4, place >= 4 ? 4 : 0) || undefined);
    }
    expect(tail.since(position(50), 10)).toBeUndefined();
  });

  it('keeps one commit that is over the limit alone', () => {
    const tail = new CommitTail(position(0), { commits: 10, bytes: 5 });
    tail.push(commit(1), 100);
    tail.push(commit(2), 100);
    expect(places(tail.since(position(1), 10))).toEqual([2]);
    expect(tail.since(position(0), 10)).toBeUndefined();
  });
});

describe('a bell', () => {
  it('remembers a ring between the look and the wait', async () => {
    const bell = new Bell();
    bell.hush();
    bell.ring();
    await within('the ring', bell.wait());
    bell.hush();
    const waiting = bell.wait();
    bell.ring();
    bell.ring();
    await within('the second ring', waiting);
  });
});

describe('waiting on an abort', () => {
  it('calls back once, at once when it has happened, and never after it was told to stop', () => {
    const controller = new AbortController();
    const calls: string[] = [];
    const keep = onAbort(controller.signal, () => calls.push('a'));
    onAbort(controller.signal, () => calls.push('b'))();
    onAbort(controller.signal, () => {
      calls.push('c');
      keep();
    });
    controller.abort();
    onAbort(controller.signal, () => calls.push('late'))();
    expect(calls).toEqual(['a', 'c', 'late']);
  });
});

describe('claims', () => {
  const worker = { agent: agentName('backend'), worker: 'w', leaseMs: 40 };
  const never = new AbortController().signal;

  it('wait for their provisioning, whoever comes first', async () => {
    const { log, claims } = openMemoryLog();
    const source = await claims.open(worker);
    const waiting = source.take(1, never);
    await fill(log, 1);
    await claims.provision(worker.agent, position(0));
    expect(await within('work', waiting)).toHaveLength(1);
    await claims.close();
  });

  it('read ahead of their takers only so far, and lose nothing by it', async () => {
    const { log, claims } = openMemoryLog();
    await fill(log, 5000);
    await claims.provision(worker.agent, position(0));
    const source = await claims.open({ ...worker, leaseMs: 30_000 });
    const seen: number[] = [];
    while (seen.length < 5000) {
      for (const work of await within('work', source.take(700, never))) {
        seen.push(work.commit.position);
        await work.ack();
      }
    }
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
    await claims.close();
  });

  it('turn a deaf ear to a worker whose lease went to another', async () => {
    const { log, claims } = openMemoryLog();
    await claims.provision(worker.agent, position(0));
    const source = await claims.open(worker);
    await stored(log, enqueue(at('BE-1')));
    const [zombie] = await within('work', source.take(1, never));
    const [heir] = await within('work again', source.take(1, never));
    await zombie!.ack();
    await zombie!.nak(0);
    const [third] = await within('work once more', source.take(1, never));
    expect([heir!.delivery, third!.delivery]).toEqual([2, 3]);
    await claims.close();
    expect(await third!.heartbeat()).toBe(false);
  });

  it('take the word of a worker that was late, when nobody else got the work meanwhile', async () => {
    const { log, claims } = openMemoryLog();
    await claims.provision(worker.agent, position(0));
    const source = await claims.open(worker);
    await stored(log, enqueue(at('BE-1')));
    const [work] = await within('work', source.take(1, never));
    let gone = false;
    await until('the lease is over', () => {
      // A heartbeat would prolong it; only the clock may end it.
      if (!gone) setTimeout(() => (gone = true), 100);
      return gone;
    });
    await work!.ack();
    await stored(log, enqueue(at('BE-2')));
    const [next] = await within('other work', source.take(5, never));
    expect(next!.commit.position).toBe(2);
    await claims.close();
  });

  it('end when the log is closed under them', async () => {
    const { log, claims } = openMemoryLog();
    await claims.provision(worker.agent, position(0));
    const source = await claims.open(worker);
    const waiting = source.take(1, never);
    await log.close();
    expect(await within('an end', waiting)).toEqual([]);
    await claims.close();
    await expect(claims.open(worker)).rejects.toMatchObject({ code: 'closed' });
    await expect(claims.provision(worker.agent, position(0))).rejects.toMatchObject({ code: 'closed' });
  });

  it('refuse a lease without length and a take of nothing', async () => {
    const { claims } = openMemoryLog();
    await expect(claims.open({ ...worker, leaseMs: 0 })).rejects.toThrow(RangeError);
    await expect((await claims.open(worker)).take(0, never)).rejects.toThrow(RangeError);
    await claims.close();
  });
});

describe('a follower that is aborted between two batches and never asked again', () => {
  it('holds nothing of the log any more', async () => {
    const { log } = openMemoryLog();
    const follower = startFollowing(log);
    await follower.next();
    const { belfry } = log as unknown as { readonly belfry: { readonly bells: ReadonlySet<unknown> } };
    expect(belfry.bells.size).toBe(1);
    follower.stop();
    expect(belfry.bells.size).toBe(0);
  });
});
