import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandAs, productAccount, seeing, type Account } from './run-as.js';

const run = promisify(execFile);
const account = productAccount();
/** Another account, and mounts, are root's to have. */
const asRoot = account.changes ? it : it.skip;

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'squados-closed-'));
  for (const name of ['tools', 'more tools']) {
    mkdirSync(join(home, 'cache', name), { recursive: true });
    writeFileSync(join(home, 'cache', name, 'program.sh'), `echo ${name} ran`);
  }
  writeFileSync(join(home, 'private.txt'), 'a letter');
  chmodSync(home, 0o700);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(home, 'cache', ...parts);
const said = async (as: Account, script: string): Promise<string> => {
  const [program, ...args] = commandAs(as, ['sh', '-c', script]);
  const { stdout, stderr } = await run(program, args).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  return `${stdout}${stderr}`;
};

describe("what a product's account sees", () => {
  asRoot('is nothing below a private home', async () => {
    expect(await said(account, `sh '${at('tools/program.sh')}'`)).toMatch(/ermission denied|cannot open/);
  });

  asRoot('is the folders it needs, though they lie below one', async () => {
    const view = await seeing(account, [at('tools'), at('more tools')]);
    expect(view).toBeDefined();
    const script = `sh '${at('tools/program.sh')}'; sh '${at('more tools/program.sh')}'; id -u`;
    expect(await said(view ?? account, script)).toBe(`tools ran\nmore tools ran\n${account.uid}\n`);
  });

  asRoot('is nothing else there, and nothing can be written', async () => {
    const view = (await seeing(account, [at('tools')])) ?? account;
    expect(await said(view, `ls -A '${home}' '${at()}'`)).not.toMatch(/private|more/);
    expect(await said(view, `echo x > '${at('tools/new')}'`)).toMatch(/Read-only|ermission/);
    expect((await run('ls', [home])).stdout).toContain('private.txt');
  });

  it('stays as it is where nothing is closed', async () => {
    expect(await seeing(account, ['/usr/bin'])).toBe(account);
  });
});
