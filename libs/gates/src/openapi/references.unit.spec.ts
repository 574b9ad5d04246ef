import { describe, expect, it } from '@jest/globals';
import { referencesOf } from './references.js';

describe('references of a contract', () => {
  it('are not what an extension, an example or a default holds', () => {
    expect(
      referencesOf({
        'x-topics': [{ title: 'Start', content: { $ref: './docs/start.md' } }],
        components: {
          schemas: {
            A: { default: { $ref: './a.json' }, properties: { 'x-of-somebody': { $ref: '#/components/schemas/B' } } },
          },
        },
      }),
    ).toEqual([{ pointer: '/components/schemas/A/properties/x-of-somebody/$ref', ref: '#/components/schemas/B' }]);
  });

  it('lead to files and addresses where the document says so', () => {
    expect(referencesOf({ paths: { '/a': { $ref: './a.yaml' } } })).toEqual([
      { pointer: '/paths/~1a/$ref', ref: './a.yaml' },
    ]);
  });
});
