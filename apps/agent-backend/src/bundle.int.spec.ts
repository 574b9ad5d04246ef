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
  () => promisify(execFile)(process.execPath, [join(root, 'tools/bundle.mjs'), 'apps/agent-backend'], { cwd: root }),
  240_000,
);

describe('the backend agent’s bundle', () => {
  it('holds its own role, in both languages', async () => {
    const { sources } = await bundle('main');
    for (const part of ['authors/src/offline/backend/python/', 'authors/src/offline/backend/go/', 'gates/src/backend/'])
      expect(sources.filter((s) => s.includes(part))).not.toHaveLength(0);
  });
  it('holds no code of another role: neither its author nor its gates', async () => {
    const { sources, code } = await bundle('main');
    expect(
      sources.filter((s) =>
        /authors\/src\/offline\/(?:product|arch|infra|frontend|qa)\/|gates\/src\/(?:product|arch|infra|frontend|qa)\//.test(
          s,
        ),
      ),
    ).toEqual([]);
    expect(code).not.toContain('createArchRole');
  });
});
