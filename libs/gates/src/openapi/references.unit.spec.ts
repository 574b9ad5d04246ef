import { describe, expect, it } from '@jest/globals';
import { referencesOf, withoutDataReferences } from './references.js';

describe('references of a contract', () => {
  it('are not what an example or a default holds, and told apart in an extension', () => {
    expect(
      referencesOf({
        'x-topics': [{ title: 'Start', content: { $ref: './docs/start.md' } }],
        components: {
          schemas: {
            A: { default: { $ref: './a.json' }, properties: { 'x-of-somebody': { $ref: '#/components/schemas/B' } } },
          },
        },
      }),
    ).toEqual([
      { pointer: '/components/schemas/A/properties/x-of-somebody/$ref', ref: '#/components/schemas/B' },
      { pointer: '/x-topics/0/content/$ref', ref: './docs/start.md', isInExtension: true },
    ]);
  });

  it("are the contract's where an extension shares a node with it", () => {
    const shared = { $ref: './shared.yaml' };
    expect(referencesOf({ 'x-common': { a: shared }, paths: { '/a': shared } })).toEqual([
      { pointer: '/paths/~1a/$ref', ref: './shared.yaml' },
    ]);
  });

  it('are left out of what an extension or an example holds, for readers that would follow them', () => {
    const shared = { type: 'string' };
    const root = {
      'x-topics': [{ title: 'Start', content: { $ref: './docs/start.md', kept: true } }],
      components: {
        schemas: { A: { properties: { a: shared, $ref: shared }, example: { $ref: 'a' } }, B: { $ref: '#/a' } },
      },
    };
    expect(withoutDataReferences(root)).toEqual({
      'x-topics': [{ title: 'Start', content: { kept: true } }],
      components: { schemas: { A: { properties: { a: shared, $ref: shared }, example: {} }, B: { $ref: '#/a' } } },
    });
    expect(root['x-topics'][0]?.content.$ref).toBe('./docs/start.md');
  });

  it('lead to files and addresses where the document says so', () => {
    expect(referencesOf({ paths: { '/a': { $ref: './a.yaml' } } })).toEqual([
      { pointer: '/paths/~1a/$ref', ref: './a.yaml' },
    ]);
  });
});
