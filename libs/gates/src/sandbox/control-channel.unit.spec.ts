import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ControlChannel } from './control-channel.js';

const open = () => {
  const words = new PassThrough();
  return { words, channel: new ControlChannel(words, new PassThrough()) };
};

describe('the control channel', () => {
  it('answers those who waited before a word and those who come after it', async () => {
    const { words, channel } = open();
    const early = channel.when('exit');
    words.write('rea');
    words.write('dy\nexit 3\n');
    expect([await early, await channel.when('ready'), channel.heard('exit')]).toEqual(['3', '', '3']);
  });

  it('tells that a word will not come any more', async () => {
    const { words, channel } = open();
    const waiting = channel.when('started');
    words.end('ready\n');
    expect(await waiting).toBeUndefined();
  });

  it('believes the first of two', async () => {
    const { words, channel } = open();
    words.write('exit 0\nexit 1\n');
    expect(await channel.when('exit')).toBe('0');
  });
});
