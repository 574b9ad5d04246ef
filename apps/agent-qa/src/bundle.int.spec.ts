import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const app = join(import.meta.dirname, '..');
const root = join(app, '../..');
const bundle = async (name: string): Promise<{ readonly sources: readonly string[]; readonly code: string }> => {
  const map = JSON.parse(await readFile(join(app, 'dist', `${name}.js.map`), 'utf8')) as { sources: string[] };
  return { sources: map.sources, code: await readFile(join(app, 'dist', `${name}.js`), 'utf8') };
};

beforeAll(
  () => promisify(execFile)(process.execPath, [join(root, 'tools/bundle.mjs'), 'apps/agent-qa'], { cwd: root }),
  240_000,
);

describe('the quality agent’s bundle', () => {
  it('holds its own role', async () => {
    const { sources } = await bundle('main');
    expect(sources.filter((s) => s.includes('authors/src/offline/qa/'))).not.toHaveLength(0);
    expect(sources.filter((s) => s.includes('gates/src/qa/'))).not.toHaveLength(0);
  });
  it('holds no code of another role: neither its author nor its gates', async () => {
    const { sources, code } = await bundle('main');
    expect(
      sources.filter((s) =>
        /authors\/src\/offline\/(?:product|arch|frontend|infra|backend\/(?:python|go))\/|gates\/src\/(?:product|arch|frontend|backend|infra)\//.test(
          s,
        ),
      ),
    ).toEqual([]);
    expect(code).not.toContain('createProductRole');
  });
});
