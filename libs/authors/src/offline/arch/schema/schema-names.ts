import type { GivenTable } from '@squados/importers/schemas';
import { isReserved, kebab, nameWords, pascal, snake } from '../text/identifiers.js';
import { pluralPhrase, singularPhrase } from '../text/inflection.js';
import type { Language } from '../text/language.js';

export interface TableNames {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly table: string;
  readonly resource: string;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A name for people: `data_nascimento` → `Data nascimento`. */
export const humanised = (name: string): string => upper(nameWords(name).join(' ')) || name;

const NOISE = new Set(['tb', 'tbl', 'tab', 't']);
const FEWEST_FOR_PREFIX = 3;

/** The word that every table of a product begins with (`wp_posts`, `wp_users`): it says nothing of any of them. */
const commonPrefix = (tables: readonly GivenTable[]): string | undefined => {
  const firsts = new Set(tables.map((table) => nameWords(table.name)[0] ?? ''));
  const isShort = tables.some((table) => nameWords(table.name).length < 2);
  return tables.length >= FEWEST_FOR_PREFIX && firsts.size === 1 && !isShort ? [...firsts][0] : undefined;
};

const wordsOf = (name: string, prefix: string | undefined): string => {
  const words = nameWords(name);
  const [first = ''] = words;
  const rest = words.length > 1 && (first === prefix || NOISE.has(first)) ? words.slice(1) : words;
  return rest.join(' ') || name;
};

const claimer = (join: string) => {
  const taken = new Set<string>();
  return (wish: string): string => {
    let free = wish;
    for (let n = 2; taken.has(free); n += 1) free = `${wish}${join}${n}`;
    taken.add(free);
    return free;
  };
};

/** What each table is called in code, in paths and by people; every name once. */
export const tableNames = (tables: readonly GivenTable[], language: Language): ReadonlyMap<string, TableNames> => {
  const prefix = commonPrefix(tables);
  const [type, table, resource] = [claimer(''), claimer('_'), claimer('-')];
  return new Map(
    tables.map((given) => {
      const words = wordsOf(given.name, prefix);
      const single = singularPhrase(words, language);
      const plural = single === words ? pluralPhrase(single, language) : words;
      const own = snake(given.name);
      return [
        given.name,
        {
          name: type(pascal(single)),
          label: upper(single),
          labelPlural: upper(plural),
          table: table(isReserved(own) ? `app_${own}` : own),
          resource: resource(kebab(words)),
        },
      ];
    }),
  );
};

/** Columns that every table of ours has. */
const SYSTEM = ['id', 'version', 'created_at', 'updated_at'];

/** Names of one table's columns, each once. */
export const columnClaimer = (): ((name: string) => string) => {
  const claim = claimer('_');
  for (const name of SYSTEM) claim(name);
  return (name) => claim(SYSTEM.includes(snake(name)) ? `own_${snake(name)}` : snake(name));
};

/** `id_mesa`, `mesa` and `mesa_id` are the column `mesa_id`. */
export const linkColumn = (name: string): string => {
  const plain = snake(name);
  const bare = plain.replace(/^id_(?=.)/, '').replace(/(?<=.)_id$/, '');
  return `${bare}_id`;
};

export const linkLabel = (name: string): string => humanised(linkColumn(name).replace(/_id$/, ''));
