import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const app = join(import.meta.dirname, '..');
const root = join(app, '../..');
let sources: readonly string[] = [];
let code = '';

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, 'tools/bundle.mjs'), 'apps/agent-product'], { cwd: root });
  code = await readFile(join(app, 'dist/main.js'), 'utf8');
  sources = (JSON.parse(await readFile(join(app, 'dist/main.js.map'), 'utf8')) as { sources: string[] }).sources;
}, 240_000);

describe('the product agent’s bundle', () => {
  it('holds its own role', () => {
    expect(sources.filter((s) => s.includes('authors/src/offline/product/'))).not.toHaveLength(0);
    expect(code).toContain('produto/');
  });
  it('holds no code of another role: neither its author nor its gates', () => {
    const others =
      /authors\/src\/offline\/(?!product\/|criteria\/)|gates\/src\/(arch|sql|openapi|mermaid|consistency)\/|agent-arch/;
    expect(sources.filter((s) => others.test(s))).toEqual([]);
    expect(code).not.toContain('createArchRole');
    expect(code).not.toContain('pglite');
  });
});
