import { describe, expect, it } from '@jest/globals';
import { agentName, cardId, type CardSpec } from '@squados/contracts';
import { digestOf, KeptVerdicts, reachedFrom, standsForProduct } from './index.js';

const IMPORTS: Readonly<Record<string, readonly string[]>> = { a: ['b'], b: ['c', 'a'], c: [], d: ['a'] };
const edges = (path: string): readonly string[] => IMPORTS[path] ?? [];
const FILES = new Map([
  ['a', '1'],
  ['b', '2'],
  ['c', '3'],
]);

describe('what a verdict depends on', () => {
  it('is all that can be reached, in a circle too, and nothing else', () => {
    expect([...reachedFrom(['a'], edges)].sort()).toEqual(['a', 'b', 'c']);
  });
  it('has one digest in whatever order it is told', () => {
    expect(digestOf(['a', 'b'], FILES, 's')).toBe(digestOf(['b', 'a'], FILES, 's'));
  });
  it.each([
    ['another byte', ['a', 'b'], new Map([...FILES, ['b', '2 ']]), 's'],
    ['a file more', ['a', 'b', 'c'], FILES, 's'],
    ['other settings', ['a', 'b'], FILES, 't'],
    ['texts that changed places', ['a', 'b'], new Map([...FILES, ['a', '2'], ['b', '1']]), 's'],
  ] as const)('%s gives another digest', (_what, paths, files, settings) => {
    expect(digestOf(paths, files, settings)).not.toBe(digestOf(['a', 'b'], FILES, 's'));
  });
});

describe('kept verdicts', () => {
  it('name the run that saw it first', () => {
    const kept = new KeptVerdicts<number>();
    kept.keep('d', { value: 1, by: 'BE-001, attempt 1' });
    kept.keep('d', { value: 2, by: 'BE-002, attempt 1' });
    expect(kept.of('d')).toEqual({ value: 1, by: 'BE-001, attempt 1' });
  });
  it('know nothing of another digest', () => {
    expect(new KeptVerdicts<number>().of('d')).toBeUndefined();
  });
});

const card = (id: string, agent: string): CardSpec => ({
  id: cardId(id),
  title: id,
  description: '',
  agent: agentName(agent),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
});

describe('the card that stands for the product', () => {
  const cards = [card('BE-002', 'backend'), card('BE-010', 'backend'), card('FE-011', 'frontend')];
  it.each([
    ['BE-002', false],
    ['BE-010', true],
    ['FE-011', true],
  ])('%s: %s', (id, stands) => {
    const own = cards.find((one) => one.id === id);
    expect(own && standsForProduct({ card: own, cards })).toBe(stands);
  });
});
