import { decodeDocument } from '../requirements/decode-document.js';
import { detectLanguage } from '../requirements/index.js';
import type { GivenTable, LeftOut, PlannedSchema, SchemaPlan, SchemaRefusal } from './given-schema.js';
import { planTable, type Note } from './plan-table.js';
import { readScript } from './read-script.js';
import { newSchema, type SqlSchema } from './script-reading.js';
import { untied } from './untied.js';

export interface SchemaFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const refused = (message: string, code: string, remedy: string): SchemaRefusal => ({
  kind: 'refused',
  code,
  message,
  remedy,
});

const DUMP =
  'give the script that makes the tables, without their rows (pg_dump --schema-only, mysqldump --no-data, .schema)';

const textOf = ({ name, bytes }: SchemaFile): string | SchemaRefusal => {
  const decoded = decodeDocument(bytes);
  if (decoded.kind === 'rejected') return refused(`${name}: ${decoded.reason}`, decoded.code, DUMP);
  const marker = /^<{7}(?: .*)?$/m.exec(decoded.text);
  if (!marker) return decoded.text;
  const line = decoded.text.slice(0, marker.index).split('\n').length;
  return refused(
    `${name}:${line}: it holds unresolved git conflict markers`,
    'conflict-markers',
    'resolve the conflict, then try again',
  );
};

/** Words that only Portuguese schemas have: names alone hold few words that tell a language. */
const PORTUGUESE =
  /(?:^|[\W_])(?:nome|descricao|usuarios?|clientes?|produtos?|pedidos?|telefone|endereco|preco|quantidade|cidade|situacao|senha|cpf|cnpj|funcionarios?|fornecedor(?:es)?)(?=$|[\W_])/gi;

const languageOf = (tables: readonly GivenTable[]): 'pt' | 'en' => {
  const said = tables.flatMap((t) => [
    t.name,
    t.comment ?? '',
    ...t.columns.flatMap((c) => [c.name, c.comment ?? '']),
    ...t.links.map((l) => l.column),
  ]);
  const text = said.join('\n').replaceAll('_', ' ');
  return (text.match(PORTUGUESE) ?? []).length >= 2 ? 'pt' : detectLanguage(text);
};

const humanised = (name: string): string => {
  const words = name
    .replace(/\.\w+$/, '')
    .replace(/[_\-.]+/g, ' ')
    .trim();
  return words === '' ? 'Schema' : words.charAt(0).toUpperCase() + words.slice(1);
};

const MAX_TITLE = 120;
const titleOf = (schema: SqlSchema, files: readonly SchemaFile[]): string =>
  humanised(schema.database ?? files[0]?.name.replace(/^.*[/\\]/, '') ?? '').slice(0, MAX_TITLE);

const planOf = (schema: SqlSchema, files: readonly SchemaFile[]): SchemaPlan => {
  const left: LeftOut[] = [...schema.left];
  const noteIn =
    (file: string): Note =>
    (line, what, why) =>
      void left.push({ file, line, what, why });
  const tables = schema.tables.map((table) => planTable(schema, table, noteIn(table.file)));
  const free = untied(tables, (line, what, why) => {
    const table = tables.find((one) => what.startsWith(`${one.name}.`));
    noteIn(table?.file ?? '')(line, what, why);
  });
  const order = new Map(files.map((file, i) => [file.name, i]));
  const placeOf = (one: LeftOut): number => order.get(one.file ?? '') ?? 0;
  return {
    title: titleOf(schema, files),
    language: languageOf(free),
    tables: free,
    left: left.sort((a, b) => placeOf(a) - placeOf(b) || a.line - b.line),
  };
};

/**
 * What a given database schema makes: its tables as the design has them, and everything that the design leaves out. Several files are
 * one schema, in their order. Pure and total: the same bytes, the same plan.
 */
export const planSchema = (files: readonly SchemaFile[]): PlannedSchema | SchemaRefusal => {
  const schema = newSchema();
  for (const file of files) {
    const text = textOf(file);
    if (typeof text !== 'string') return text;
    readScript(schema, file.name, text);
  }
  if (schema.tables.length === 0) schema.tables.push(...schema.dropped);
  if (schema.tables.length > 0) return { kind: 'planned', plan: planOf(schema, files) };
  const names = files.map((file) => file.name).join(', ');
  return refused(`${names}: no CREATE TABLE was found in it, so there is nothing to build`, 'schema-empty', DUMP);
};
