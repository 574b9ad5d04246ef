import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cardId, sha256, type Sha256 } from '@squados/contracts';
import fc from 'fast-check';
import { memoryArtifactStore, openTreeProjector, projectTree, type ArtifactStore, type TreeEntry } from './index.js';

let root = '';
let dir = '';
let store: ArtifactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'squados-tree-'));
  dir = join(root, 'app-artefacts');
  store = memoryArtifactStore();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const manifest = async (files: Record<string, string>): Promise<Record<string, Sha256>> => {
  const pairs = Object.entries(files).map(async ([path, text]) => [path, await store.put(Buffer.from(text))] as const);
  return Object.fromEntries(await Promise.all(pairs));
};
const entry = async (card: string, files: Record<string, string>): Promise<TreeEntry> => ({
  card: cardId(card),
  manifest: await manifest(files),
});
const tree = async (): Promise<Record<string, string>> => {
  const names = await readdir(dir, { recursive: true }).catch(() => [] as string[]);
  const found: Record<string, string> = {};
  for (const name of names.sort())
    if ((await lstat(join(dir, name))).isFile()) found[name] = await readFile(join(dir, name), 'utf8');
  return found;
};
const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
};
const open = () => openTreeProjector({ store, dir });

describe('the readable tree', () => {
  it('holds exactly the files of the DONE cards', async () => {
    const report = await projectTree({
      store,
      dir,
      entries: [await entry('PROD-1', { 'produto/a.md': 'A' }), await entry('ARCH-1', { 'arquitetura/x/b.md': 'B' })],
    });
    expect(await tree()).toEqual({ 'produto/a.md': 'A', 'arquitetura/x/b.md': 'B' });
    expect(report).toEqual({ written: ['produto/a.md', 'arquitetura/x/b.md'], removed: [], problems: [] });
  });

  it('shows the naturally last card where several wrote one path, whichever finished last', async () => {
    const cards = await Promise.all(
      ['ARCH-2', 'ARCH-10', 'ARCH-1'].map((c) => entry(c, { 'arquitetura/model.json': c })),
    );
    for (const order of [cards, [...cards].reverse()]) {
      const projector = await open();
      for (const { card, manifest: m } of order) await projector.apply(card, m);
      expect(await tree()).toEqual({ 'arquitetura/model.json': 'ARCH-10' });
      await projector.apply(cardId('ARCH-10'), undefined);
      expect(await tree()).toEqual({ 'arquitetura/model.json': 'ARCH-2' });
      await projector.rebuild([]);
    }
  });

  it('removes what is DONE no more, with the folders left empty, and nothing else', async () => {
    const projector = await open();
    const { card, manifest: m } = await entry('PROD-1', { 'produto/deep/er/a.md': 'A', 'produto/b.md': 'B' });
    await projector.apply(card, m);
    await put('produto/notes.txt', 'mine');
    expect([...(await projector.apply(card, undefined)).removed].sort()).toEqual([
      'produto/b.md',
      'produto/deep/er/a.md',
    ]);
    expect(await tree()).toEqual({ 'produto/notes.txt': 'mine' });
    expect(await readdir(join(dir, 'produto'))).toEqual(['notes.txt']);
  });

  it('leaves a file that a person changed when its card is taken back', async () => {
    const projector = await open();
    const { card, manifest: m } = await entry('PROD-1', { 'produto/a.md': 'A' });
    await projector.apply(card, m);
    await put('produto/a.md', 'edited');
    await projector.apply(card, undefined);
    expect(await tree()).toEqual({ 'produto/a.md': 'edited' });
  });

  it('is completed after a crash: missing files written, stale ones of its own removed, people’s left', async () => {
    const [one, two] = [await entry('PROD-1', { 'produto/a.md': 'A' }), await entry('PROD-2', { 'produto/b.md': 'B' })];
    await projectTree({ store, dir, entries: [one, two] });
    await rm(join(dir, 'produto/a.md'));
    await put('qa/mine.md', 'mine');
    const report = await projectTree({ store, dir, entries: [one] });
    expect(report).toEqual({ written: ['produto/a.md'], removed: ['produto/b.md'], problems: [] });
    expect(await tree()).toEqual({ 'produto/a.md': 'A', 'qa/mine.md': 'mine' });
    expect(await projectTree({ store, dir, entries: [one] })).toEqual({ written: [], removed: [], problems: [] });
  });

  it('knows its own older bytes when it died between the journal’s line and the file', async () => {
    const one = await entry('PROD-1', { 'produto/a.md': 'v1' });
    await projectTree({ store, dir, entries: [one] });
    const v2 = await store.put(Buffer.from('v2'));
    const journal = join(`${dir}.projection`, 'journal.ndjson');
    await writeFile(
      journal,
      `${await readFile(journal, 'utf8')}${JSON.stringify(['+', 'produto/a.md', v2])}\n["+","produto/cut`,
    );
    expect((await projectTree({ store, dir, entries: [] })).removed).toEqual(['produto/a.md']);
  });

  it('lets a folder stand before a file of the same name, in any order, and the file when the folder goes', async () => {
    const [file, below] = [
      await entry('PROD-9', { 'produto/x': 'file' }),
      await entry('PROD-1', { 'produto/x/y.md': 'below' }),
    ];
    for (const order of [
      [file, below],
      [below, file],
    ]) {
      const projector = await open();
      for (const { card, manifest: m } of order) await projector.apply(card, m);
      expect(await tree()).toEqual({ 'produto/x/y.md': 'below' });
      await projector.apply(below.card, undefined);
      expect(await tree()).toEqual({ 'produto/x': 'file' });
      await projector.rebuild([]);
    }
  });

  it('never writes through a symbolic link, nor removes behind one, and says so', async () => {
    const outside = join(root, 'outside');
    await mkdir(outside);
    await mkdir(dir, { recursive: true });
    await symlink(outside, join(dir, 'produto'));
    const one = await entry('PROD-1', { 'produto/a.md': 'A', 'produto/sub/b.md': 'B' });
    const report = await projectTree({ store, dir, entries: [one] });
    expect(report.problems).toHaveLength(2);
    expect(report.problems[0]).toContain('is a symbolic link');
    expect(await readdir(outside)).toEqual([]);
    await rm(join(dir, 'produto'));
    expect((await projectTree({ store, dir, entries: [one] })).written).toHaveLength(2);
  });

  it('replaces a link that stands in the place of a file, leaving its target alone', async () => {
    await writeFile(join(root, 'secret'), 'secret');
    await mkdir(join(dir, 'produto'), { recursive: true });
    await symlink(join(root, 'secret'), join(dir, 'produto/a.md'));
    await projectTree({ store, dir, entries: [await entry('PROD-1', { 'produto/a.md': 'A' })] });
    expect(await readFile(join(root, 'secret'), 'utf8')).toBe('secret');
    expect(await tree()).toEqual({ 'produto/a.md': 'A' });
  });

  it('refuses a hostile manifest in the log and projects the rest', async () => {
    const hash = await store.put(Buffer.from('x'));
    const hostile = { '../evil': hash, 'produto/../../evil': hash, 'elsewhere/a': hash, 'produto/ok.md': hash };
    const report = await projectTree({ store, dir, entries: [{ card: cardId('PROD-1'), manifest: hostile }] });
    expect(report.written).toEqual(['produto/ok.md']);
    expect(report.problems).toHaveLength(3);
    expect(await readdir(root)).toEqual(['app-artefacts', 'app-artefacts.projection']);
  });

  it('tells of a missing artifact and goes on', async () => {
    const lost = { card: cardId('PROD-1'), manifest: { 'produto/lost.md': sha256('0'.repeat(64)) } };
    const report = await projectTree({ store, dir, entries: [lost, await entry('PROD-2', { 'produto/b.md': 'B' })] });
    expect(report.written).toEqual(['produto/b.md']);
    expect(report.problems[0]).toContain('no artifact');
  });

  it('stops with the remedy when the folder cannot be made', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(openTreeProjector({ store, dir: join(root, 'file', 'tree') })).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });

  it('ends equal to one rebuild, whatever the order of completions, rollbacks and restarts before', async () => {
    const card = fc.constantFrom('A-1', 'A-2', 'A-10');
    const path = fc.constantFrom('qa/a', 'qa/b', 'qa/a/c', 'qa/B');
    const step = fc.tuple(
      card,
      fc.option(fc.dictionary(path, fc.constantFrom('1', '2'), { maxKeys: 2 }), { nil: undefined }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        await rm(dir, { recursive: true, force: true });
        await rm(`${dir}.projection`, { recursive: true, force: true });
        const now = new Map<string, TreeEntry>();
        let projector = await open();
        for (const [id, files, restart] of steps) {
          if (files) now.set(id, await entry(id, files));
          else now.delete(id);
          await projector.apply(cardId(id), now.get(id)?.manifest);
          if (restart) projector = await open();
          if (restart) await projector.rebuild(now.values());
        }
        const incremental = await tree();
        await rm(dir, { recursive: true, force: true });
        await projectTree({ store, dir, entries: now.values() });
        expect(incremental).toEqual(await tree());
      }),
      { numRuns: 60 },
    );
  });
});
