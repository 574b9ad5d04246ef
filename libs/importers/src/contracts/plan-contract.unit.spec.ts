import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GivenPlan, ServedOperation } from './given-plan.js';
import { wrappingOf } from './list-answer.js';
import { looksLikeContract } from './open-contract.js';
import { planContract } from './plan-contract.js';
import { schema2020 } from './schema-2020.js';
import { textOfPattern } from './pattern-text.js';

const QUIRKS = readFileSync(join(import.meta.dirname, 'fixtures/quirks.yaml'));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const planned = (): GivenPlan => {
  const result = planContract(QUIRKS, 'quirks.yaml');
  if (result.kind !== 'planned') throw new Error(result.message);
  return result.plan;
};
const served = (name: string): ServedOperation => {
  const found = planned().operations.find((o) => `${o.method} ${o.path}` === name);
  if (found?.support !== 'served') throw new Error(`${name}: ${found?.reasons.join() ?? 'not there'}`);
  return found;
};
const reasons = (name: string): readonly string[] => {
  const found = planned().operations.find((o) => `${o.method} ${o.path}` === name);
  return found?.support === 'refused' ? found.reasons : [];
};

describe('a given contract', () => {
  it('has every operation accounted for, in its order and with its line', () => {
    const plan = planned();
    expect(plan.operations.map((o) => `${o.support} ${o.method} ${o.path}`)).toEqual([
      'served get /encomendas',
      'served post /encomendas',
      'served get /encomendas/{class}',
      'served put /encomendas/{class}',
      'served delete /encomendas/{class}',
      'refused get /encomendas/{class}/etiqueta',
      'refused get /encomendas/{numero}/eventos',
      'refused post /recibos',
    ]);
    expect(plan.operations.map((o) => o.line)).toEqual([...plan.operations.map((o) => o.line)].sort((a, b) => a - b));
    expect(plan).toMatchObject({
      language: 'pt',
      basePath: '/api/v2',
      openapi: '3.0.3',
      credentials: [{ scheme: 'key', in: 'header', name: 'X-Chave' }],
    });
  });

  it('says why an operation is not served', () => {
    expect(reasons('get /encomendas/{class}/etiqueta')).toEqual(['it answers image/png, which no record can be']);
    expect(reasons('get /encomendas/{numero}/eventos')[0]).toContain('outro.yaml#/Evento leads out of the document');
    expect(reasons('post /recibos')).toEqual([
      "its answer must hold autenticacao, which no request carries and the service can't know",
    ]);
  });

  it('follows parameters and bodies by reference, and pages and wraps as the contract does', () => {
    const list = served('get /encomendas');
    expect(list.parameters.map((p) => p.name)).toEqual(['pagina', 'itensPorPagina', 'situacao', 'regiao']);
    expect(list.list).toEqual({
      page: { name: 'pagina', first: 0 },
      size: { name: 'itensPorPagina' },
      filters: [{ parameter: 'situacao', by: 'member', at: ['situacao'] }],
      members: [
        { at: ['encomendas'], from: 'items' },
        { at: ['total'], from: 'total' },
      ],
    });
    expect(list.limits).toEqual(['the query parameter regiao is checked and changes nothing']);
    expect(list.errors['default']).toEqual({
      media: 'application/json',
      members: [
        { name: 'codigo', from: 'status' },
        { name: 'mensagem', from: 'detail' },
      ],
    });
  });

  it('adds what the service can know: key, time, first state', () => {
    const [resource] = planned().resources;
    expect(resource).toMatchObject({
      name: 'Encomenda',
      table: 'encomendas',
      key: { property: 'class', type: 'integer', made: 'number' },
    });
    expect(resource?.defaults).toEqual([
      { at: ['situacao'], rule: 'literal', value: 'aberta' },
      { at: ['criadaEm'], rule: 'now' },
    ]);
    expect(served('put /encomendas/{class}').kind).toBe('replace');
  });

  it('makes a request up that fits the schema, patterns and recursion included', () => {
    expect(served('post /encomendas').sample?.body).toEqual({ order: 'AAA-7777' });
  });

  it('does not serve a list whose wrapper asks for a member that nothing describes, even when nothing makes its records', () => {
    const record = '{ type: object, properties: { id: { type: integer } } }';
    const wrapper = `{ type: object, required: [lost], properties: { all: { type: array, items: ${record} } } }`;
    const get = (schema: string): string =>
      `get: { responses: { '200': { description: x, content: { application/json: { schema: ${schema} } } } } }`;
    const text = `openapi: 3.0.0\ninfo: { title: a }\npaths:\n  /a: { ${get(wrapper)} }\n  /b: { ${get(record)} }\n`;
    const result = planContract(bytes(text), 'a.yaml');
    expect(result).toMatchObject({
      kind: 'planned',
      plan: {
        operations: [
          { path: '/a', reasons: ['its answer must hold lost, which nothing tells'] },
          { path: '/b', support: 'served' },
        ],
      },
    });
  });

  it('takes a record from the operation that reads one by its key, whatever the address above it answers', () => {
    const record = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string' }, name: { type: 'string' } },
    };
    const all = { type: 'object', required: ['categories'], properties: { categories: { type: 'object' } } };
    const get = (schema: object, parameters: readonly object[] = []): object => ({
      get: { parameters, responses: { '200': { description: 'ok', content: { 'application/json': { schema } } } } },
    });
    const key = { name: 'category_id', in: 'path', required: true, schema: { type: 'string' } };
    const result = planContract(
      bytes(
        JSON.stringify({
          openapi: '3.0.3',
          info: { title: 'Browse', version: '1' },
          paths: { '/categories': get(all), '/categories/{category_id}': get(record, [key]) },
        }),
      ),
      'browse.json',
    );
    if (result.kind !== 'planned') throw new Error(result.message);
    expect(result.plan.resources.map(({ schema }) => schema)).toEqual([record]);
    expect(result.plan.operations.map(({ path, support }) => [path, support])).toEqual([
      ['/categories', 'refused'],
      ['/categories/{category_id}', 'served'],
    ]);
  });

  it('takes the records of a wrapper from the part that describes them', () => {
    const wrapper = { type: 'object', properties: { data: { type: 'array', items: { type: 'object' } } } };
    const root = { components: { schemas: { Wrapper: wrapper, Trip: { type: 'object', properties: { id: {} } } } } };
    const trips = { properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Trip' } } } };
    const answer = { allOf: [{ $ref: '#/components/schemas/Wrapper' }, trips] };
    expect(wrappingOf(root, answer, [])?.items).toEqual({ $ref: '#/components/schemas/Trip' });
    expect(wrappingOf(root, wrapper, [])?.items).toEqual({ type: 'object' });
  });

  it('gives the same plan for the same bytes', () => {
    expect(planned()).toEqual(planned());
  });
});

