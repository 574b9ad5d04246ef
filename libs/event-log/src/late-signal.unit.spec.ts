import { describe, expect, it } from '@jest/globals';
import { LateSignal, onAbort } from './index.js';

describe('a signal that is made late', () => {
  it('tells whoever listens once, with the first reason', () => {
    const stop = new LateSignal();
    const heard: unknown[] = [];
    onAbort(stop, () => heard.push(stop.reason));
    onAbort(stop, () => heard.push('never'))();
    stop.abort(new Error('first'));
    stop.abort(new Error('second'));
    onAbort(stop, () => heard.push('late'));
    expect(heard).toEqual([new Error('first'), 'late']);
    expect([stop.aborted, stop.reason]).toEqual([true, new Error('first')]);
  });

  it('is an AbortSignal for whoever asks for one, before and after it was aborted', () => {
    const asked = new LateSignal();
    const { signal } = asked;
    expect(signal.aborted).toBe(false);
    asked.abort(new Error('stop'));
    expect(signal.reason).toEqual(new Error('stop'));
    expect(asked.signal).toBe(signal);
    const over = new LateSignal();
    over.abort(new Error('stop'));
    expect([over.signal.aborted, over.signal.reason]).toEqual([true, new Error('stop')]);
  });
});
