import type { EntityView } from '../app-model/app-model.js';
import { keyed, quoted } from '../text/literals.js';
import { enclosed, indent, when, type Part } from '../text/lines.js';
import { hasQuery } from '../write/query-file.js';
import { isBare, isSure, reached } from './answer-tree.js';
import { wireOf } from './form-inputs.js';
import { at, bodyName, wireProperty } from './wire-text.js';
import type { IdPart, WireCall, WireFilter, WireList, WireSend } from './wire-view.js';

/** A function for each operation that some page calls, without the empty line after the last one. */
export const apiCalls = (e: EntityView): Part => {
  const parts = [listing(e), getting(e), finding(e), creating(e), changing(e), removing(e)];
  const lines = parts.filter((p) => p !== undefined && p !== false);
  return lines.flatMap((part, i) => (i === 0 ? [part] : ['', part]));
};

const PAGE_SIZE = 20;

const placeholders = (path: string): readonly string[] => [...path.matchAll(/\{([^{}]+)\}/g)].map((m) => m[1] ?? '');

/** `params: { petId: id }`: each placeholder of a path with the expression for the part of the id in its place. */
const params = (path: string, values: readonly string[]): readonly string[] => {
  const names = placeholders(path);
  if (names.length === 0) return [];
  return [`params: { ${names.map((name, i) => `${keyed(name)}: ${values[i] ?? `''`}`).join(', ')} }`];
};

const ofId = ({ idParts }: { readonly idParts: readonly IdPart[] }): readonly string[] =>
  idParts.length === 1 ? ['id'] : idParts.map((_part, i) => `partOf(id, ${i})`);

const send = ({ method, path }: WireCall, type: string, parts: readonly string[]): string =>
  enclosed({
    open: `await http.send<${type}>({`,
    items: [`method: '${method}'`, `path: ${quoted(path)}`, ...parts],
    close: '})',
    at: 4,
    padded: true,
  });

const title = ({ method, path }: WireCall): string => `\`${method} ${path.replace(/[*\`]/g, ' ')}\``;

const joined = (values: readonly string[]): string => {
  if (values.length === 0) return 'ONLY_ID';
  return values.length === 1 ? (values[0] ?? '') : `joinedId(${values.join(', ')})`;
};

interface Head {
  readonly parameters: readonly string[];
  readonly answer: string;
  readonly doc: string;
}

/** A function; one that only returns something is written as that. */
const fn = (name: string, { parameters, answer, doc }: Head, body: Part): Part => {
  const lines = indent(body, 0);
  const isPlain = lines[0]?.startsWith('return ') === true;
  const head = (arrow: string): string =>
    enclosed({
      open: `export const ${name} = async (`,
      items: ['http: Http', ...parameters],
      close: `): Promise<Answer<${answer}>> =>${arrow}`,
    });
  const returned = (): readonly string[] => [(lines[0] ?? '').replace(/^return /, ''), ...lines.slice(1)];
  return [`/** ${doc} */`, isPlain ? [head(''), indent(returned())] : [head(' {'), indent(lines), '};']];
};

const missing = (asked: readonly WireFilter[]): Part => {
  const needed = asked.filter((f) => f.isRequired).map(({ name }) => `query.${name} === undefined`);
  return when(needed.length > 0, `if (${needed.join(' || ')}) return nothingYet();`);
};

const filterValue = ({ name, field }: WireFilter): string =>
  field.kind === 'datetime' ? `instantOf(query.${name})` : `query.${name}`;

const queryParts = (list: WireList, inPath: readonly string[]): readonly string[] => {
  const pairs = [
    ...(list.page ? [`${keyed(list.page.name)}: page${list.page.first === 0 ? ' - 1' : ''}`] : []),
    ...(list.offset === undefined ? [] : [`${keyed(list.offset)}: (page - 1) * size`]),
    ...(list.size && isPaged(list) ? [`${keyed(list.size.name)}: size`] : []),
    ...list.asked.filter((f) => !inPath.includes(f.name)).map((f) => `${keyed(f.wire)}: ${filterValue(f)}`),
  ];
  return pairs.length > 0 ? [enclosed({ open: 'query: {', items: pairs, close: '}', at: 6, padded: true })] : [];
};

