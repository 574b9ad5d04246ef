import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildTestWorker } from '../testing/build-worker.js';
import { createGatePool } from './create-gate-pool.js';
import type { GatePool } from './gate-pool.port.js';

// A worker without an image of a database makes one: 4 s of CPU, and much more time on a busy machine.
jest.setTimeout(240_000);

const isLinux = process.platform === 'linux';
const onLinux = isLinux ? it : it.skip;
const never = (): AbortSignal => new AbortController().signal;
const children = (): readonly number[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
const open = (workerFile: string): GatePool => {
  const pool = createGatePool({ workerFile, size: 2 });
  closers.push(() => pool.close());
  return pool;
};
const load = (pool: GatePool, text: string) =>
  pool.run(
    'database',
    { schema: { path: 'arquitetura/schema.sql', text }, migrations: [] },
    { signal: never(), deadlineMs: 60_000 },
  );
const MANY = 4;

describe('tools that take seconds to load', () => {
  onLinux(
    'are loaded by one worker while few jobs wait for them, and by a second one for many (Linux: /proc)',
    async () => {
      const pool = open(await buildTestWorker());
      const before = children().length;
      const two = await Promise.all(['a', 'b'].map((name) => load(pool, `CREATE TABLE ${name} (id int);`)));
      expect(two.map(({ kind }) => kind)).toEqual(['done', 'done']);
      expect(children().length - before).toBe(1);
      const many = Array.from({ length: MANY }, (_, n) => load(pool, `CREATE TABLE t${n} (id int);`));
      expect(children().length - before).toBe(2);
      expect((await Promise.all(many)).map(({ kind }) => kind)).toEqual(Array.from({ length: MANY }, () => 'done'));
    },
  );

  it('begin from nothing when the image of a database that lies beside the worker is none', async () => {
    const built = await buildTestWorker();
    const folder = `${built}-apart`;
    mkdirSync(folder, { recursive: true });
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const workerFile = join(folder, 'worker.mjs');
    copyFileSync(built, workerFile);
    const root = dirname(dirname(dirname(folder)));
    const { version } = JSON.parse(readFileSync(join(root, '@electric-sql/pglite/package.json'), 'utf8')) as {
      version: string;
    };
    writeFileSync(join(folder, `postgres-${version}.tar.gz`), 'no archive');
    const outcome = await load(open(workerFile), 'CREATE TABLE t (id int);');
    expect(outcome.kind === 'done' && outcome.value.load?.outcome).toBe('pass');
  });
});
