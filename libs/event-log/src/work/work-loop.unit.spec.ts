import { describe, expect, it } from '@jest/globals';
import { agentName, START } from '@squados/contracts';
import { openMemoryLog, WorkAnswer, WorkLoop, type Work, type WorkClaim, type WorkHandler } from '../index.js';
import { fill } from '../testing/samples.js';
import { until, within } from '../testing/waiting.js';

const agent = agentName('backend');

/** A loop with one slot over so many pieces; takes are counted. */
const loopOver = async (pieces: number, handle: WorkHandler) => {
  const { log, claims } = openMemoryLog();
  await claims.provision(agent, START);
  await fill(log, pieces);
  const seen = { taken: 0, handedBack: 0, troubles: 0, broken: false };
  const watched: WorkClaim = {
    provision: (...of) => claims.provision(...of),
    open: async (options) => {
      const source = await claims.open(options);
      return {
        take: async (max, signal) => {
          if (seen.broken) throw new Error('broken');
          const works = await source.take(max, signal);
          seen.taken += works.length;
          return works.map((work): Work => ({ ...work, nak: (ms) => (seen.handedBack++, work.nak(ms)) }));
        },
        close: () => source.close(),
      };
    },
    close: () => claims.close(),
  };
  const options = { claims: watched, agent, worker: 'w', leaseMs: 30_000, handle, trouble: () => void seen.troubles++ };
  return { seen, open: (concurrency: number) => WorkLoop.open({ ...options, concurrency }), claims };
};

describe('the loop over the work', () => {
  it('takes the next piece when the handler is nearly done, and hands it over when it has ended', async () => {
    const begun: (() => void)[] = [];
    let say = (): void => undefined;
    const { seen, open, claims } = await loopOver(3, (_work, _signal, nearlyDone) => {
      say = nearlyDone;
      return new Promise((resolve) => begun.push(() => resolve(WorkAnswer.done)));
    });
    const loop = await open(1);
    await until('the first is being handled', () => begun.length === 1);
    expect(seen.taken).toBe(1);
    say();
    say();
    await until('the second was taken', () => seen.taken === 2);
    expect([begun.length, loop.running]).toEqual([1, 1]);
    begun[0]?.();
    await until('the second is being handled', () => begun.length === 2);
    expect(seen.taken).toBe(2);
    begun[1]?.();
    await until('the third is being handled', () => begun.length === 3);
    begun[2]?.();
    await within('a close', loop.close({ graceMs: 1_000 }));
    await claims.close();
  });

  it('hands back what it took ahead when it closes meanwhile', async () => {
    let end = (): void => undefined;
    const { seen, open, claims } = await loopOver(2, (_work, _signal, nearlyDone) => {
      nearlyDone();
      return new Promise((resolve) => (end = () => resolve(WorkAnswer.done)));
    });
    const loop = await open(1);
    await until('the second was taken', () => seen.taken === 2);
    const closing = loop.close({ graceMs: 5_000 });
    end();
    await within('the close', closing);
    expect(seen.handedBack).toBe(1);
    await claims.close();
  });

  it('tells once that taking fails, however many slots wait, and closes all the same', async () => {
    const { seen, open, claims } = await loopOver(0, async () => WorkAnswer.done);
    seen.broken = true;
    const loop = await open(5);
    await until('it told', () => seen.troubles === 1);
    await within('the close', loop.close({ graceMs: 0 }));
    expect(seen.troubles).toBe(1);
    await claims.close();
  });
});
