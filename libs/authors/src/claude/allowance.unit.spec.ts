import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Allowance, AllowanceSpent, mostPromptTokens } from './allowance.js';
import { costOf } from './model-catalog.js';
import type { ModelRequest } from './model-client.port.js';

const NOW = Date.parse('2026-11-20T00:00:00Z');
const request = (text: string, ttl: '5m' | '1h' | 'none' = '1h'): ModelRequest => ({
  model: 'claude-opus-5-5',
  maxTokens: 16_000,
  system: [{ text: 'rules', ...(ttl !== 'none' && { cache: ttl }) }],
  tools: [],
  turns: [{ role: 'user', parts: [{ type: 'text', text }] }],
});
const NOTHING = { nanoUsd: 0, tokens: 0 };

describe('an allowance', () => {
  it('reserves more than any call can cost, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('5m', '1h', 'none'), (text, ttl) => {
        const asked = request(text, ttl);
        const { reserved, maxTokens } = new Allowance(undefined, NOTHING).reserve(asked, NOW);
        const prompt = mostPromptTokens(asked);
        expect(prompt).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(text)));
        const worst = { input: 0, output: maxTokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
        const kind = { '1h': 'cacheWrite1h', '5m': 'cacheWrite5m', none: 'input' }[ttl];
        const usage = { ...worst, [kind]: prompt };
        expect(reserved.nanoUsd).toBe(costOf(asked.model, usage, NOW));
      }),
    );
  });

  it('is never passed, however calls turn out', () => {
    const turns = fc.array(fc.record({ size: fc.nat(3_000), share: fc.double({ min: 0, max: 1, noNaN: true }) }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), turns, (limit, calls) => {
        const allowance = new Allowance({ nanoUsd: limit, tokens: 500_000 }, NOTHING);
        let spent = 0;
        for (const { size, share } of calls) {
          try {
            const { reserved } = allowance.reserve(request('x'.repeat(size)), NOW);
            expect(spent + reserved.nanoUsd).toBeLessThanOrEqual(limit);
            const cost = { nanoUsd: Math.floor(reserved.nanoUsd * share), tokens: Math.floor(reserved.tokens * share) };
            allowance.settle(reserved, cost);
            spent += cost.nanoUsd;
          } catch (error) {
            expect(error).toBeInstanceOf(AllowanceSpent);
          }
        }
        expect(spent).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('counts what deliveries before it spent', () => {
    const allowance = new Allowance({ nanoUsd: 400_000_000, tokens: 1_000_000 }, { nanoUsd: 390_000_000, tokens: 0 });
    expect(() => allowance.reserve(request('x'), NOW)).toThrow(AllowanceSpent);
  });

  it('is bounded in tokens too', () => {
    const allowance = new Allowance({ nanoUsd: 1e12, tokens: 5_000 }, NOTHING);
    const { maxTokens, reserved } = allowance.reserve(request('x'), NOW);
    expect(reserved.tokens).toBeLessThanOrEqual(5_000);
    expect(maxTokens).toBeLessThan(5_000);
  });
});
