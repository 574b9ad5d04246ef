import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTestWorker } from '../testing/build-worker.js';
import { createGatePool } from './create-gate-pool.js';
import type { GatePool } from './gate-pool.port.js';

// Every killed worker means a new PostgreSQL for the next job, 3 s each and more on a busy machine.
jest.setTimeout(240_000);

const INPUTS = join(import.meta.dirname, '../../../../../shared/inputs');
const hasInputs = existsSync(INPUTS);
const real = hasInputs ? it : it.skip;
if (!hasInputs) process.stderr.write('real input files are not here: their cases are skipped\n');
const input = (path: string) => ({ path, text: readFileSync(join(INPUTS, path), 'utf8') });

const never = (): AbortSignal => new AbortController().signal;
/** The job whose tools are the quickest to load. */
const NO_DOCUMENTS = { files: [], known: [], foreign: [], criteria: [] };
const sql = (text: string) => ({ schema: { path: 'arquitetura/schema.sql', text }, migrations: [] });

let workerFile = '';
let pool: GatePool;
beforeAll(async () => {
  workerFile = await buildTestWorker();
  pool = createGatePool({ workerFile, size: 1 });
}, 240_000);
afterAll(() => pool.close());

const load = async (text: string, deadlineMs = 60_000) =>
  pool.run('database', sql(text), { signal: never(), deadlineMs });
const loaded = async (text: string) => {
  const outcome = await load(text);
  return outcome.kind === 'done' ? outcome.value.load : undefined;
};

