import type { EntityView, FieldView } from '../app-model/app-model.js';
import { keyed, quoted } from '../text/literals.js';
import { file, indent, type Part } from '../text/lines.js';
import { humanised } from '../text/names.js';

const pair = (key: string, value: string): string => `${keyed(key)}: ${quoted(value)},`;

const record = (name: string, lines: readonly Part[]): Part => lines.length > 0 && [`${name}: {`, indent(lines), '},'];

const values = (f: FieldView): Part =>
  record(
    f.name,
    (f.choice?.values ?? []).map((value) => pair(value, humanised(value))),
  );

/** Filters that are no field of the row have a label too; what is both asked for and filled in has one. */
const labelled = (e: EntityView): readonly { readonly name: string; readonly label: string }[] => [
  ...e.fields,
  ...e.inputs.filter((i) => !e.fields.some((f) => f.name === i.name)),
  ...e.filters.filter((filter) => ![...e.rowFields, ...e.inputs].some((f) => f.name === filter.name)),
];

/** `book-labels.ts`: the document's words for one entity. */
export const labelsFile = (e: EntityView): string =>
  file(
    '/** What people call these records and their parts, in the words of the requirements. */',
    `export const ${e.value}Labels = {`,
    indent([
      `one: ${quoted(e.label)},`,
      `many: ${quoted(e.labelPlural)},`,
      record(
        'fields',
        labelled(e).map(({ name, label }) => pair(name, label)),
      ),
      record('values', e.choices.map(values)),
      record(
        'actions',
        e.actions.map(({ name, label }) => pair(name, label)),
      ),
    ]),
    '};',
  );