const isPaged = ({ page, offset }: WireList): boolean => (page ?? offset) !== undefined;

const totalOf = ({ total }: WireList): readonly string[] =>
  total ? [`${total.from}: ${reached('answer', total.at)}`] : [];

const itemsIn = (list: WireList): string => {
  if (isBare(list)) return 'answer';
  const items = reached('answer', list.at);
  return isSure(list.at) ? items : `(${items} ?? [])`;
};

/** Which row an item of the list is. */
const itemId = (e: EntityView): { readonly id: string; readonly usesPlace: boolean } => {
  const parts = wireOf(e).idParts;
  const key = parts.at(-1)?.member;
  if (key === undefined || (e.calls.get === undefined && !hasMember(e, key)))
    return { id: 'String(place)', usesPlace: true };
  // Inside a callback nobody remembers that the query holds them.
  const scope = parts.slice(0, -1).map(({ name }) => `idOf(query.${name})`);
  return { id: joined([...scope, `idOf(wire${at(key)})`]), usesPlace: false };
};

const hasMember = (e: EntityView, wire: string): boolean =>
  wireOf(e).list?.shape.members.some((m) => m.wire === wire) ?? false;

const queryParameter = (e: EntityView): readonly string[] => (hasQuery(e) ? [`query: ${e.type}Query`] : []);

/** The rows of an answer, as an expression. */
const listedRows = (e: EntityView, list: WireList): string => {
  const { id, usesPlace } = itemId(e);
  const hasMembers = list.shape.members.length > 0;
  const item = hasMembers || !usesPlace ? 'wire' : '_wire';
  const wire = hasMembers ? ', wire' : '';
  return `${itemsIn(list)}.map((${item}${usesPlace ? ', place' : ''}) => ${list.shape.mapper}(${id}${wire}))`;
};

const pageSize = ({ size }: WireList): string => {
  const most = size?.max ?? PAGE_SIZE;
  return `const size = Math.min(query.size ?? ${Math.min(PAGE_SIZE, most)}, ${most});`;
};

const asPage = (list: WireList, rows: string): string =>
  isPaged(list)
    ? `(answer) => pageFrom(${rows}, { ${['page', 'size', ...totalOf(list)].join(', ')} }),`
    : `(answer) => wholePage(${rows}),`;

const listParts = (e: EntityView, list: WireList): readonly string[] => {
  const scope = wireOf(e).idParts.slice(0, placeholders(list.path).length);
  const names = scope.map(({ name }) => name);
  const values = names.map((name) => `query.${name}`);
  return [...params(list.path, values), ...queryParts(list, names), 'signal'];
};

const listing = (e: EntityView): Part => {
  const { list } = wireOf(e);
  const { list: call } = e.calls;
  if (!list || !call) return undefined;
  const answer = isBare(list) ? `readonly ${list.shape.type}[]` : `${e.type}Answer`;
  return fn(
    call.fn,
    { parameters: [...queryParameter(e), 'signal?: AbortSignal'], answer: `Page<${e.type}>`, doc: title(list) },
    [
      missing(list.asked),
      isPaged(list) && ['const page = query.page ?? 1;', pageSize(list)],
      'return mapped(',
      indent([`${send(list, answer, listParts(e, list))},`, asPage(list, listedRows(e, list))]),
      ');',
    ],
  );
};

const getting = (e: EntityView): Part => {
  const { get } = wireOf(e);
  const { get: call } = e.calls;
  if (!get || !call) return undefined;
  const wire = get.shape.members.length > 0;
  return fn(call.fn, { parameters: ['id: string', 'signal?: AbortSignal'], answer: e.type, doc: title(get) }, [
    'return mapped(',
    indent([
      `${send(get, get.shape.type, [...params(get.path, ofId(wireOf(e))), 'signal'])},`,
      wire ? `(wire) => ${get.shape.mapper}(id, wire),` : `() => ${get.shape.mapper}(id),`,
    ]),
    ');',
  ]);
};

