import { describe, expect, it } from '@jest/globals';
import { agentName, cardId } from '@squados/contracts';
import fc from 'fast-check';
import { billedNanoUsd, STUB_MODELS } from '../testing/claude-stub/index.js';
import { costOf, factsOf, KNOWN_MODELS, modelFor } from './model-catalog.js';

const NOW = Date.parse('2026-11-20T00:00:00Z');
const tokens = fc.integer({ min: 0, max: 400_000 });

describe('models and prices', () => {
  it('agree with what the other side bills, to the billionth, over and under every threshold', () => {
    const usage = fc.record({
      input: tokens,
      output: tokens,
      cacheRead: tokens,
      cacheWrite5m: tokens,
      cacheWrite1h: tokens,
    });
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN_MODELS), usage, (model, used) => {
        const { cacheRead: read, cacheWrite5m: write5m, cacheWrite1h: write1h, input, output } = used;
        const other = STUB_MODELS[model];
        if (!other) throw new Error(`the stub does not know ${model}`);
        expect(costOf(model, used, NOW)).toBe(billedNanoUsd(other, { input, output, read, write5m, write1h }));
      }),
    );
  });
  it('take the price of the day', () => {
    const read = { input: 0, output: 0, cacheRead: 1_000_000, cacheWrite5m: 0, cacheWrite1h: 0 };
    expect(costOf('claude-sonnet-5-5', read, Date.parse('2026-10-06T23:59:59Z'))).toBe(200_000_000);
    expect(costOf('claude-sonnet-5-5', read, Date.parse('2026-10-07T00:00:00Z'))).toBe(100_000_000);
  });
  it('can be chosen for an agent and for a card', () => {
    const choices = { agents: { backend: 'claude-sonnet-5-5' }, cards: { 'BE-3': 'claude-haiku-5-5' } };
    const of = (card: string): string => modelFor(agentName('backend'), cardId(card), choices);
    expect([of('BE-1'), of('BE-3'), modelFor(agentName('arch'), cardId('ARCH-1'), choices)]).toEqual([
      'claude-sonnet-5-5',
      'claude-haiku-5-5',
      'claude-opus-5-5',
    ]);
  });
  it('refuse a model without prices', () => {
    expect(() => factsOf('claude-unpriced')).toThrow('add its prices first');
  });
});
