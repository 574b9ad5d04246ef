import { describe, expect, it } from '@jest/globals';
import { closureDigests } from './import-closures.js';

const project = (leaf: string): ReadonlyMap<string, string> =>
  new Map([
    ['src/top.ts', "import { middle } from './middle';\nexport const top = middle;\n"],
    ['src/middle.ts', "export { leaf as middle } from './leaf';\n"],
    ['src/leaf.ts', leaf],
    ['src/apart.ts', 'export const apart = 1;\n'],
  ]);

const digests = (leaf: string, settings = '') => {
  const of = closureDigests(project(leaf), settings);
  return { top: of('src/top.ts'), apart: of('src/apart.ts') };
};

describe('the digest of what a source imports', () => {
  const before = digests('export const leaf = 1;\n');

  it('changes when something that it imports over others does', () => {
    expect(digests('export const leaf = 2;\n').top).not.toBe(before.top);
  });

  it('stays when what changed is none of its own', () => {
    expect(digests('export const leaf = 2;\n').apart).toBe(before.apart);
  });

  it('changes with the settings', () => {
    expect(digests('export const leaf = 1;\n', 'other').apart).not.toBe(before.apart);
  });
});
