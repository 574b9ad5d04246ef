import { describe, expect, it } from '@jest/globals';
import { givenQuestions, isAnswerTo, onlyTakes } from './given-smoke.js';

const ok = (schema: object) => ({ '200': { description: 'ok', content: { 'application/json': { schema } } } });
const pet = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 7 } };
const since = { name: 'since', in: 'query', required: true, schema: { type: 'string', format: 'date-time' } };

const CONTRACT = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  security: [{ token: [] }],
  paths: {
    '/pets': { get: { responses: ok({ type: 'array', items: pet }) } },
    '/pets/{id}': {
      get: { security: [], parameters: [id], responses: ok(pet) },
      delete: { parameters: [id], responses: { '204': { description: 'gone' } } },
    },
    '/pets/{id}/photo': {
      get: { parameters: [id], responses: { '200': { description: 'p', content: { 'image/png': {} } } } },
    },
    '/visits': { get: { parameters: [since], responses: ok({ type: 'array', items: pet }) } },
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
});

describe('what a running service of a given contract is asked', () => {
  it('is what it serves for reading: lists have to answer, a record need not be there', () => {
    expect(
      givenQuestions(CONTRACT).map(({ what, path, statuses, isSecured }) => [what, path, statuses, isSecured]),
    ).toEqual([
      ['GET /pets', '/pets', [200], true],
      ['GET /pets/{id}', '/pets/7', [200, 404], false],
      ['GET /visits', '/visits?since=2030-01-15T09%3A30%3A00Z', [200], true],
    ]);
  });

  it('is nothing for what is no contract', () => {
    expect(givenQuestions('<html>')).toEqual([]);
    expect(onlyTakes('<html>')).toBe(false);
  });

  it('is nothing where the contract only takes, and that is told apart', () => {
    const content = { 'application/json': { schema: pet } };
    const post = { requestBody: { content }, responses: { '201': { description: 'made', content } } };
    const taking = { openapi: '3.0.3', info: { title: 'Pets', version: '1' }, paths: { '/pets': { post } } };
    expect(onlyTakes(JSON.stringify(taking))).toBe(true);
    expect(onlyTakes(CONTRACT)).toBe(false);
  });

  it.each([
    ['a record', 200, 'application/json', '{}', true],
    ['a record in another type', 200, 'text/html', '<html>', false],
    ['no record, told as a problem', 404, 'application/problem+json', '{}', true],
    ['no record, told without content', 404, '', '', true],
    ['a page that is not there', 404, 'text/html', '<html>', false],
    ['a success without content', 200, '', '', false],
    ['an error', 500, 'application/json', '{}', false],
  ])('takes or refuses %s', (_what, status, type, text, taken) => {
    expect(isAnswerTo({ statuses: [200, 404] }, { status, type, text })).toBe(taken);
  });
});
