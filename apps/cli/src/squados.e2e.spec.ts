import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll, ensureBundle, squados, SquadosProcess, statesIn, type Ended } from './testing/squados-process.js';

const card = (id: string, dependencies: readonly string[] = [], more: Record<string, unknown> = {}) => ({
  card_id: id,
  title: `Title of ${id}`,
  description: `What ${id} is about.`,
  type: 'feature',
  priority: 'MEDIUM',
  status: 'TODO',
  dependencies,
  acceptance_criteria: ['It can be checked'],
  requirement_ids: ['RF001'],
  deliverables: [],
  ...more,
});
const backlog = (cards: readonly unknown[]): string => JSON.stringify({ project: 'Corner shop', cards }, undefined, 2);
const chain = (n: number): string =>
  backlog(Array.from({ length: n }, (_, i) => card(`PROD-${i + 1}`, i === 0 ? [] : [`PROD-${i}`])));
/** Fails at once and for good: no value lies between 40 and 12. */
const CONTRADICTION = card('ARCH-002', ['PROD-001'], {
  type: 'architecture',
  description: '**Fields**:\n\n- **loaves per slot** (integer, required, between 40 and 12)\n',
});
const FAILING = backlog([card('PROD-001'), CONTRADICTION, card('PROD-003', ['ARCH-002'])]);

let cwd: string;
const put = (name: string, text: string | Uint8Array): string => {
  writeFileSync(join(cwd, name), text);
  return name;
};
const run = (...args: readonly string[]): Promise<Ended> => squados(args, { cwd });
const json = async (...args: readonly string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await run(...args, '--json')).stdout) as Record<string, unknown>;
const states = (data: string): Promise<Readonly<Record<string, string>>> => statesIn(data, cwd);

beforeAll(() => ensureBundle(), 120_000);
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'squados-e2e-'));
});
afterEach(() => {
  endAll();
  rmSync(cwd, { recursive: true, force: true });
});

describe('squados run', () => {
  it('runs a backlog to the end, keeps its files, and says that it is complete the second time', async () => {
    put('shop.json', chain(4));
    const first = await run('run', 'shop.json', '--yes', '--exit');
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('4 done');
    const data = join(cwd, '.squados/shop');
    expect(readdirSync(data)).toEqual(
      expect.arrayContaining([
        'log.db',
        'artifacts',
        'app-artefacts',
        'backlog_master.json',
        'snapshots',
        'squados.log',
      ]),
    );
    const kept = JSON.parse(readFileSync(join(data, 'backlog_master.json'), 'utf8')) as { cards: { status: string }[] };
    expect(kept.cards.map((entry) => entry.status)).toEqual(['DONE', 'DONE', 'DONE', 'DONE']);
    const second = await run('run', 'shop.json', '--yes', '--exit');
    expect(second).toMatchObject({ code: 0 });
    expect(second.stdout).toContain('complete; --fresh repeats it');
  }, 240_000);

  it('--fresh moves the old folder aside and repeats it with the same artifacts', async () => {
    put('shop.json', chain(2));
    await run('run', 'shop.json', '--yes', '--exit');
    const again = await run('run', 'shop.json', '--yes', '--exit', '--fresh');
    expect(again).toMatchObject({ code: 0 });
    const blobs = (name: string): string[] =>
      readdirSync(join(cwd, '.squados', name, 'artifacts/blobs'), { recursive: true })
        .map(String)
        .sort();
    expect(blobs('shop')).toEqual(blobs('shop.old-1'));
  }, 240_000);

  it('another input on the same folder is refused with what to do', async () => {
    put('shop.json', chain(2));
    put('other.json', chain(3));
    await run('run', 'shop.json', '--yes', '--exit', '--data', 'd');
    const other = await run('run', 'other.json', '--yes', '--exit', '--data', 'd');
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toContain('--fresh');
  }, 240_000);

  it('a document is previewed with its lines, and is not begun where nobody can be asked', async () => {
    put('req.md', '# Shop\n\n### RF001: Register a book\n\nThe system must register books.\n');
    const ended = await run('run', 'req.md');
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.stderr).toMatch(/^req\.md\n[\s\S]*RF001 +3 +functional/m);
    expect(ended.stderr).toContain('add --yes');
    expect(existsSync(join(cwd, '.squados'))).toBe(false);
  });

  it('a killed run goes on where it was and leaves an unbroken log', async () => {
    put('shop.json', chain(40));
    const first = new SquadosProcess(['run', 'shop.json', '--yes', '--exit', '--data', 'd'], { cwd });
    await first.says(/PROD-5 .*completed/);
    first.kill('SIGKILL');
    await first.ended;
    const before = Object.values(await states('d')).filter((state) => state === 'DONE').length;
    expect(before).toBeGreaterThanOrEqual(5);
    const again = await run('run', 'shop.json', '--yes', '--exit', '--data', 'd');
    expect(again).toMatchObject({ code: 0 });
    expect(new Set(Object.values(await states('d')))).toEqual(new Set(['DONE']));
    expect(await run('events', '--verify', '--data', 'd')).toMatchObject({ code: 0 });
  }, 240_000);

  it('Ctrl-C ends with 130 and hands back what was open', async () => {
    put('shop.json', chain(60));
    const first = new SquadosProcess(['run', 'shop.json', '--yes', '--data', 'd'], { cwd });
    await first.says(/PROD-3 .*completed/);
    first.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 130 });
    expect(Object.values(await states('d'))).not.toContain('EXECUTING');
  }, 240_000);

  it('the first failure names card, attempt, place, excerpt, log and the next commands; exit code 3', async () => {
    put('bad.json', FAILING);
    const ended = await run('run', 'bad.json', '--yes', '--exit', '--data', 'd');
    expect(ended).toMatchObject({ code: 3 });
    for (const part of [
      'ARCH-002 failed in attempt 1',
      'between 40 and 12',
      'place',
      'squados.log',
      'squados why ARCH-002',
      'squados retry ARCH-002',
    ])
      expect(ended.stdout).toContain(part);
    expect(await states('d')).toMatchObject({ 'PROD-001': 'DONE', 'ARCH-002': 'DEAD_LETTERED', 'PROD-003': 'BLOCKED' });
    expect(await run('dlq', '--data', 'd')).toMatchObject({ code: 3 });
    expect((await run('why', 'ARCH-002', '--data', 'd')).stdout).toContain('Attempt 1');
  }, 240_000);
});

