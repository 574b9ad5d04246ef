import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { OutputDrain } from './output-drain.js';

describe('the output drain', () => {
  it('keeps what fits, counts the rest and goes on reading', () => {
    const stream = new PassThrough();
    const drain = new OutputDrain(stream, 5);
    for (const text of ['abc', 'defg', 'hij']) stream.emit('data', Buffer.from(text));
    expect({ text: drain.text(), dropped: drain.droppedBytes }).toEqual({ text: 'abcde', dropped: 5 });
  });

  it('replaces what is no UTF-8', () => {
    const stream = new PassThrough();
    const drain = new OutputDrain(stream, 10);
    stream.emit('data', Buffer.from([0x61, 0xff]));
    expect(drain.text()).toBe('a\uFFFD');
  });
});
