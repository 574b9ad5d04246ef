import { describe, expect, it } from '@jest/globals';
import type { EntityModel, RuleData, RuleModel } from '@squados/contracts';
import { ODD_MODEL } from '../testing/odd-model.js';
import { limitsOf, rulesOf } from './enforcement.js';

const order = ODD_MODEL.entities.find((e) => e.name === 'Order') as EntityModel;
const rule = (data: RuleData): RuleModel => ({ id: 'X', text: 'x', kind: 'other', requirement: 'FR-1', data });
const limit = (more: Partial<RuleData & { readonly kind: 'at-most' }> = {}): RuleModel =>
  rule({ kind: 'at-most', entity: 'Order', per: 'class', most: 2, ...more });
const byOf = (data: RuleData): unknown => rulesOf({ ...ODD_MODEL, rules: [rule(data)] })[0]?.by;

describe('what enforces a rule', () => {
  it('is the kind of its data, where the model holds what they name', () => {
    expect(byOf({ kind: 'at-most', entity: 'Order', per: 'class', most: 2 })).toBe('limit');
    expect(byOf({ kind: 'unique', entity: 'Service', fields: ['name'] })).toBe('unique');
    expect(byOf({ kind: 'kept', entity: 'Class', by: 'Order' })).toBe('kept');
    expect(byOf({ kind: 'moves', entity: 'Class', from: ['feito'], to: ['draft'] })).toBe('moves');
  });
  it.each<[string, RuleData]>([
    ['an entity that is not there', { kind: 'at-most', entity: 'Nobody', per: 'class', most: 2 }],
    ['a field that is not unique', { kind: 'unique', entity: 'Order', fields: ['user'] }],
    ['no field at all', { kind: 'unique', entity: 'Service', fields: [] }],
    ['a state that another one leads to as well', { kind: 'moves', entity: 'Class', from: ['draft'], to: ['draft'] }],
    ['a row that nothing refers to', { kind: 'kept', entity: 'OS', by: 'Order' }],
  ])('is nothing for %s', (_words, data) => {
    expect(byOf(data)).toBe('none');
  });
});

describe('the limits of an entity', () => {
  it('hold a relation of it, once however often it is said', () => {
    expect(limitsOf(order, [limit(), limit(), limit({ most: 3 })])).toMatchObject([
      { relation: { field: 'class' }, most: 2, states: [] },
      { relation: { field: 'class' }, most: 3 },
    ]);
  });
  it.each([
    { per: 'user' },
    { most: 0 },
    { most: 1.5 },
    { most: Number.NaN },
    { states: ['nowhere'] },
    { entity: 'OS' },
  ])('are none where the data name nothing of it: %j', (more) => {
    expect(limitsOf(order, [limit(more)])).toEqual([]);
  });
});
