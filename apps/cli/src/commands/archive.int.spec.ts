import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hashBytes } from '@squados/artifacts';
import { EMPTY_LANE, type Lane, type SquadEvent } from '@squados/contracts';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { backlogText, fileCard } from '../testing/shop.js';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';

const SKIPPED = ['PROD-001', 'PROD-002'];

let folder: TempFolder;
beforeEach(async () => {
  folder = new TempFolder();
  folder.put('shop.json', backlogText(SKIPPED.map((id) => fileCard(id))));
  await squados('import', 'shop.json', '--data', 'd');
});
afterEach(() => folder.remove());

const squados = (...args: readonly string[]): Promise<Heard> => squadosHere(args, { cwd: folder.path });
const archive = (...args: readonly string[]): Promise<Heard> =>
  squados('archive', 'corner-shop', '--to', 'shop.archive', '--data', 'd', ...args);
/** Nothing is left to do. */
const settle = async (): Promise<void> => {
  for (const id of SKIPPED) await squados('skip', id, '--reason', 'sold out', '--data', 'd');
  await squados('pause', '--reason', 'for good', '--data', 'd');
};
const events = async (data: string): Promise<unknown[]> =>
  (await squados('events', '--json', '--data', data)).json<unknown[]>();

interface Row {
  readonly lane: Lane;
  readonly event: SquadEvent;
}

const append = async (data: string, { lane, event }: Row): Promise<void> => {
  const log = await openEmbeddedLog({ dir: folder.at(data), mode: 'owner' });
  const expected = (await log.last(lane))?.revision ?? EMPTY_LANE;
  await log.append({ lane, expected, events: [event] });
  await log.close();
};

describe('squados archive and restore', () => {
  it('moves a settled project into a file and back, with everything that can be asked of it', async () => {
    await settle();
    const [before, why] = [await events('d'), await squados('why', 'PROD-001', '--json', '--data', 'd')];
    const heard = await archive('--json');
    expect(heard).toMatchObject({ code: 0, stderr: '' });
    const bytes = readFileSync(folder.at('shop.archive'));
    expect(heard.json()).toMatchObject({ commits: 5, purged: 5, late: 0, artifacts: 1, sha256: hashBytes(bytes) });

    expect(await squados('restore', 'shop.archive', '--data', 'back')).toMatchObject({ code: 0, stderr: '' });
    expect(await events('back')).toEqual(before);
    expect((await squados('why', 'PROD-001', '--json', '--data', 'back')).stdout).toBe(why.stdout);
    const verdict = await squados('events', '--verify', '--data', 'back');
    expect(verdict.stdout).toMatch(/^sound: 5 commits/m);
    expect((await squados('status', '--json', '--data', 'back')).json()).toMatchObject({ tally: { cards: 2 } });
  });

  it('leaves one word behind: whose name it is, and where it went', async () => {
    await settle();
    await archive();
    expect(await events('d')).toMatchObject([{ event: { type: 'ProjectArchived' } }]);
    expect((await squados('events', '--verify', '--data', 'd')).stdout).toMatch(/^sound: 1 commits/m);
    const status = await squados('status', '--data', 'd');
    expect(status).toMatchObject({ code: 2, stderr: expect.stringContaining('was archived on') });
    expect(status.stderr).toContain('squados restore shop.archive');
    const again = await squados('import', 'shop.json', '--data', 'd');
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('its name is not used again') });
    expect(await events('d')).toHaveLength(1);
  });

  it('refuses a project that is not settled, and one that is not there; --force takes it as it is', async () => {
    expect(await archive()).toMatchObject({ code: 2, stderr: expect.stringContaining('is not settled') });
    expect(existsSync(folder.at('shop.archive'))).toBe(false);
    const other = await squados('archive', 'nobody', '--to', 'x', '--data', 'd');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('no project "nobody"') });
    expect(await archive('--force')).toMatchObject({ code: 0 });
    await squados('restore', 'shop.archive', '--data', 'back');
    expect((await squados('status', '--json', '--data', 'back')).json()).toMatchObject({ settled: false });
  });

  it('goes on after a crash before the purge, with the same file or with one that it writes again', async () => {
    await settle();
    cpSync(folder.at('d'), folder.at('before'), { recursive: true });
    await archive();
    const first = readFileSync(folder.at('shop.archive'));
    const [word] = await events('d');
    for (const isThere of [true, false]) {
      if (!isThere) rmSync(folder.at('shop.archive'));
      rmSync(folder.at('d'), { recursive: true });
      cpSync(folder.at('before'), folder.at('d'), { recursive: true });
      await append('d', word as Row);
      expect(await events('d')).toHaveLength(6);
      expect((await archive('--json')).json()).toMatchObject({ commits: 5, purged: 5 });
      expect(readFileSync(folder.at('shop.archive')).equals(first)).toBe(true);
    }
  });

  it('is done once: again with its file it says so, without it it names what it needs', async () => {
    await settle();
    await archive();
    const again = await archive('--json');
    expect(again).toMatchObject({ code: 0 });
    expect(again.json()).toMatchObject({ purged: 0, commits: 5 });
    renameSync(folder.at('shop.archive'), folder.at('away'));
    expect(await archive()).toMatchObject({ code: 2, stderr: expect.stringContaining('was archived on') });
    writeFileSync(folder.at('shop.archive'), 'something else');
    expect(await archive()).toMatchObject({ code: 2, stderr: expect.stringContaining('no archive of SquadOS') });
  });

  it('never writes over a file, and purges nothing then', async () => {
    await settle();
    writeFileSync(folder.at('shop.archive'), 'mine');
    expect((await archive()).code).toBe(2);
    expect(readFileSync(folder.at('shop.archive'), 'utf8')).toBe('mine');
    expect(await events('d')).toHaveLength(5);
  });

  it('restores into no folder that holds something', async () => {
    await settle();
    await archive();
    await squados('restore', 'shop.archive', '--data', 'back');
    const twice = await squados('restore', 'shop.archive', '--data', 'back');
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('holds commits already') });
    const both = await squados('restore', 'shop.archive', '--data', 'x', '--nats', 'nats://h:1');
    expect(both.code).toBe(2);
  });
});

