import { describe, expect, it } from '@jest/globals';
import type { WallClock } from '@squados/platform';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { SseSink } from './sse-sink.js';

/** A response whose reader has gone to sleep. */
class Sleeping extends EventEmitter {
  readonly written: string[] = [];
  destroyed = false;
  writableEnded = false;
  writableNeedDrain = false;
  writeHead(): this {
    return this;
  }
  write(text: string): boolean {
    this.written.push(text);
    return !this.writableNeedDrain;
  }
  destroy(): this {
    this.destroyed = true;
    this.emit('close');
    return this;
  }
}

const handClock = (): WallClock & { pass(ms: number): void } => {
  const timers = new Set<{ ms: number; call: () => void }>();
  return {
    now: () => 0,
    after: (ms, call) => {
      const timer = { ms, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass: (ms) => {
      for (const timer of [...timers]) if (timer.ms === ms && timers.delete(timer)) timer.call();
    },
  };
};

const opened = () => {
  const response = new Sleeping();
  const clock = handClock();
  const sink = new SseSink(response as unknown as ServerResponse, { clock, heartbeatMs: 20, patienceMs: 15 });
  return { response, clock, sink };
};

describe('server-sent events', () => {
  it('name the event and carry the id only of what can be resumed', async () => {
    const { response, sink } = opened();
    await sink.send({ event: 'log', data: '{}', id: 'L:7' });
    await sink.send({ event: 'patch', data: '{}' });
    expect(response.written.slice(1)).toEqual(['id: L:7\nevent: log\ndata: {}\n\n', 'event: patch\ndata: {}\n\n']);
  });

  it('hold one message for a slow client and go on when it has read', async () => {
    const { response, sink } = opened();
    response.writableNeedDrain = true;
    const sent = sink.send({ event: 'log', data: '1' });
    response.emit('drain');
    expect(await sent).toBe(true);
  });

  it('drop a client that does not read within the patience, and write nothing to it any more', async () => {
    const { response, clock, sink } = opened();
    response.writableNeedDrain = true;
    const sent = sink.send({ event: 'log', data: '1' });
    clock.pass(15);
    expect(await sent).toBe(false);
    const before = response.written.length;
    expect(await sink.send({ event: 'log', data: '2' })).toBe(false);
    clock.pass(20);
    expect(response.written).toHaveLength(before);
    expect(response.destroyed).toBe(true);
  });

  it('beat only where there is room', () => {
    const { response, clock } = opened();
    clock.pass(20);
    response.writableNeedDrain = true;
    clock.pass(20);
    expect(response.written.filter((text) => text.startsWith(':'))).toHaveLength(1);
  });
});
