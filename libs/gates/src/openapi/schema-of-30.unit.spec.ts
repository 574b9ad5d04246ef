import { describe, expect, it } from '@jest/globals';
import { checkOpenApi } from './check-openapi.js';
import { schemaOf30 } from './schema-of-30.js';

describe('a schema of OpenAPI 3.0 as JSON Schema', () => {
  it('turns nullable and boolean limits into types and numbers', () => {
    const shared = { type: 'string', nullable: true, enum: ['a'] };
    expect(
      schemaOf30({
        a: shared,
        b: shared,
        c: [{ minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }],
      }),
    ).toEqual({
      a: { type: ['string', 'null'], nullable: true, enum: ['a', null] },
      b: { type: ['string', 'null'], nullable: true, enum: ['a', null] },
      c: [{ exclusiveMinimum: 1, maximum: 9 }],
    });
  });

  it('accepts null where it is nullable and refuses it elsewhere', async () => {
    const text = (nullable: boolean) =>
      JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'x', version: '1' },
        paths: {},
        components: { schemas: { A: { type: 'string', nullable, example: null } } },
      });
    expect((await checkOpenApi({ path: 'a.json', text: text(true) })).outcome).toBe('pass');
    expect((await checkOpenApi({ path: 'a.json', text: text(false) })).findings[0]?.rule).toBe('invalid-example');
  });
});