describe('a file that squados restore is given', () => {
  const change = (at: number): ((bytes: Buffer) => Buffer) => {
    return (bytes) => {
      const changed = Buffer.from(bytes);
      changed[at < 0 ? bytes.length + at : at] = 0x58;
      return changed;
    };
  };
  const BAD: readonly (readonly [string, (bytes: Buffer) => Buffer, RegExp])[] = [
    ['that is empty', () => Buffer.alloc(0), /shop\.archive: this is no archive/],
    ['of another kind', () => Buffer.from('{"cards":[]}\n'), /shop\.archive: this is no archive/],
    ['of a later version', (b) => replaced(b, '"version":1', '"version":9'), /version 9, this build reads 1/],
    ['cut off in a record', (b) => b.subarray(0, 900), /ends at byte \d+, in the middle of record \d/],
    ['cut off before its last line', (b) => b.subarray(0, b.lastIndexOf('{"record":"end"')), /was cut off/],
    [
      'with a byte changed in an artifact',
      (b) => change(b.indexOf('"cards"'))(b),
      /record 1, before byte \d+: artifact [0-9a-f]{64}/,
    ],
    [
      'with a byte changed in a commit',
      (b) => change(b.lastIndexOf('sold out'))(b),
      /record 2, before byte \d+: commits 1 to 5/,
    ],
    [
      'with a byte changed in its header',
      (b) => replaced(b, 'corner-shop', 'corner-shoq'),
      /what stands before it was changed/,
    ],
    ['with more behind its end', (b) => Buffer.concat([b, Buffer.from('x')]), /more follows after it/],
  ];
  const replaced = (bytes: Buffer, from: string, to: string): Buffer =>
    Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');

  it('and that is bad is refused, with the file and the place, before anything is written', async () => {
    await settle();
    await archive();
    const good = readFileSync(folder.at('shop.archive'));
    for (const [what, damage, words] of BAD) {
      writeFileSync(folder.at('shop.archive'), damage(good));
      const heard = await squados('restore', 'shop.archive', '--data', 'back');
      expect([what, heard.code]).toEqual([what, 2]);
      expect(`${what}: ${heard.stderr}`).toMatch(words);
      expect([what, existsSync(folder.at('back'))]).toEqual([what, false]);
    }
    expect(await squados('restore', 'nowhere.archive', '--data', 'back')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no such file'),
    });
  });
});
