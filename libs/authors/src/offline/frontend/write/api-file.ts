import type { CallView, EntityView, FieldView, FilterView } from '../app-model/app-model.js';
import { commented, quoted } from '../text/literals.js';
import { enclosed, file, imported, indent, type Part } from '../text/lines.js';
import { property, valueType } from './types.js';

/** `src/api/book.ts`: types of one entity and a function for each of its operations. */
export const apiFile = (e: EntityView): string =>
  file(imports(e), e.choices.map(choice), rowType(e), inputType(e), sorts(e), queryType(e), calls(e));

const usesJson = (e: EntityView): boolean => [...e.rowFields, ...e.inputs].some((f) => f.kind === 'json');

const versioned = (e: EntityView): boolean =>
  [e.calls.update, e.calls.remove, ...e.actions.map((a) => a.call)].some((call) => call?.needsIfMatch === true);

const imports = (e: EntityView): Part => [
  usesJson(e) && `import type { JsonValue } from '../forms/convert';`,
  imported(
    ['Answer', 'Http', ...(e.calls.list ? ['Page'] : []), ...(versioned(e) ? ['Version'] : [])],
    './http',
  ).replace('import {', 'import type {'),
  '',
];

const choice = (f: FieldView): Part => {
  if (!f.choice) return undefined;
  const { constant, type, values } = f.choice;
  const list = enclosed({ open: `export const ${constant} = [`, items: values.map(quoted), close: '] as const;' });
  return [`/** Values of ${commented(f.label)}. */`, list, `export type ${type} = (typeof ${constant})[number];`, ''];
};

const rowType = (e: EntityView): Part => [
  `/** ${commented(e.label)}, as the API answers it. */`,
  `export interface ${e.type} {`,
  indent(e.rowFields.map(property)),
  '}',
  '',
];

const inputType = (e: EntityView): Part =>
  (e.calls.create ?? e.calls.update) !== undefined && [
    `/** ${commented(e.label)}, as the API takes it. */`,
    `export interface ${e.type}Input {`,
    indent(e.inputs.map(property)),
    '}',
    '',
  ];

const sorts = (e: EntityView): Part =>
  e.sorts.length > 0 && [
    '/** What the API sorts by; with `-` in front, descending. */',
    enclosed({ open: `export const ${e.sortsConstant} = [`, items: e.sorts.map(quoted), close: '] as const;' }),
    '',
  ];

const filterType = ({ field }: FilterView): string => (field ? valueType(field) : 'string');

const queryType = (e: EntityView): Part =>
  e.calls.list !== undefined && [
    '/** What pages, sorts and narrows the list. Pages count from 1. */',
    `export interface ${e.type}Query {`,
    indent([
      e.hasPaging && ['readonly page?: number | undefined;', 'readonly size?: number | undefined;'],
      e.sorts.length > 0 && `readonly sort?: (typeof ${e.sortsConstant})[number] | undefined;`,
      e.filters.map((f) => `readonly ${f.name}?: ${filterType(f)} | undefined;`),
    ]),
    '}',
    '',
  ];

interface Signature {
  readonly parameters: readonly string[];
  readonly answer: string;
  readonly sent: readonly string[];
}

const fn = ({ fn: name, method, path }: CallView, { parameters, answer, sent }: Signature): Part => {
  const head = enclosed({
    open: `export const ${name} = (`,
    items: ['http: Http', ...parameters],
    close: `): Promise<Answer<${answer}>> =>`,
  });
  const body = enclosed({
    open: 'http.send({',
    items: [`method: '${method}'`, `path: ${quoted(path)}`, ...sent],
    close: '});',
    at: 2,
    padded: true,
  });
  return [`/** \`${method} ${path}\` */`, head, indent(body), ''];
};

const byId = ({ idParam = 'id' }: CallView): string =>
  idParam === 'id' ? 'params: { id }' : `params: { ${idParam}: id }`;

const target = (call: CallView): { readonly parameter: string; readonly sent: readonly string[] } =>
  call.needsIfMatch
    ? { parameter: '{ id, etag }: Version', sent: [byId(call), 'ifMatch: etag'] }
    : { parameter: 'id: string', sent: [byId(call)] };

const reading = (e: EntityView): Part => {
  const { list, get } = e.calls;
  return [
    list &&
      fn(list, {
        parameters: [`query: ${e.type}Query`, 'signal?: AbortSignal'],
        answer: `Page<${e.type}>`,
        sent: ['query: { ...query }', 'signal'],
      }),
    get && fn(get, { parameters: ['id: string', 'signal?: AbortSignal'], answer: e.type, sent: [byId(get), 'signal'] }),
  ];
};

const writing = (e: EntityView): Part => {
  const { create, update, remove } = e.calls;
  const body = `body: ${e.type}Input`;
  const changed = update && target(update);
  const removed = remove && target(remove);
  return [
    create && fn(create, { parameters: [body], answer: e.type, sent: ['body'] }),
    update &&
      changed &&
      fn(update, { parameters: [changed.parameter, body], answer: e.type, sent: [...changed.sent, 'body'] }),
    remove && removed && fn(remove, { parameters: [removed.parameter], answer: 'undefined', sent: removed.sent }),
  ];
};

const acting = (e: EntityView): Part =>
  e.actions.map(({ call }) => {
    const { parameter, sent } = target(call);
    return fn(call, { parameters: [parameter], answer: e.type, sent });
  });

/** Without the empty line after the last function. */
const calls = (e: EntityView): Part => {
  const parts = [reading(e), writing(e), acting(e)].flat(4) as readonly Part[];
  const lines = parts.filter((part) => part !== undefined && part !== false);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};
