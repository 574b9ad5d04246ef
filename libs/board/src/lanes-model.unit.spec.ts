import { describe, expect, it } from '@jest/globals';
import { explore, meddling, type Model } from './testing/lane-model.js';

const model = (overrides: Partial<Model>): Model => ({
  cards: 1,
  commands: [],
  claims: 2,
  failures: 0,
  orchestrators: 2,
  ...overrides,
});

describe('every interleaving of two orchestrators, two workers, a gateway and crashes', () => {
  const cases: readonly (readonly [string, Partial<Model>])[] = [
    ['one card that completes', {}],
    ['one card and three claims', { claims: 3, orchestrators: 1 }],
    ['one card whose first attempt may fail', { failures: 1, orchestrators: 1 }],
    ['a skip', { commands: [meddling.skip('C0')] }],
    [
      'a pause that releases, and a resume',
      { commands: [meddling.pauseNow(), meddling.resume()], orchestrators: 1, claims: 1 },
    ],
    ['a rollback', { commands: [meddling.rollBack('C0')], orchestrators: 1, claims: 1 }],
    ['a retry of a dead letter', { commands: [meddling.retry('C0')], failures: 2, orchestrators: 1, claims: 1 }],
    ['two cards in a chain', { cards: 2, claims: 1 }],
    ['an approval', { approval: true, claims: 1, commands: [meddling.approve('C0')] }],
    [
      'a refusal, and a retry',
      {
        approval: true,
        claims: 1,
        orchestrators: 1,
        commands: [meddling.approve('C0', 'refused'), meddling.retry('C0')],
      },
    ],
    [
      'an approval while somebody rolls it back',
      { approval: true, claims: 1, orchestrators: 1, commands: [meddling.rollBack('C0'), meddling.approve('C0')] },
    ],
    ['a rejection and its correction', { cards: 2, rejections: 1, claims: 1, orchestrators: 1 }],
    ['three rejections', { cards: 2, rejections: 3, claims: 1, orchestrators: 1 }],
    [
      'a rejection while somebody skips the card that rejects',
      { cards: 2, rejections: 1, claims: 1, orchestrators: 1, commands: [meddling.skip('C1')] },
    ],
    ['a card that closes the project', { closing: true, claims: 1 }],
    [
      'a rollback of the card that proposed the closing one',
      { closing: true, commands: [meddling.rollBack('C0')], orchestrators: 1, claims: 1 },
    ],
    [
      'a closing card after a chain, and a skip',
      { closing: true, cards: 2, commands: [meddling.skip('C1')], orchestrators: 1, claims: 1 },
    ],
  ];
  for (const [name, overrides] of cases)
    it(`keeps one end per attempt, one holder per lane, and always a way to rest: ${name}`, () => {
      const { violations, stuck, states, ends } = explore(model(overrides));
      expect(violations).toEqual([]);
      expect(stuck).toBe(0);
      expect(states).toBeGreaterThan(50);
      expect(ends.size).toBeGreaterThan(0);
    });
});

describe('the checker itself', () => {
  it('finds attempts that end twice when appends expect nothing', () => {
    expect(explore(model({ bug: 'no-fence', orchestrators: 1 })).violations.join()).toMatch(/ended twice|holds/);
  });

  it('finds a zombie that can still end an attempt when a take-over appends no CardStarted', () => {
    expect(explore(model({ bug: 'no-start-on-take-over', orchestrators: 1 })).violations.join()).toMatch(
      /two workers can end/,
    );
  });

  it('finds an attempt that nobody will ever end when a worker that was taken over acknowledges the work', () => {
    const { stuck, violations } = explore(model({ bug: 'zombie-acks', orchestrators: 1, claims: 3 }));
    expect(violations).toEqual([]);
    expect(stuck).toBeGreaterThan(0);
  });
});
