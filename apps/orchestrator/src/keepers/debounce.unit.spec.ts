import { describe, expect, it } from '@jest/globals';
import { HandClock } from '../testing/hand-clock.js';
import { Debounce } from './debounce.js';

const setUp = (work: () => Promise<void> = () => Promise.resolve()) => {
  const clock = new HandClock();
  let runs = 0;
  const debounce = new Debounce({
    clock,
    delayMs: 200,
    work: () => {
      runs += 1;
      return work();
    },
  });
  return { clock, debounce, runs: () => runs };
};

/** Lets everything that was promised already happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work that waits a while', () => {
  it('runs once for many asks, not before its time', async () => {
    const { clock, debounce, runs } = setUp();
    debounce.ask();
    clock.turn(199);
    debounce.ask();
    await settled();
    expect(runs()).toBe(0);
    clock.turn(1);
    await settled();
    expect(runs()).toBe(1);
    clock.turn(10_000);
    await settled();
    expect(runs()).toBe(1);
  });

  it('never runs twice at once: an ask meanwhile runs after the end of the first', async () => {
    const ends: (() => void)[] = [];
    const { clock, debounce, runs } = setUp(() => new Promise((resolve) => ends.push(resolve)));
    debounce.ask();
    clock.turn(200);
    await settled();
    debounce.ask();
    clock.turn(200);
    await settled();
    expect(runs()).toBe(1);
    ends[0]?.();
    await settled();
    expect(runs()).toBe(2);
    ends[1]?.();
    await debounce.finish();
  });

  it('finish runs what is outstanding at once, waits for it, and takes its timer back', async () => {
    let ended = false;
    const { clock, debounce, runs } = setUp(async () => {
      await settled();
      ended = true;
    });
    debounce.ask();
    await debounce.finish();
    expect(ended).toBe(true);
    expect(clock.nextIn).toBeUndefined();
    await debounce.finish();
    expect(runs()).toBe(1);
  });
});
