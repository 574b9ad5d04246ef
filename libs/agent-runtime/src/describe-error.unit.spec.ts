import { describe, expect, it } from '@jest/globals';
import { clip, createScrub, messageOf, nameOf, placeOf } from './describe-error.js';

describe('texts on their way to the log', () => {
  const scrub = createScrub({
    ANTHROPIC_API_KEY: 'key-abcdefgh',
    DB_PASSWORD: 'hunter2hunter2',
    HOME: '/home/me',
    SHORT_TOKEN: 'abc',
    EMPTY_SECRET: undefined,
  });
  it.each([
    ['the key key-abcdefgh leaked', 'the key [ANTHROPIC_API_KEY] leaked'],
    ['hunter2hunter2hunter2hunter2', '[DB_PASSWORD][DB_PASSWORD]'],
    ['Authorization: Bearer abcdef.123456-xyz', 'Authorization: [redacted]'],
    ['sk-ant-api03-0123456789abcdefghij', '[redacted]'],
    ['postgres://me:s3cret@db/x', 'postgres://me:[redacted]@db/x'],
    ['in /home/me, abc', 'in /home/me, abc'],
  ])('hold no secret: %s', (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });
  it('are cut without breaking a character', () => {
    expect(clip('short', 10)).toBe('short');
    expect(clip('x'.repeat(11), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(clip(`${'x'.repeat(8)}😀yy`, 10)).toBe(`${'x'.repeat(8)}…`);
  });
});

describe('what was thrown', () => {
  it('is told whatever it was', () => {
    expect(messageOf(new Error('m'))).toBe('m');
    expect(messageOf(new TypeError(''))).toBe('TypeError');
    expect(messageOf('text')).toBe('text');
    expect(messageOf(undefined)).toBe('undefined');
    expect(nameOf(new TypeError('x'))).toBe('TypeError');
    expect(nameOf(7)).toBe('number');
  });
  it('is placed at the innermost frame of our own code, without the machine’s folders', () => {
    const stack =
      'Error: x\n    at node:internal/a.js:1:1\n    at f (/w/node_modules/p/i.js:2:2)\n    at g (file:///home/me/libs/authors/src/write.ts:33:7)';
    expect(placeOf(Object.assign(new Error('x'), { stack }))).toBe('authors/src/write.ts:33');
    expect(placeOf(Object.assign(new Error('x'), { stack: 'Error: x' }))).toBeUndefined();
    expect(placeOf('no error')).toBeUndefined();
  });
});
