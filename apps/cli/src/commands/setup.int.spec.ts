import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { squadosHere } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';

let folder: TempFolder;
beforeEach(() => void (folder = new TempFolder()));
afterEach(() => folder.remove());

const setup = (...args: readonly string[]) =>
  squadosHere(['setup', ...args], { cwd: folder.path, env: { SQUADOS_TOOLCHAINS: folder.at('toolchains') } });

describe('squados setup', () => {
  it('refuses a name that is none and says which there are', async () => {
    const { code, stderr } = await setup('pyton');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no toolchain "pyton"');
    expect(stderr).toContain('web, python, go, postgres, browser, nats, sandbox, all');
  });

  it('says what stands in the way, as JSON too, and goes on with the next one', async () => {
    mkdirSync(folder.at('toolchains'));
    for (const name of ['python', 'go']) writeFileSync(folder.at(`toolchains/${name}.lock`), `${process.pid}\n`);
    const { code, stderr, json } = await setup('go', 'python', '--json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/✗ process \d+ is installing python right now/);
    expect(json()).toMatchObject({
      toolchains: [
        { name: 'python', state: 'failed', remedy: ['wait until it has ended, then run it again'] },
        { name: 'go', state: 'failed' },
      ],
    });
  });

  it('tells what cannot be written, and where else it could go', async () => {
    writeFileSync(folder.at('toolchains'), 'in the way');
    const { code, stderr } = await setup('python');
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be made');
    expect(stderr).toContain('SQUADOS_TOOLCHAINS');
  });
});

describe('squados doctor', () => {
  it('says of a toolchain that is not installed which gates refer, and what to type', async () => {
    const env = { SQUADOS_TOOLCHAINS: folder.at('none') };
    const { code, stdout } = await squadosHere(['doctor'], { cwd: folder.path, env });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^· toolchain python +python is not installed; without it these gates refer: .*squados setup python$/m,
    );
    expect(stdout).toMatch(/^[✓·] sandbox +level [0-2] \(/m);
  });
});
