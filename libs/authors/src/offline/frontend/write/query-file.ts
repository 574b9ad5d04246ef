import type { EntityView, FilterView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, imported, indent } from '../text/lines.js';

const reader = ({ name, kind, field }: FilterView): { readonly fn: string; readonly call: string } => {
  const at = quoted(name);
  if (field?.choice) return { fn: 'readChoice', call: `readChoice(query, ${at}, ${field.choice.constant})` };
  if (kind === 'boolean') return { fn: 'readBoolean', call: `readBoolean(query, ${at})` };
  if (kind === 'integer' || kind === 'decimal') return { fn: 'readNumber', call: `readNumber(query, ${at})` };
  return { fn: 'readText', call: `readText(query, ${at})` };
};

/** Whether the list of a given contract takes anything; ours always does. */
export const hasQuery = (e: EntityView): boolean => !e.wire || e.hasPaging || e.filters.length > 0;

const readersOf = (e: EntityView): readonly string[] => [
  ...new Set([
    ...(e.sorts.length > 0 ? ['readChoice'] : []),
    ...(e.hasPaging ? ['readPage'] : []),
    ...e.filters.map((f) => reader(f).fn),
  ]),
];

const constants = (e: EntityView): readonly string[] => [
  ...new Set([
    ...e.filters.flatMap((f) => f.field?.choice?.constant ?? []),
    ...(e.sorts.length > 0 ? [e.sortsConstant] : []),
  ]),
];

/** `book-query.ts`: from the page's address to what the API is asked. */
export const queryFile = (e: EntityView): string => {
  const readers = [...readersOf(e)].sort();
  const parameter = readers.length > 0 ? 'query' : '_query';
  return file(
    imported([...constants(e), `type ${e.type}Query`], `../../api/${e.file}`),
    readers.length > 0 && imported(readers, '../../ui/query'),
    '',
    '/** What an address asks of the list; whatever the contract does not know is left out. */',
    `export const read${e.type}Query = (${parameter}: URLSearchParams): ${e.type}Query => ({`,
    indent([
      e.hasPaging && 'page: readPage(query),',
      e.sorts.length > 0 && `sort: readChoice(query, 'sort', ${e.sortsConstant}),`,
      e.filters.map((f) => `${f.name}: ${reader(f).call},`),
    ]),
    '});',
  );
};
