import { describe, expect, it } from '@jest/globals';
import { rememberedOf } from './remembered.js';

const counted = () => {
  const made: string[] = [];
  const upper = rememberedOf((text) => {
    made.push(text.slice(0, 10));
    return text.toUpperCase();
  });
  return { made, upper };
};

describe('a function of a text that remembers', () => {
  it('makes each short text once, however often it is asked for', () => {
    const { made, upper } = counted();
    const asked = Array.from({ length: 3_000 }, (_, i) => `book ${i % 30}`);
    expect(asked.map(upper)).toEqual(asked.map((text) => text.toUpperCase()));
    expect(made).toHaveLength(30);
  });

  it('keeps no long text, and never more than so many', () => {
    const { made, upper } = counted();
    const long = 'x'.repeat(201);
    expect([upper(long), upper(long)]).toEqual([long.toUpperCase(), long.toUpperCase()]);
    expect(made).toHaveLength(2);
    for (let i = 0; i <= 20_000; i++) upper(`a${i}`);
    expect(upper('a0')).toBe('A0');
    expect(made.filter((text) => text === 'a0')).toHaveLength(2);
  });
});
