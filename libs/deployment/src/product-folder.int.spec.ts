import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveProductFolder, productFolder } from './product-folder.js';
import { productAccount } from './run-as.js';

const account = productAccount();
/** Only root's product has an account that a private home is closed to. */
const asRoot = account.changes ? it : it.skip;

let home = '';
const made: string[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'squados-home-'));
  chmodSync(home, 0o755);
});
afterEach(() => {
  for (const folder of [home, ...made.splice(0)]) rmSync(folder, { recursive: true, force: true });
});

const open = async (name: string) => {
  const root = join(home, name);
  mkdirSync(root, { recursive: true });
  const folder = await productFolder(root, account);
  if (!folder.home.startsWith(root)) made.push(folder.home, `${folder.home}.owner`);
  return folder;
};

describe("a product's folder", () => {
  it("lies below the run's, the account's alone", async () => {
    const folder = await open('run');
    expect(folder.home).toBe(join(home, 'run/product/home'));
    expect(statSync(folder.home)).toMatchObject({ uid: account.uid });
    expect(statSync(folder.home).mode & 0o777).toBe(0o700);
  });

  asRoot('lies elsewhere below a private home, and is found again', async () => {
    chmodSync(home, 0o700);
    const folder = await open('run');
    expect(folder.home).not.toContain(home);
    expect((await open('run')).home).toBe(folder.home);
    expect((await open('other')).home).not.toBe(folder.home);
  });

  asRoot('begins empty where an earlier run was moved aside, whose data stay its own', async () => {
    chmodSync(home, 0o700);
    const first = await open('run');
    writeFileSync(join(first.home, 'rows'), '42');
    renameSync(join(home, 'run'), join(home, 'run.old-1'));
    expect((await open('run')).home).not.toBe(first.home);
    expect((await open('run.old-1')).home).toBe(first.home);
    expect(readFileSync(join(first.home, 'rows'), 'utf8')).toBe('42');
  });

  asRoot(
    'comes back below the run’s when the product was stopped, with its data, and goes out again with it',
    async () => {
      chmodSync(home, 0o700);
      const first = await open('run');
      writeFileSync(join(first.home, 'rows'), '42');
      await leaveProductFolder(join(home, 'run'));
      expect([existsSync(first.home), existsSync(`${first.home}.owner`)]).toEqual([false, false]);
      await leaveProductFolder(join(home, 'run'));
      const again = await open('run');
      expect(again.home).toBe(first.home);
      expect(readFileSync(join(again.home, 'rows'), 'utf8')).toBe('42');
      expect(statSync(again.home)).toMatchObject({ uid: account.uid });
    },
  );

  asRoot('that a killed process left behind is removed at the next start, once its run is gone', async () => {
    chmodSync(home, 0o700);
    const left = await open('run');
    const other = await open('other');
    expect(existsSync(left.home)).toBe(true);
    rmSync(join(home, 'run'), { recursive: true });
    await open('other');
    expect([existsSync(left.home), existsSync(`${left.home}.owner`)]).toEqual([false, false]);
    expect(existsSync(other.home)).toBe(true);
  });

  asRoot('that killed processes left behind are removed by several starts at once', async () => {
    chmodSync(home, 0o700);
    const left = await Promise.all(Array.from({ length: 20 }, (_, i) => open(`run-${i}`)));
    for (const i of left.keys()) rmSync(join(home, `run-${i}`), { recursive: true });
    // Each begins a little later than the one before, so that one reads what another removes.
    const turns = async (count: number) => {
      for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => turns(i * 3).then(() => open(`next-${i}`))));
    expect(left.filter(({ home: each }) => existsSync(each) || existsSync(`${each}.owner`))).toEqual([]);
  });
});
