import { describe, expect, it } from '@jest/globals';
import { NANO_USD } from '@squados/contracts';
import { authorLine, authorOf, budgetOf, perAttemptOf } from './author-setup.js';

const KEY = 'sk-ant-0123456789';

describe('who writes', () => {
  it('is the offline author without a key, and says so', () => {
    const setup = authorOf({}, {});
    expect(setup).toEqual({ kind: 'offline', why: 'no ANTHROPIC_API_KEY is set' });
    expect(authorLine(setup)).toBe('author: offline, no model is asked (no ANTHROPIC_API_KEY is set)');
    expect(authorOf({ ANTHROPIC_API_KEY: '  ' }, {}).kind).toBe('offline');
  });
  it('is Claude with a key, with a budget and without telling the key', () => {
    const setup = authorOf(
      { ANTHROPIC_API_KEY: KEY },
      { model: ['backend=claude-sonnet-5-5', 'BE-003=claude-haiku-5-5'] },
    );
    expect(setup).toMatchObject({
      kind: 'claude',
      budgetNanoUsd: 5 * NANO_USD,
      choices: { agents: { backend: 'claude-sonnet-5-5' }, cards: { 'BE-003': 'claude-haiku-5-5' } },
    });
    expect(authorLine(setup)).toBe('author: Claude, at most $5.00 (--budget)');
  });
  it('can be chosen', () => {
    expect(authorOf({ ANTHROPIC_API_KEY: KEY }, { author: 'offline' }).kind).toBe('offline');
    expect(() => authorOf({}, { author: 'claude' })).toThrow('no ANTHROPIC_API_KEY is set');
    expect(() => authorOf({}, { author: 'gpt' })).toThrow('"gpt" is not known');
    expect(() => authorOf({ ANTHROPIC_API_KEY: KEY }, { model: ['backend'] })).toThrow('is not understood');
    expect(() => authorOf({ ANTHROPIC_API_KEY: KEY }, { model: ['bakend=claude-x'] })).toThrow('"bakend" is no agent');
  });
});

describe('a budget', () => {
  it.each([
    ['5', 5 * NANO_USD],
    ['0.50', NANO_USD / 2],
    ['0.0001', 100_000],
  ])('of %s is taken to the billionth', (text, nanoUsd) => expect(budgetOf(text)).toBe(nanoUsd));
  it.each(['', '0', '-1', '1e3', '5$', '1,5', '0.00001'])('%j is no amount', (text) => {
    expect(() => budgetOf(text)).toThrow('is no amount');
  });
  it('gives an attempt a fifth of it, half a dollar where there is that much, at most two', () => {
    expect(perAttemptOf(NANO_USD / 4)).toBe(NANO_USD / 4);
    expect(perAttemptOf(NANO_USD)).toBe(NANO_USD / 2);
    expect(perAttemptOf(5 * NANO_USD)).toBe(NANO_USD);
    expect(perAttemptOf(100 * NANO_USD)).toBe(2 * NANO_USD);
  });
});