const children = (): readonly number[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

describe('a pool of gate workers', () => {
  const opened: GatePool[] = [];
  afterEach(async () => {
    for (const it of opened.splice(0)) await it.close();
  });
  const open = (options: Partial<Parameters<typeof createGatePool>[0]>): GatePool => {
    const made = createGatePool({ workerFile, size: 1, ...options });
    opened.push(made);
    return made;
  };

  it('refers when there is no worker to start', async () => {
    const outcome = await open({ workerFile: '/nowhere/worker.js' }).run('mermaid', { files: [] }, { signal: never() });
    expect(outcome.kind).toBe('unavailable');
  });

  (process.platform === 'linux' ? it : it.skip)(
    'begins a job again, once, whose worker was killed by somebody else (Linux: finds it in /proc)',
    async () => {
      const before = children();
      const first = open({}).run('design-documents', NO_DOCUMENTS, { signal: never() });
      const [worker] = children().filter((pid) => !before.includes(pid));
      process.kill(worker!, 'SIGKILL');
      expect((await first).kind).toBe('done');
    },
  );

  it('answers aborted for a signal that is aborted, while waiting, while running, and after close', async () => {
    const own = open({});
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = own.run('database', sql('SELECT pg_sleep(1000)'), { signal: running.signal });
    const second = own.run('mermaid', { files: [] }, { signal: waiting.signal });
    waiting.abort();
    expect((await second).kind).toBe('aborted');
    running.abort();
    expect((await first).kind).toBe('aborted');
    expect((await own.run('mermaid', { files: [] }, { signal: AbortSignal.abort() })).kind).toBe('aborted');
    await own.close();
    await own.close();
    expect((await own.run('mermaid', { files: [] }, { signal: never() })).kind).toBe('aborted');
  });

  it('tells a heap that ran out as a crash, and serves the next job from a new worker', async () => {
    const small = open({ memoryMb: 96 });
    const huge = `openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths:\n${Array.from({ length: 60_000 }, (_, i) => `  /p${i}: { get: { responses: { "200": { description: x } } } }`).join('\n')}`;
    expect((await small.run('openapi-valid', { path: 'a', text: huge }, { signal: never() })).kind).toBe('crashed');
    const next = await small.run('design-documents', NO_DOCUMENTS, { signal: never() });
    expect(next.kind).toBe('done');
  });
});

describe('hostile input', () => {
  it('a recursion without end is stopped, and the next schema loads in an empty database', async () => {
    expect(
      await load('WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r', 1_500),
    ).toEqual({ kind: 'timeout', afterMs: 1_500 });
    expect((await loaded('CREATE TABLE t (id int)'))?.outcome).toBe('pass');
  });

  it('reads no file of the host, writes none and starts no program', async () => {
    const target = join('/tmp', `squados-gate-${process.pid}`);
    const read = await loaded("CREATE TABLE f (l text); COPY f FROM '/etc/passwd';");
    expect(read?.summary).toMatch(/No such file or directory/);
    await loaded(`COPY (SELECT 1) TO '${target}'`);
    const program = await loaded(`CREATE TABLE f (l text); COPY f FROM PROGRAM 'touch ${target}';`);
    expect(program?.summary).toMatch(/stopped answering after: COPY f FROM PROGRAM/);
    expect(existsSync(target)).toBe(false);
  });

  it('leaves nothing to the next job: no table, role, schema, setting, extension, lock or large object', async () => {
    await loaded(
      "CREATE TABLE public.x (a int); CREATE ROLE evil SUPERUSER; CREATE SCHEMA other; CREATE TABLE other.y (a int); SET work_mem = '9MB'; ALTER DATABASE postgres SET search_path = other; CREATE EXTENSION citext; SELECT lo_create(0); SELECT pg_advisory_lock(7);",
    );
    const next = await loaded(
      "CREATE ROLE evil; CREATE SCHEMA other; CREATE TABLE x (a int); CREATE EXTENSION citext; DO $$ BEGIN IF current_setting('work_mem') = '9MB' OR (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') + (SELECT count(*) FROM pg_largeobject_metadata) > 0 THEN RAISE 'something stayed'; END IF; END $$;",
    );
    expect(next?.summary).toMatch(/: 0 errors/);
  });

  it('an alias bomb is refused before anything walks it', async () => {
    const lines = ['openapi: 3.1.0', 'x0: &x0 [a, a, a, a, a, a, a, a, a, a]'];
    for (let i = 1; i < 12; i += 1)
      lines.push(`x${i}: &x${i} [${Array.from({ length: 10 }, () => `*x${i - 1}`).join(', ')}]`);
    for (const job of ['openapi-valid', 'openapi-lint'] as const) {
      const outcome = await pool.run(job, { path: 'openapi.yaml', text: lines.join('\n') }, { signal: never() });
      expect(outcome.kind === 'done' && outcome.value.summary).toMatch(
        /aliases written out the document has \d+ nodes/,
      );
    }
  });

  it('a pattern that backtracks without end is stopped by the deadline', async () => {
    const text = `openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths: {}\ncomponents: { schemas: { A: { type: string, pattern: "^(a+)+$", example: "${'a'.repeat(60)}!" } } }`;
    expect((await pool.run('openapi-valid', { path: 'a', text }, { signal: never(), deadlineMs: 2_000 })).kind).toBe(
      'timeout',
    );
  });
});

describe('files from the wild', () => {
  const valid = async (path: string) => {
    const outcome = await pool.run('openapi-valid', input(path), { signal: never() });
    return outcome.kind === 'done' ? outcome.value : undefined;
  };

  real.each([
    'petstore-3.0.yaml',
    'swagger-petstore.yaml',
    'museum-3.1.yaml',
    'spotify-fixed.yaml',
    'stripe-2022-04.json',
  ])(
    '%s is valid',
    async (name) => {
      expect((await valid(`openapi/${name}`))?.summary).toMatch(/: 0 errors$/);
    },
    240_000,
  );

  real(
    'pix is valid but for examples that its own schemas refuse',
    async () => {
      const report = await valid('openapi/pix-bacen.pt.yaml');
      expect(new Set(report?.findings.map((f) => f.rule))).toEqual(new Set(['invalid-example']));
    },
    240_000,
  );

  real(
    'train-travel refers to a file outside in an extension, and the official spotify breaks the schema and refers outside',
    async () => {
      const train = await valid('openapi/train-travel-3.1.yaml');
      expect(new Set(train?.findings.filter((f) => f.severity === 'error').map((f) => f.rule))).toEqual(
        new Set(['invalid-example']),
      );
      expect(
        train?.findings.filter((f) => f.rule === 'external-ref').map((f) => [f.line, f.severity, f.message]),
      ).toEqual([[51, 'warning', expect.stringContaining('./docs/getting-started.md')]]);
      const rules = (await valid('openapi/spotify-official-invalid.yaml'))?.findings.map((f) => f.rule) ?? [];
      expect(rules.filter((r) => r?.startsWith('schema-'))).toHaveLength(5);
      expect(rules).toContain('external-ref');
    },
    240_000,
  );

  real(
    'pagila loads; a broken default, MySQL and SQLite fail in words',
    async () => {
      expect((await loaded(input('sql/pagila-schema.sql').text))?.summary).toMatch(
        / 36 foreign keys: 0 errors|0 errors$/,
      );
      const broken = await loaded(input('sql/intellicore-rf002-broken/001_create_documents_table.sql').text);
      expect(broken?.findings[0]?.message).toMatch(/invalid input syntax for type json/);
      expect((await loaded(input('sql/sakila-mysql-schema.sql').text))?.summary).toMatch(
        /schema\.sql:17 error syntax error at or near "@"/,
      );
      expect((await loaded(input('sql/chinook-sqlite.sql').text))?.summary).toMatch(/syntax error at or near "\["/);
    },
    240_000,
  );
});
