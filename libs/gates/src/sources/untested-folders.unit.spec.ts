import { describe, expect, it } from '@jest/globals';
import { untestedFolders } from './untested-folders.js';

const LAYOUT = { folder: /^(src\/features\/[^/]+)\/[^/]+\.ts$/, test: /\.test\.ts$/ };
const found = (...paths: readonly string[]) =>
  untestedFolders(new Map(paths.map((path) => [path, ''])), LAYOUT).map(({ path }) => path);

describe('folders without tests', () => {
  it('are those that hold code and not one test', () => {
    expect(found('src/features/a/a.ts', 'src/features/b/b.ts', 'src/features/b/b.test.ts')).toEqual(['src/features/a']);
  });

  it('are none where the layout names no folder', () => {
    expect(found('src/app.ts', 'README.md')).toEqual([]);
  });
});
