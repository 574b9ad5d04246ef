import { describe, expect, it } from '@jest/globals';
import { CONTROLS, HOSTILE } from '../testing/hostile.js';
import { duration } from './duration.js';
import { COLORS, NO_COLORS, paletteFor } from './palette.js';
import { printable, printableLines, shorten } from './sanitize.js';
import { table } from './table.js';
import { wholeNumber } from './whole-number.js';

describe('durations', () => {
  it.each([
    [-5, '0.0 s'],
    [0, '0.0 s'],
    [449, '0.4 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 m 00 s'],
    [185_000, '3 m 05 s'],
    [3_599_400, '59 m 59 s'],
    [3_600_000, '1 h 00 m'],
    [7_620_000, '2 h 07 m'],
    [360_000_000, '100 h 00 m'],
  ])('%i ms is %j', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('outside text', () => {
  it('loses what could steer a terminal, and nothing else', () => {
    expect(HOSTILE).toMatch(CONTROLS);
    expect(printable(HOSTILE)).not.toMatch(CONTROLS);
    expect(printable(HOSTILE)).toContain('[2J');
    expect(printable('Ação, 日本 🚀\tok')).toBe('Ação, 日本 🚀  ok');
  });

  it('keeps its line breaks where lines are wanted', () => {
    expect(printableLines('a\r\nb\rc\n\u001bd')).toEqual(['a', 'b', 'c', '\uFFFDd']);
  });

  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['  a \n b  ', 10, 'a b'],
    ['🚀🚀🚀', 2, '🚀…'],
    ['abc', 0, '…'],
  ])('%j in %i characters is %j', (text, width, short) => expect(shorten(text, width)).toBe(short));
});

describe('a table', () => {
  it('is as wide as its widest cells, numbers to the right, no blanks at the end', () => {
    const lines = table(
      [{ title: 'ID' }, { title: 'N', align: 'right' }, { title: 'TEXT' }],
      [
        ['PROD-1', '7', 'ação'],
        ['B', '100'],
      ],
    );
    expect(lines).toEqual(['ID        N  TEXT', 'PROD-1    7  ação', 'B       100']);
  });
});

describe('colours', () => {
  it('are for people at a terminal who did not decline them', () => {
    expect(paletteFor(true, {})).toBe(COLORS);
    expect(paletteFor(true, { NO_COLOR: '' })).toBe(COLORS);
    expect(paletteFor(true, { NO_COLOR: '0' })).toBe(NO_COLORS);
    expect(paletteFor(true, { TERM: 'dumb' })).toBe(NO_COLORS);
    expect(paletteFor(false, {})).toBe(NO_COLORS);
  });

  it('end where they began', () => {
    expect(COLORS.red('x')).toBe('\u001b[31mx\u001b[39m');
    expect(NO_COLORS.red('x')).toBe('x');
  });
});

describe('whole numbers', () => {
  it('are digits only', () => {
    expect(wholeNumber('0120', '--after')).toBe(120);
    for (const text of ['', '-1', '1.5', '1e3', 'x', '9'.repeat(16)])
      expect(() => wholeNumber(text, '--after')).toThrow('--after');
  });
});
