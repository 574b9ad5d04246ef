import type { EntityView } from '../app-model/app-model.js';
import { keyed, quoted } from '../text/literals.js';
import { indent, type Part } from '../text/lines.js';
import { wireOf } from './form-inputs.js';
import type { WireList, WirePlace } from './wire-view.js';

/** What is read of a wrapped answer, as a tree of its members. */
interface Branch {
  readonly isRequired: boolean;
  readonly leaf?: string;
  readonly below: Map<string, Branch>;
}

const TOTALS = { total: 'number', pages: 'number', more: 'boolean' } as const;

const planted = (tree: Map<string, Branch>, places: readonly WirePlace[], leaf: string): void => {
  const [first, ...rest] = places;
  if (!first) return;
  const known = tree.get(first.name);
  const branch = known ?? { isRequired: first.isRequired, below: new Map(), ...(rest.length === 0 ? { leaf } : {}) };
  tree.set(first.name, branch);
  planted(branch.below, rest, leaf);
};

const treeOf = ({ at, total }: WireList, items: string, count?: string): Map<string, Branch> => {
  const tree = new Map<string, Branch>();
  planted(tree, at, items);
  if (total) planted(tree, total.at, count ?? TOTALS[total.from]);
  return tree;
};

/** Whether the answer is the list itself. */
export const isBare = ({ at }: WireList): boolean => at.length === 0;

/** The interface of a wrapped answer: what is read of it. */
export const answerType = (e: EntityView): Part => {
  const { list } = wireOf(e);
  if (!list || isBare(list)) return undefined;
  const tree = treeOf(list, `readonly ${list.shape.type}[]`);
  return [
    `/** What is read of the list that the API answers. */`,
    `interface ${e.type}Answer {`,
    indent(properties(tree)),
    '}',
    '',
  ];
};

const properties = (tree: ReadonlyMap<string, Branch>): readonly Part[] =>
  [...tree].map(([name, { isRequired, leaf, below }]) => {
    const head = `readonly ${keyed(name)}${isRequired ? '' : '?'}: `;
    return leaf === undefined ? [`${head}{`, indent(properties(below)), '};'] : `${head}${leaf};`;
  });

/** A wrapped answer as an expression, from expressions for its records and its count. */
export const answerLiteral = (list: WireList, items: string, count: string): Part =>
  literals(treeOf(list, items, count));

const literals = (tree: ReadonlyMap<string, Branch>): readonly Part[] =>
  [...tree].map(([name, { leaf, below }]) =>
    leaf === undefined ? [`${keyed(name)}: {`, indent(literals(below)), '},'] : `${keyed(name)}: ${leaf},`,
  );

/** How code reaches a place of an answer: `answer.meta?.total`. */
export const reached = (from: string, places: readonly WirePlace[]): string =>
  places.reduce(
    ({ text, isSure }, { name, isRequired }) => {
      const isPlain = keyed(name) === name;
      const link = isSure ? (isPlain ? '.' : '') : isPlain || !isSure ? '?.' : '';
      return { text: `${text}${link}${isPlain ? name : `[${quoted(name)}]`}`, isSure: isRequired };
    },
    { text: from, isSure: true },
  ).text;

export const isSure = (places: readonly WirePlace[]): boolean => places.every((p) => p.isRequired);
