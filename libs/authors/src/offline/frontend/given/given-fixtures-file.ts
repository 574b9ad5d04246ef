import type { EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { enclosed, file, indent, when, type Part } from '../text/lines.js';
import { literal, rowSample } from '../write/fixtures-file.js';
import { answerLiteral, isBare } from './answer-tree.js';
import { changeForms, draftForms, wireOf, type FormView } from './form-inputs.js';
import { formModelName } from './given-form-file.js';
import { sampleFor } from './given-ids.js';
import { wireEntries } from './given-samples.js';
import type { WireList } from './wire-view.js';

/** `pet-fixtures.ts` for a given contract: one row as the pages know it and as the API writes it, and the requests of its forms. */
export const givenFixturesFile = (e: EntityView): string => {
  const forms = [...draftForms(e), ...changeForms(e)];
  const { get, list } = wireOf(e);
  return file(
    enclosed({
      open: 'import type {',
      items: [e.type, ...forms.map(({ type }) => `${type}Input`)],
      close: `} from '../../api/${e.file}';`,
      padded: true,
    }),
    forms.map((form) => `import type { ${form.type}Values } from './${formModelName(form)}-model';`),
    '',
    '/** A row as the pages know it. */',
    `export const a${e.type}: ${e.type} = {`,
    indent(e.rowFields.map((f) => entry(f.name, rowSample(e, f)?.wire))),
    '};',
    get && named(`a${e.type}Wire`, 'The same as the API answers it.', wireEntries(get.shape.members)),
    list && listed(e, list),
    forms.map(formFixtures),
  );
};

const entry = (name: string, value: Parameters<typeof literal>[0]): Part =>
  when(value !== undefined, `${name}: ${literal(value)},`);

const named = (name: string, about: string, entries: readonly Part[]): Part => [
  '',
  `/** ${about} */`,
  entries.length > 0 ? [`export const ${name} = {`, indent(entries), '};'] : `export const ${name} = {};`,
];

const listed = (e: EntityView, list: WireList): Part => [
  named(`aListed${e.type}`, 'The same as the API lists it.', wireEntries(list.shape.members)),
  '',
  '/** A list as the API answers it. */',
  isBare(list)
    ? `export const ${e.value}Answer = (rows: readonly object[]) => rows;`
    : [
        `export const ${e.value}Answer = (rows: readonly object[]) => ({`,
        indent(answerLiteral(list, 'rows', list.total?.from === 'more' ? 'false' : 'rows.length')),
        '});',
      ],
];

const formFixtures = (form: FormView): Part => [
  '',
  '/** What a person types into the form. */',
  `export const filled${form.type}: ${form.type}Values = {`,
  indent(form.inputs.map((f) => `${f.name}: ${quoted(sampleFor(f).form)},`)),
  '};',
  '',
  '/** The same values as the client takes them. */',
  `export const ${form.value}Input: ${form.type}Input = {`,
  indent(form.inputs.map((f) => entry(f.name, sampleFor(f).wire))),
  '};',
  named(`${form.value}Sent`, 'The same as the API takes them.', wireEntries(form.send.members)),
];
