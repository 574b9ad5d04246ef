import type { EntityView, FieldView, RowField } from '../app-model/app-model.js';
import { rowIdOf } from '../given/given-ids.js';
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

const same = (text: string): Sample => ({ wire: text, form: text, shown: text });

/** The id of the tests' one row. */
export const idOfRow = (e: EntityView): string => (e.wire ? rowIdOf(e) : rowId(e.model.name));

/** The value that the tests' one row has in a field. A row starts in its first state. */
export const rowSample = (e: EntityView, f: RowField): Sample | undefined => {
  if (f.system) return f.name === 'id' ? same(idOfRow(e)) : SYSTEM[f.name];
  const initial = e.model.states?.field === f.name ? e.model.states.initial : undefined;
  const isKnown = initial !== undefined && f.choice?.values.includes(initial) === true;
  return isKnown ? same(initial) : sampleOf(f);
};

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
