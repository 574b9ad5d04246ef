import { describe, expect, it } from '@jest/globals';
import type { DomainModel } from '@squados/contracts';
import { e2ePlan } from './e2e-plan.js';

const KINDS = ['create', 'read', 'update', 'delete', 'list'] as const;
const model: DomainModel = {
  version: 1,
  product: 'Shop',
  language: 'en',
  entities: [
    {
      name: 'Part',
      label: 'Part',
      labelPlural: 'Parts',
      table: 'parts',
      resource: 'parts',
      description: 'Part',
      fields: [
        { name: 'price', label: 'Price', type: 'decimal', required: true, min: 0.01, max: 50_000, source: 'FR-1' },
      ],
      relations: [],
      operations: KINDS.map((kind) => ({ kind, requirement: 'FR-1' })),
      requirements: ['FR-1'],
    },
  ],
  rules: [],
  assumptions: [],
};

describe('the plan of a browser run', () => {
  it('sends a decimal to the API as the number that the contract asks for', () => {
    const body = e2ePlan(model, model.entities, '/api/v1').entities[0]?.body;
    expect(body).toEqual({ price: expect.any(Number) });
  });
});
