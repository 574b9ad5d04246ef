import type { ErrorMember, GivenError, JsonObject } from './given-plan.js';
import type { ReadResponse } from './read-operations.js';
import { isObjectSchema, keyword, shapeOf, typesOf } from './shape.js';
import { wordsOf } from './names.js';
import { listOf } from './document.js';

const plain = (name: string): string => wordsOf(name).join('').toLowerCase();
const TEXTS = new Set([
  'message',
  'detail',
  'description',
  'error',
  'reason',
  'errormessage',
  'mensagem',
  'detalhe',
  'descricao',
  'errordescription',
  'msg',
]);
const CODES = new Set(['code', 'status', 'statuscode', 'errorcode', 'codigo', 'httpstatus']);

/** How an error is told in the contract's own shape; undefined: the contract asks for what nobody knows. */
export const errorOf = (root: JsonObject, response: ReadResponse): GivenError | undefined => {
  const json = response.content.find(({ media }) => /json/i.test(media));
  if (!json) return response.content.length === 0 ? { media: '', members: [] } : undefined;
  if (!json.schema) return { media: json.media, members: PROBLEM };
  if (!isObjectSchema(root, json.schema)) return undefined;
  const shape = shapeOf(root, json.schema);
  const members = [...shape.members].map(([name, schema]) => [name, memberOf(root, name, schema)] as const);
  const lost = members.some(([name, member]) => member === undefined && shape.required.has(name));
  return lost ? undefined : { media: json.media, members: members.flatMap(([, member]) => member ?? []) };
};

const PROBLEM: readonly ErrorMember[] = [
  { name: 'type', from: 'type' },
  { name: 'title', from: 'title' },
  { name: 'status', from: 'status' },
  { name: 'detail', from: 'detail' },
];

const memberOf = (root: JsonObject, name: string, schema: JsonObject): ErrorMember | undefined => {
  const types = typesOf(root, schema);
  const fixed = keyword(root, schema, 'const') ?? listOf(keyword(root, schema, 'enum'))[0];
  if (fixed !== undefined) return { name, from: 'literal', value: fixed };
  return byWord(name, types);
};

const byWord = (name: string, types: readonly string[]): ErrorMember | undefined => {
  const word = plain(name);
  if (types.includes('integer') || types.includes('number'))
    return CODES.has(word) ? { name, from: 'status' } : undefined;
  const from =
    types.length === 0 || types.includes('string') ? WORDS.find(([, words]) => words.has(word))?.[0] : undefined;
  return from && { name, from };
};

const WORDS: readonly (readonly [ErrorMember['from'], ReadonlySet<string>])[] = [
  ['type', new Set(['type', 'tipo'])],
  ['title', new Set(['title', 'titulo'])],
  ['code', CODES],
  ['detail', TEXTS],
];
