import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../openapi/json-tree.js';
import { compareCalls } from './compare-calls.js';
import type { SeenCall, SeenShape } from './seen-call.js';

const thing: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    kind: { type: 'string', enum: ['a', 'b'] },
    note: { type: ['string', 'null'] },
  },
  required: ['id', 'name', 'kind'],
};

const contract: JsonObject = {
  paths: {
    '/things/{id}': {
      put: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
          { name: 'dry', in: 'query', schema: { type: 'boolean' } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: thing } } },
        responses: { '200': { content: { 'application/json': { schema: thing } } } },
      },
    },
  },
};

const text: SeenShape = { kinds: ['string'] };
const row: SeenShape = {
  kinds: ['object'],
  properties: {
    id: { ...text, optional: false },
    name: { ...text, optional: false },
    kind: { ...text, literals: ['a', 'b'], optional: false },
    note: { kinds: ['string', 'null', 'undefined'], optional: true },
  },
};
const object = (properties: Readonly<Record<string, SeenShape>>): SeenShape => ({
  kinds: ['object'],
  properties: Object.fromEntries(Object.entries(properties).map(([k, v]) => [k, { ...v, optional: false }])),
});
const good: SeenCall = {
  file: 'src/api/thing.ts',
  line: 7,
  method: 'PUT',
  path: '/things/{id}',
  parts: { params: object({ id: text }), ifMatch: text, body: row },
  answer: row,
};
const without = (shape: SeenShape, name: string): SeenShape => ({
  ...shape,
  properties: Object.fromEntries(Object.entries(shape.properties ?? {}).filter(([k]) => k !== name)),
});
const withField = (name: string, field: SeenShape, optional = false): SeenShape => ({
  ...row,
  properties: { ...row.properties, [name]: { ...field, optional } },
});

const messages = (call: SeenCall): readonly string[] =>
  compareCalls(contract, { calls: [call], others: [] })
    .filter((f) => f.severity === 'error')
    .map((f) => f.message);

describe('a call compared with the contract', () => {
  it('that agrees in everything is not found fault with', () => {
    expect(compareCalls(contract, { calls: [good], others: [] })).toEqual([]);
  });

  it.each<readonly [string, SeenCall, RegExp]>([
    ['of another path', { ...good, path: '/thing/{id}' }, /no PUT \/thing\/\{id\}/],
    ['of another method', { ...good, method: 'PATCH' }, /no PATCH/],
    ['without a path value', { ...good, parts: { ...good.parts, params: object({}) } }, /\{id\} gets no value/],
    [
      'with an unknown parameter',
      { ...good, parts: { ...good.parts, query: object({ wet: text }) } },
      /no query parameter wet/,
    ],
    [
      'with a parameter of another type',
      { ...good, parts: { ...good.parts, query: object({ dry: text }) } },
      /query.dry may be string/,
    ],
    ['without If-Match', { ...good, parts: { params: object({ id: text }), body: row } }, /requires If-Match/],
    ['without its body', { ...good, parts: { params: object({ id: text }), ifMatch: text } }, /requires a body/],
    [
      'with an unknown field',
      { ...good, parts: { ...good.parts, body: withField('colour', text) } },
      /body.colour is not in/,
    ],
    [
      'without a required field',
      { ...good, parts: { ...good.parts, body: without(row, 'name') } },
      /body.name is required/,
    ],
    [
      'with a value too many',
      { ...good, parts: { ...good.parts, body: withField('kind', { ...text, literals: ['c'] }) } },
      /knows no "c"/,
    ],
    [
      'that may send null',
      { ...good, parts: { ...good.parts, body: withField('name', { kinds: ['string', 'null'] }) } },
      /body.name may be null/,
    ],
    [
      'that trusts too much',
      { ...good, answer: withField('note', { kinds: ['string', 'null'] }) },
      /answer.note may be absent/,
    ],
    ['that forgets null', { ...good, answer: withField('note', text, true) }, /answer.note may be null/],
    ['that forgets a value', { ...good, answer: withField('kind', { ...text, literals: ['a'] }) }, /may answer "b"/],
    ['that expects nothing', { ...good, answer: { kinds: ['undefined'] } }, /with a body/],
    ['that nobody can read', { file: 'a.ts', line: 1, unreadable: true }, /plain texts/],
  ])('%s is named', (_what, call, message) => {
    expect(messages(call)).toEqual([expect.stringMatching(message)]);
  });

  it('names a way around the client, and warns of what nobody calls', () => {
    const found = compareCalls(contract, { calls: [], others: [{ file: 'src/features/x.tsx', line: 3 }] });
    expect(found.map((f) => [f.severity, f.rule, f.line])).toEqual([
      ['error', 'stray-call', 3],
      ['warning', 'uncalled-operation', undefined],
    ]);
  });

  it('counts what parts and choices of a schema add, whatever kind of JSON carries it', () => {
    const parts: JsonObject = {
      allOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }],
      properties: { b: { type: 'integer' } },
      oneOf: [{ properties: { c: { type: 'string' } } }],
    };
    const root: JsonObject = {
      paths: {
        '/parts': {
          post: {
            requestBody: { content: { 'application/merge-patch+json': { schema: parts } } },
            responses: { '200': { content: { 'application/json; charset=utf-8': { schema: parts } } } },
          },
        },
      },
    };
    const sent: SeenShape = object({ a: text, b: { kinds: ['number'] }, c: text });
    const answer: SeenShape = {
      kinds: ['object'],
      properties: { a: { ...text, optional: false }, b: { kinds: ['number'], optional: true } },
    };
    const call: SeenCall = { file: 'a.ts', line: 1, method: 'POST', path: '/parts', parts: { body: sent }, answer };
    const found = (of: SeenCall): readonly string[] =>
      compareCalls(root, { calls: [of], others: [] }).map((f) => f.message);
    expect(found(call)).toEqual([]);
    expect(found({ ...call, parts: { body: without(object({ a: text, d: text }), 'a') } })).toEqual([
      expect.stringMatching(/body.d is not in the contract/),
      expect.stringMatching(/body.a is required/),
    ]);
  });
});
