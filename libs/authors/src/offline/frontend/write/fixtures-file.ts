import type { EntityView, FieldView, RowField } from '../app-model/app-model.js';
import { rowId, sampleOf, type Sample } from '../app-model/samples.js';
import { keyed, quoted } from '../text/literals.js';
import { file, indent, type Part } from '../text/lines.js';

/** A JSON value as an expression of TypeScript. */
export const literal = (value: Sample['wire'] | undefined): string => {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map((v) => literal(v as Sample['wire'])).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([k, v]) => `${keyed(k)}: ${literal(v as Sample['wire'])}`)
      .join(', ')} }`;
  return String(value);
};

const SYSTEM: Readonly<Record<string, Sample>> = {
  version: { wire: 7, form: '7', shown: '7' },
  created_at: { wire: '2030-01-10T15:00:00.000Z', form: '', shown: 'Jan 10, 2030, 12:00 PM' },
  updated_at: { wire: '2030-01-11T16:30:00.000Z', form: '', shown: 'Jan 11, 2030, 1:30 PM' },
};

/** The value that the tests' one row has in a field. A row starts in its first state. */
export const rowSample = (e: EntityView, f: RowField): Sample | undefined => {
  if (f.system && f.name === 'id') {
    const id = rowId(e.model.name);
    return { wire: id, form: id, shown: id };
  }
  const known = f.system ? SYSTEM[f.name] : undefined;
  if (known) return known;
  const initial = e.model.states;
  if (f.name === initial?.field && f.choice?.values.includes(initial.initial) === true)
    return { wire: initial.initial, form: initial.initial, shown: initial.initial };
  return sampleOf(f);
};

/** Whether the tests know a value for every field that has to have one. */
export const isTestable = (e: EntityView): boolean =>
  [...e.rowFields, ...e.inputs].every((f) => f.isOptional || f.isNullable || sampleOf(f) !== undefined);

const member = (name: string, sample: Sample | undefined): Part => sample && `${name}: ${literal(sample.wire)},`;

const inputSample = (f: FieldView): Sample => sampleOf(f) ?? { wire: null, form: '', shown: '–' };

const hasForm = (e: EntityView): boolean => (e.calls.create ?? e.calls.update) !== undefined;

/** `book-fixtures.ts`: one row, and the form and the request that belong to it. */
export const fixturesFile = (e: EntityView): string =>
  file(
    `import type { ${hasForm(e) ? `${e.type}, ${e.type}Input` : e.type} } from '../../api/${e.file}';`,
    hasForm(e) && `import type { ${e.type}Values } from './${e.file}-form-model';`,
    '',
    '/** A row as the API answers it. */',
    `export const a${e.type}: ${e.type} = {`,
    indent(e.rowFields.map((f) => member(f.name, rowSample(e, f)))),
    '};',
    hasForm(e) && [
      '',
      '/** The same values as a person types them. */',
      `export const filled${e.type}: ${e.type}Values = {`,
      indent(e.inputs.map((f) => `${f.name}: ${quoted(inputSample(f).form)},`)),
      '};',
      '',
      '/** The same values as the API takes them. */',
      `export const ${e.value}Input: ${e.type}Input = {`,
      indent(e.inputs.map((f) => `${f.name}: ${literal(inputSample(f).wire)},`)),
      '};',
    ],
  );
