import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { HealthState, Lifecycle, newEventId, onStopSignal, systemClock } from '../index.js';

describe('a shutdown', () => {
  it('drains all at once, then closes the last opened first', async () => {
    const order: string[] = [];
    const life = new Lifecycle({ boundMs: 1_000 });
    for (const name of ['log', 'store']) life.add({ name, phase: 'close', stop: () => void order.push(name) });
    for (const name of ['arch', 'product']) {
      life.add({
        name,
        phase: 'drain',
        stop: async () => {
          order.push(`${name}…`);
          await Promise.resolve();
          order.push(name);
        },
      });
    }
    expect(await life.shutdown('SIGTERM')).toEqual({ reason: 'SIGTERM', problems: [] });
    expect(order).toEqual(['arch…', 'product…', 'arch', 'product', 'store', 'log']);
  });
  it('happens once, however often it is asked for', async () => {
    let stops = 0;
    const life = new Lifecycle({ boundMs: 1_000 });
    life.add({ name: 'a', phase: 'drain', stop: () => void stops++ });
    expect(life.isStopping).toBe(false);
    const first = life.shutdown('one');
    expect(life.shutdown('two')).toBe(first);
    expect(life.isStopping).toBe(true);
    await first;
    expect(stops).toBe(1);
  });
  it('is bounded, goes on after a step that fails or hangs, and tells of both', async () => {
    const lines: string[] = [];
    const logger = { info: () => undefined, warn: (_: unknown, message: string) => void lines.push(message) };
    const life = new Lifecycle({ boundMs: 20, logger });
    let closed = false;
    life.add({ name: 'hangs', phase: 'drain', stop: () => new Promise(() => undefined) });
    life.add({ name: 'log', phase: 'close', stop: () => void (closed = true) });
    life.add({ name: 'broken', phase: 'close', stop: () => Promise.reject(new Error('torn')) });
    const { problems } = await life.shutdown('test');
    expect(problems).toEqual(['hangs did not drain within 20 ms', 'broken failed to close: torn']);
    expect(lines).toEqual(problems);
    expect(closed).toBe(true);
  });
});

describe('signals', () => {
  it('stop with the first and hurry with the next, until the listeners are taken away', () => {
    const source = new EventEmitter();
    const heard: string[] = [];
    const free = onStopSignal(
      source,
      (signal) => heard.push(signal),
      () => heard.push('hurry'),
    );
    source.emit('SIGTERM');
    source.emit('SIGINT');
    free();
    source.emit('SIGINT');
    expect(heard).toEqual(['SIGTERM', 'hurry']);
  });
});

describe('health', () => {
  it('is ready once every expected part said so, and no more when the stop began', () => {
    const health = new HealthState();
    health.expect('log', 'fold');
    health.report('log', true);
    expect(health.read()).toEqual({
      live: true,
      started: false,
      ready: false,
      stopping: false,
      parts: { log: { ready: true, detail: '' }, fold: { ready: false, detail: 'has not reported yet' } },
    });
    health.report('fold', true, 'at the head');
    health.expect('fold');
    expect(health.read()).toMatchObject({ started: true, ready: true });
    health.report('log', false, 'away');
    expect(health.read()).toMatchObject({ started: true, ready: false });
    health.report('log', true);
    health.beginStop();
    expect(health.read()).toMatchObject({ live: true, started: true, ready: false, stopping: true });
  });
});

describe('time and ids from outside', () => {
  it('are the system’s', async () => {
    expect(newEventId()).not.toBe(newEventId());
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    let called = false;
    systemClock.after(0, () => (called = true))();
    await new Promise<void>((resolve) => systemClock.after(1, resolve));
    expect(called).toBe(false);
  });
});
