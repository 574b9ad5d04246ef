import { describe, expect, it } from '@jest/globals';
import { cardId, agentName, GIVEN_CONTRACT, type CardSpec } from '@squados/contracts';
import { requireWritable } from './require-writable.js';

const card = (type: string): CardSpec => ({
  id: cardId('ARCH-001'),
  title: 'Design',
  description: '',
  agent: agentName('arch'),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  type,
});

const given = { cards: [card(GIVEN_CONTRACT)], files: [] };

describe('a run with a given contract', () => {
  it('is refused for a backend in Go, with what to say instead', () => {
    expect(() => {
      requireWritable({ backend: 'go' }, given);
    }).toThrow(/written in Python only/);
  });

  it.each([
    ['python', given],
    [undefined, given],
    ['go', { ...given, cards: [card('design')] }],
  ] as const)('is let through for %s', (backend, input) => {
    expect(() => {
      requireWritable(backend === undefined ? {} : { backend }, input);
    }).not.toThrow();
  });
});
