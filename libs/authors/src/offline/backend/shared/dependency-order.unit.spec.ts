import { describe, expect, it } from '@jest/globals';
import type { EntityModel } from '@squados/contracts';
import { createBackendRole } from '../create-backend-role.js';
import { createPythonWriter } from '../python/index.js';
import { backendCase } from '../testing/backend-task.js';
import { closingRelations, inDependencyOrder } from './dependency-order.js';

type Link = readonly [target: string, isRequired: boolean];

const entity = (name: string, ...links: readonly Link[]): EntityModel => ({
  name,
  label: name,
  labelPlural: name,
  table: name.toLowerCase(),
  resource: name.toLowerCase(),
  description: name,
  fields: [{ name: 'title', label: 'Title', type: 'string', required: true, source: 'FR-1' }],
  relations: links.map(([target, required]) => ({
    field: `${target.toLowerCase()}_id`,
    label: target,
    target,
    required,
    onDelete: 'restrict',
  })),
  operations: (['create', 'read', 'update', 'delete', 'list'] as const).map((kind) => ({ kind, requirement: 'FR-1' })),
  requirements: ['FR-1'],
});

const SHOP = [entity('Store', ['Staff', false]), entity('Staff', ['Store', true], ['Staff', false])];

describe('relations that close a circle', () => {
  it('are those that need not be set, wherever the circle is entered', () => {
    expect([...closingRelations(SHOP)]).toEqual(['Store.staff_id']);
    expect([...closingRelations([...SHOP].reverse())]).toEqual(['Store.staff_id']);
  });
  it('are as few as it takes, over any number of steps', () => {
    const ring = [entity('A', ['B', false]), entity('B', ['C', true], ['D', false]), entity('C', ['A', false])];
    expect([...closingRelations([...ring, entity('D', ['C', false])])]).toEqual(['C.a_id']);
  });
  it('are none where rows refer to their own kind, or in one direction alone', () => {
    expect(closingRelations([entity('A', ['A', true], ['B', true]), entity('B')]).size).toBe(0);
    expect(inDependencyOrder([entity('A', ['B', true]), entity('B')]).map(({ name }) => name)).toEqual(['B', 'A']);
  });
  it('are told to SQLAlchemy, which orders the tables by all the others', async () => {
    const model = { version: 1 as const, product: 'Shop', language: 'en' as const, rules: [], assumptions: [] };
    const { task, tools } = backendCase({ ...model, entities: SHOP });
    const result = await createBackendRole({ gates: [], writers: [createPythonWriter()] }).write(task, tools);
    const files = result.kind === 'written' ? result.files : new Map<string, string>();
    const models = (name: string) => String(files.get(`engenharia/backend/app/models/${name}.py`));
    expect(models('store')).toContain('sa.ForeignKey("staff.id", ondelete="RESTRICT", use_alter=True)');
    expect(models('staff')).not.toContain('use_alter');
  });
});