/** A record that no list shows is found by what names it; the only one of its kind by nothing. */
const finding = (e: EntityView): Part => {
  const { list, get } = e.calls;
  if (wireOf(e).list || !list || !get) return undefined;
  const names = wireOf(e).idParts.map(({ name }) => `query.${name}`);
  const isOne = names.length === 0;
  const doc = isOne
    ? `The only ${e.type} there is, as a list of one.`
    : `A ${e.type} by what names it: the contract has no list of them.`;
  return fn(list.fn, { parameters: [...queryParameter(e), 'signal?: AbortSignal'], answer: `Page<${e.type}>`, doc }, [
    when(!isOne, `if (${names.map((name) => `${name} === undefined`).join(' || ')}) return nothingYet();`),
    `return onlyRow(await ${get.fn}(http, ${joined(names)}, signal));`,
  ]);
};

/** The id of the row that a request was about, as its answer or the request itself tells it. */
const savedId = (
  e: EntityView,
  sent: WireSend,
): { readonly type: string; readonly id: string; readonly reads: boolean } => {
  const { idParts } = wireOf(e);
  const named = sent.pathInputs.map(({ name }) => `String(input.${name})`);
  if (idParts.length === 0) return { type: 'string', id: 'ONLY_ID', reads: false };
  if (named.length === idParts.length) return { type: 'string', id: joined(named), reads: false };
  if (sent.answer.kind !== 'record') return { type: 'undefined', id: 'undefined', reads: false };
  return { type: 'string', id: joined([...named, `idOf(answer${at(sent.answer.key.wire)})`]), reads: true };
};

const answerOf = ({ answer }: WireSend): string => {
  if (answer.kind === 'nothing') return 'undefined';
  return answer.kind === 'other' ? 'object' : `{ ${wireProperty(answer.key).replace(/;$/, '')} }`;
};

const nothingAnswered = ({ answer }: WireSend): readonly string[] =>
  answer.kind === 'nothing' ? ['answersNothing: true'] : [];

const bodyPart = (sent: WireSend): string => `body: ${bodyName(sent)}(${sent.members.length > 0 ? 'input' : ''})`;

const creating = (e: EntityView): Part => {
  const { create } = wireOf(e);
  const { create: call } = e.calls;
  if (!create || !call) return undefined;
  const { type, id, reads } = savedId(e, create);
  const values = create.pathInputs.map(({ name }) => `String(input.${name})`);
  return fn(
    call.fn,
    {
      parameters: [`input: ${create.type}Input`],
      answer: type,
      doc: `${title(create)}: the id of the new row, where it is told`,
    },
    [
      'return mapped(',
      indent([
        `${send(create, answerOf(create), [...params(create.path, values), bodyPart(create), ...nothingAnswered(create)])},`,
        `(${reads ? 'answer' : ''}) => ${id},`,
      ]),
      ');',
    ],
  );
};

const changing = (e: EntityView): Part => {
  const { update } = wireOf(e);
  const { update: call } = e.calls;
  if (!update || !call) return undefined;
  const answer = update.answer.kind === 'nothing' ? 'undefined' : 'object';
  const parts = [...params(update.path, ofId(wireOf(e))), bodyPart(update), ...nothingAnswered(update)];
  return fn(
    call.fn,
    { parameters: ['id: string', `input: ${update.type}Input`], answer: 'string', doc: title(update) },
    ['return mapped(', indent([`${send(update, answer, parts)},`, '() => id,']), ');'],
  );
};

const removing = (e: EntityView): Part => {
  const { remove } = wireOf(e);
  const { remove: call } = e.calls;
  if (!remove || !call) return undefined;
  const parts = [...params(remove.path, ofId(wireOf(e))), ...(remove.answersNothing ? ['answersNothing: true'] : [])];
  return fn(call.fn, { parameters: ['id: string'], answer: 'string', doc: title(remove) }, [
    'return mapped(',
    indent([`${send(remove, remove.answersNothing ? 'undefined' : 'object', parts)},`, '() => id,']),
    ');',
  ]);
};
