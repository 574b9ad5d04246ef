import { describe, expect, it } from '@jest/globals';
import type { FieldModel } from '@squados/contracts';
import { readAppModel } from '../app-model/read-app-model.js';
import { applicationFiles } from '../create-frontend-role.js';
import { designOf, smallModel } from '../testing/models.js';

const field = (name: string, more: Partial<FieldModel>): FieldModel => ({
  name,
  label: name,
  type: 'string',
  required: true,
  source: 'FR-1',
  ...more,
});

const filesFor = (...fields: readonly FieldModel[]): ReadonlyMap<string, string> => {
  const read = readAppModel(designOf({ ...smallModel, entities: smallModel.entities.map((e) => ({ ...e, fields })) }));
  if (!read.ok) throw new Error(read.problem);
  return new Map(applicationFiles(read.app));
};
const testsFor = (kind: 'model' | 'pages', ...fields: readonly FieldModel[]): string =>
  [...filesFor(...fields)].find(([path]) => path.endsWith(`note-${kind}.test.ts${kind === 'pages' ? 'x' : ''}`))?.[1] ??
  '';

describe('the generated tests of a form’s rules', () => {
  it('ask for one beyond a limit only where numbers are still told apart', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const tests = testsFor(
      'model',
      field('days', { type: 'integer', min: 0, max: most }),
      field('hours', { type: 'integer', min: -most, max: 24 }),
      field('share', { type: 'decimal', min: 1e-7, max: 0.5 }),
    );
    expect(tests).toContain(`['days', '-1', { kind: 'tooSmall', limit: 0 }],`);
    expect(tests).toContain(`['days', '${most}'],`);
    expect(tests).toContain(`['hours', '25', { kind: 'tooLarge', limit: 24 }],`);
    expect(tests).not.toContain('9007199254740992');
    expect(tests).not.toContain(`'1e-7'`);
  });
  it('keep texts of thousands of characters out of their titles', () => {
    const tests = testsFor('model', field('note', { type: 'text', max: 10_000 }), field('name', { max: 40 }));
    expect(tests).toMatch(/\['name', 'x'\.repeat\(41\),[^\]]*\],\n\s*\]\)\('refuse %s when it is %j'/);
    expect(tests).toMatch(/\['note', 'x'\.repeat\(10001\),[^\]]*\],\n\s*\]\)\('refuse %s when it is too long'/);
    expect(tests).toMatch(/\['note', 'x'\.repeat\(10000\)\],\n\s*\]\)\('accept %s when it is as long as it may be'/);
  });
});

describe('the generated tests of choices', () => {
  it('expect them as an object of labels holds them: whole numbers first', () => {
    const kind = field('kind', { type: 'enum', values: ['b', '10', '2'] });
    expect(testsFor('pages', kind).replace(/\s+/g, '')).toContain(`['2','10','B',]`.replace('[', '[en.choose,'));
  });
  it('hold a choice that is called like what objects inherit', () => {
    const kind = field('kind', { type: 'enum', values: ['__proto__', 'b'] });
    const labels = [...filesFor(kind)].find(([path]) => path.endsWith('note-labels.ts'))?.[1];
    expect(labels).toContain(`['__proto__']: `);
  });
});