describe('squados against a running process', () => {
  it('takes commands through its socket, and refuses a second up', async () => {
    put('bad.json', FAILING);
    const up = new SquadosProcess(['run', 'bad.json', '--yes', '--data', 'd'], { cwd });
    await up.says(/dead letter/);
    const second = await run('up', '--data', 'd');
    expect(second).toMatchObject({ code: 2 });
    expect(second.stderr).toContain('in use');
    expect(await json('pause', '--data', 'd')).toMatchObject({ recorded: [{ via: 'running' }] });
    expect((await run('skip', 'ARCH-002', '--data', 'd')).code).toBe(0);
    expect((await states('d'))['PROD-003']).toBe('TODO');
    expect((await run('resume', '--data', 'd')).code).toBe(0);
    await up.says(/project completed/);
    expect((await run('rollback', 'ARCH-002', '--yes', '--data', 'd')).code).toBe(0);
    await up.says(/dead letter[^]*dead letter/);
    expect((await run('retry', '--dead', '--data', 'd')).code).toBe(0);
    await up.says(/dead letter[^]*dead letter[^]*dead letter/);
    up.kill('SIGTERM');
    expect(await up.ended).toMatchObject({ code: 130 });
    expect(await run('events', '--verify', '--data', 'd')).toMatchObject({ code: 0 });
  }, 240_000);

  it('records commands itself when nothing runs, and says so', async () => {
    put('shop.json', chain(2));
    expect((await run('import', 'shop.json', '--data', 'd')).code).toBe(0);
    const paused = await run('pause', '--data', 'd');
    expect(paused).toMatchObject({ code: 0 });
    expect(paused.stderr).toContain('squados up');
    expect((await json('status', '--data', 'd'))['status']).toBe('paused');
    expect((await json('replay', '--to', '1', '--data', 'd'))['total']).toBe(0);
    expect((await run('skip', 'PROD-9', '--data', 'd')).code).toBe(2);
  }, 240_000);
});

describe('bad input', () => {
  // One of each kind; every file of the table in docs/bad-input.md goes through the command in bench/bad-input.
  const faults: readonly [string, string | Uint8Array, RegExp][] = [
    ['comma.json', '{"cards": [}', /:1:\d+/],
    ['conflict.json', '{"cards": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n]}', /conflict/],
    [
      'cycle.json',
      backlog([card('PROD-1', ['PROD-2']), card('PROD-2', ['PROD-1'])]),
      /PROD-1 → PROD-2|PROD-2 → PROD-1/,
    ],
    ['prefix.json', backlog([card('XYZ-1')]), /XYZ/],
    ['nothing.md', 'Just a note to myself.\n', /RF001[^]*FR-001/],
  ];

  it.each(faults)(
    '%s: exit code 2, one clear line, nothing on disk',
    async (name, bytes, says) => {
      put(name, bytes);
      const ended = await run('run', name, '--yes', '--exit');
      expect(ended).toMatchObject({ code: 2 });
      expect(ended.stderr.split('\n')[0]).toMatch(new RegExp(`^squados: ${name.replace('.', '\\.')}:`));
      expect(ended.stderr).toMatch(says);
      expect(existsSync(join(cwd, '.squados'))).toBe(false);
      expect((await run('validate', name)).code).toBe(2);
    },
    240_000,
  );

  it('a file that is not there, an unknown option and an unknown command end with 2', async () => {
    expect((await run('run', 'nowhere.md', '--yes')).stderr).toContain('nowhere.md: there is no such file');
    expect((await run('run', 'nowhere.md', '--yes')).code).toBe(2);
    expect((await run('status', '--colour')).code).toBe(2);
    expect((await run('frobnicate')).code).toBe(2);
    expect((await run('status')).stderr).toContain('there is no SquadOS log here');
  }, 240_000);

  it('--lenient runs what is sound and lists the rest', async () => {
    put('mixed.json', backlog([card('PROD-1'), card('PROD-2', ['PROD-7'])]));
    const ended = await run('run', 'mixed.json', '--yes', '--exit', '--lenient', '--data', 'd');
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('left out');
    expect(await states('d')).toEqual({ 'PROD-1': 'DONE' });
  }, 240_000);

  it('errors are one JSON object with --json', async () => {
    put('object.json', '{}');
    const ended = await run('run', 'object.json', '--yes', '--json');
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      error: { exitCode: 2, message: expect.stringContaining('object.json') },
    });
  });

  it('ids with dots, spaces, slashes and letters of other alphabets run', async () => {
    const ids = ['PROD-1.2', 'PROD 3/4', 'PROD-../x', 'PROD-é🙂'];
    put('odd.json', backlog(ids.map((id, i) => card(id, i === 0 ? [] : [ids[i - 1] ?? '']))));
    const ended = await run('run', 'odd.json', '--yes', '--exit', '--data', 'd');
    expect(ended).toMatchObject({ code: 0 });
    expect(Object.keys(await states('d'))).toEqual(ids);
  }, 240_000);
});
