import type { Catalog, TableInfo } from './catalog.js';

/** A catalog as facts that have a name: what is missing, extra or different falls out of comparing two maps. */
const factsOf = (catalog: Catalog): Map<string, string> => {
  const facts = new Map<string, string>();
  for (const table of catalog.tables) for (const [name, fact] of tableFacts(table)) facts.set(name, fact);
  for (const type of catalog.enums) facts.set(`enum ${type.name}`, type.labels.join(', '));
  for (const other of catalog.others) facts.set(`${other.kind} ${other.name}`, other.definition);
  return facts;
};

const tableFacts = (table: TableInfo): [string, string][] => [
  [`table ${table.name}`, 'a table'],
  ...table.columns.map((c): [string, string] => [
    `column ${table.name}.${c.name}`,
    `${c.type}${c.nullable ? '' : ' NOT NULL'}${c.default === null ? '' : ` DEFAULT ${c.default}`}`,
  ]),
  ...table.constraints.map((c): [string, string] => [`constraint ${table.name}.${c.name}`, c.definition]),
  ...table.indexes.map((i): [string, string] => [`index ${table.name}.${i.name}`, i.definition]),
];

/** What two databases disagree on, one line each, in a stable order; empty when they hold the same. Column order does not count. */
export const compareCatalogs = (
  left: { name: string; catalog: Catalog },
  right: { name: string; catalog: Catalog },
): readonly string[] => {
  const a = factsOf(left.catalog);
  const b = factsOf(right.catalog);
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names.flatMap((name) => {
    const [inA, inB] = [a.get(name), b.get(name)];
    if (inA === inB) return [];
    if (inA === undefined) return [`${name} exists after ${right.name} and not after ${left.name}: ${inB}`];
    if (inB === undefined) return [`${name} exists after ${left.name} and not after ${right.name}: ${inA}`];
    return [`${name}: ${left.name} says ${inA}; ${right.name} says ${inB}`];
  });
};