describe('what is no contract to build from', () => {
  const refused = (text: string): string => {
    const result = planContract(bytes(text), 'a.yaml');
    return result.kind === 'refused' ? `${result.code} ${result.message}` : 'planned';
  };

  it.each([
    ['swagger: "2.0"\npaths: {}', 'contract-version a.yaml:1: it is Swagger 2.0, and OpenAPI 3.0 and 3.1 are read'],
    ['info: {}\nswagger: 2.0\npaths: {}', 'contract-version a.yaml:2: it is Swagger 2.0,'],
    ['{\n"info": {},\n"swagger": "2.0"}', 'contract-version a.yaml:3: it is Swagger 2.0,'],
    ['openapi: 4.0.0\npaths: {}', 'contract-version a.yaml:1: openapi "4.0.0" is not known here'],
    ['openapi: 3.0.0\npaths: {}', 'contract-empty a.yaml: it has no paths'],
    ['openapi: 3.0.0\npaths: [', 'contract-syntax a.yaml:'],
    ['- openapi: 3.0.0', 'contract-shape a.yaml: it is not one object'],
    [
      'openapi: 3.0.0\npaths: { /a: { get: { responses: { "200": { description: x } } } } }',
      'contract-unsupported a.yaml:2: none of its 1 operations',
    ],
  ])('is refused with its place: %j', (text, told) => {
    expect(refused(text)).toContain(told);
  });

  it('of which nothing can be served is refused with the reasons of each operation', () => {
    const text = `openapi: 3.0.0
paths:
  /mudas:
    get: { responses: { '200': { description: x } } }
    post: { responses: { '302': { description: x } } }
`;
    const result = planContract(bytes(text), 'a.yaml');
    expect(result.kind === 'refused' && result.details).toEqual([
      'a.yaml:4: GET /mudas: its answer has no schema, so nobody knows what is read',
      'a.yaml:5: POST /mudas: it answers by sending elsewhere (3xx)',
    ]);
  });

  it('is refused when it is not UTF-8', () => {
    expect(planContract(Uint8Array.of(0xff, 0xfe, 0x00), 'a.yaml')).toMatchObject({
      kind: 'refused',
      code: 'contract-encoding',
    });
  });
});

describe('recognising a contract', () => {
  it.each([
    ['openapi: 3.0.0', true],
    ['# a comment\n"openapi": "3.1.0"', true],
    ['{"components": {}, "openapi": "3.0.0"}', true],
    ['{"swagger": "2.0"}', true],
    ['{"cards": [{"title": "write \\"openapi\\": 3"}]}', false],
    ['# Requirements\n\nWe use openapi: 3 here', false],
  ])('%j is one: %s', (text, isOne) => {
    expect(looksLikeContract(bytes(text))).toBe(isOne);
  });
});

describe('schemas of 3.0', () => {
  it('become JSON Schema: null, exclusive bounds, nothing that is only for people', () => {
    expect(
      schema2020({ type: 'integer', nullable: true, minimum: 1, exclusiveMinimum: true, example: 3, 'x-a': 1 }, true),
    ).toEqual({
      type: ['integer', 'null'],
      exclusiveMinimum: 1,
    });
    expect(schema2020({ $ref: '#/a', description: 'ignored beside a reference' }, true)).toEqual({ $ref: '#/a' });
    expect(schema2020({ type: 'object', properties: { example: { type: 'string' } } }, true)).toEqual({
      type: 'object',
      properties: { example: { type: 'string' } },
    });
    expect(schema2020({ type: 'string', pattern: '(' }, true)).toEqual({ type: 'string' });
  });
});

describe('texts for patterns', () => {
  it.each([
    ['^\\d{1,10}\\.\\d{2}$', '7.77'],
    ['^[A-Z]{2}(?:-x)?$', 'AA'],
    ['^(?:cash|card)$', 'cash'],
    ['(?=a)b', undefined],
  ])('%s: %s', (pattern, text) => {
    expect(textOfPattern(pattern)).toBe(text);
  });
});
