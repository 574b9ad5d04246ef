import type { EntityView } from '../app-model/app-model.js';
import { badSamples, edgeSamples } from '../app-model/samples.js';
import { quoted } from '../text/literals.js';
import { indent, type Part } from '../text/lines.js';

/** A text as an expression; a long run of one letter as what it is. */
const expression = (text: string): string =>
  text.length > 20 && /^(.)\1+$/u.test(text) ? `'x'.repeat(${text.length})` : quoted(text);

/** A row of a table of cases, and whether its text is too long to stand in a test's title. */
interface ValueRow {
  readonly row: string;
  readonly isLong: boolean;
}

const LONGEST_TITLE = 2_000;

const valueRow = (name: string, text: string, more = ''): ValueRow => ({
  row: `['${name}', ${expression(text)}${more}],`,
  isLong: text.length > LONGEST_TITLE,
});

const badRows = (e: EntityView): readonly ValueRow[] =>
  e.inputs.flatMap((f) =>
    badSamples(f).map(({ form, violation: { kind, limit } }) => {
      const what = limit === undefined ? `{ kind: '${kind}' }` : `{ kind: '${kind}', limit: ${limit} }`;
      return valueRow(f.name, form, `, ${what}`);
    }),
  );

const edgeRows = (e: EntityView): readonly ValueRow[] =>
  e.inputs.flatMap((f) => edgeSamples(f).map((text) => valueRow(f.name, text)));

/** Whether the tests of an entity's rules name violations. */
export const hasBadRows = (e: EntityView): boolean => badRows(e).length > 0;

/** Whether they name its form's values. */
export const namesValues = (e: EntityView): boolean => hasBadRows(e) || edgeRows(e).length > 0;

const refusals = (e: EntityView, title: string, isLong: boolean): Part => {
  const rows = badRows(e).filter((one) => one.isLong === isLong);
  return (
    rows.length > 0 && [
      '',
      `it.each<readonly [keyof ${e.type}Values, string, Violation]>([`,
      indent(rows.map(({ row }) => row)),
      `])('${title}', (name, value, violation) => {`,
      indent(
        `expect(violationsOf({ ...filled${e.type}, [name]: value }, ${e.value}Rules)).toEqual({ [name]: violation });`,
      ),
      '});',
    ]
  );
};

const acceptances = (e: EntityView, title: string, isLong: boolean): Part => {
  const rows = edgeRows(e).filter((one) => one.isLong === isLong);
  return (
    rows.length > 0 && [
      '',
      `it.each<readonly [keyof ${e.type}Values, string]>([`,
      indent(rows.map(({ row }) => row)),
      `])('${title}', (name, value) => {`,
      indent(`expect(violationsOf({ ...filled${e.type}, [name]: value }, ${e.value}Rules)).toEqual({});`),
      '});',
    ]
  );
};

/** What the form of an entity takes and what it refuses, as a `describe`. */
export const rules = (e: EntityView): Part => [
  '',
  `describe('the rules of ${e.type}', () => {`,
  indent([
    `it('accept what the contract accepts', () => {`,
    indent(`expect(violationsOf(filled${e.type}, ${e.value}Rules)).toEqual({});`),
    '});',
    refusals(e, 'refuse %s when it is %j', false),
    refusals(e, 'refuse %s when it is too long', true),
    acceptances(e, 'accept %s at its limit, %j', false),
    acceptances(e, 'accept %s when it is as long as it may be', true),
  ]),
  '});',
];
