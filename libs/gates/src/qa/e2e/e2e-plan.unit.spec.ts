import { describe, expect, it } from '@jest/globals';
import type { DomainModel, FieldModel } from '@squados/contracts';
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

const planned = (...fields: readonly Partial<FieldModel>[]) => {
  const entities = model.entities.map((entity) => ({
    ...entity,
    fields: fields.map((more, i): FieldModel => ({
      name: `f${i}`,
      label: 'F',
      type: 'boolean',
      required: true,
      source: 'FR-1',
      ...more,
    })),
  }));
  return e2ePlan({ ...model, entities }, entities, '/api/v1').entities[0];
};

describe('the plan of a browser run', () => {
  it('chooses a truth value that may be left out, and ticks one that may not', () => {
    const inputs = planned({}, { required: false })?.inputs;
    expect(inputs?.map(({ control, value }) => [control, value])).toEqual([
      ['check', 'true'],
      ['choice', 'true'],
    ]);
  });
  it('goes through what others must name before them, whatever need not be named', () => {
    const link = (target: string, required: boolean) => ({
      field: `${target.toLowerCase()}_id`,
      label: target,
      target,
      required,
      onDelete: 'restrict' as const,
    });
    const named = (name: string, ...relations: readonly ReturnType<typeof link>[]) =>
      model.entities.map((entity) => ({ ...entity, name, resource: name, relations }));
    const entities = [
      ...named('Customer', link('Store', true)),
      ...named('Store', link('Staff', false)),
      ...named('Staff', link('Store', true)),
    ];
    const plan = e2ePlan({ ...model, entities }, entities, '/api/v1');
    expect(plan.tested).toEqual(['Store', 'Customer', 'Staff']);
  });
  it('sends a time with its offset, and types it as people do', () => {
    const entity = planned({ type: 'time' });
    expect([entity?.body, entity?.inputs[0]?.value]).toEqual([{ f0: '10:30:00Z' }, '10:30:00']);
  });
  it('sends a decimal to the API as the number that the contract asks for', () => {
    const body = e2ePlan(model, model.entities, '/api/v1').entities[0]?.body;
    expect(body).toEqual({ price: expect.any(Number) });
  });
});
