import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createToolchains } from './create-toolchains.js';
import { verifyInstall } from './inspect-install.js';
import { InstallProblem } from './install/install-problem.js';
import { sampleMachine, type SampleMachine } from './testing/sample-toolchains.js';
import type { ToolchainLookup } from './toolchains.port.js';

let machine: SampleMachine;
beforeEach(() => void (machine = sampleMachine()));
afterEach(() => machine.remove());

const find = (): Promise<ToolchainLookup> => createToolchains({ ...machine.places, env: {} }).find('python');
const missing = (reason: string): unknown => ({
  kind: 'missing',
  reason: expect.stringContaining(reason),
  remedy: 'squados setup python',
});
const problem = (failing: Promise<unknown>): Promise<InstallProblem> =>
  failing.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => {
      if (error instanceof InstallProblem) return error;
      throw error;
    },
  );

describe('finding a toolchain', () => {
  it('says what is not installed and what to type', async () => {
    expect(await find()).toEqual(missing('python is not installed'));
  });

  it('gives version, programs, environment and mounts of what is installed', async () => {
    const { folder } = await machine.install();
    const found = await find();
    if (found.kind !== 'there') throw new Error(found.reason);
    const { toolchain } = found;
    expect(toolchain).toMatchObject({ name: 'python', version: 'sample 1', folder, env: { PATH: folder } });
    expect(toolchain.mounts).toEqual([{ from: folder, at: folder }]);
    expect(toolchain.program('python')).toBe(join(folder, 'python'));
    expect(toolchain.program('constructor')).toBeUndefined();
  });

  it('always has the interpreter that runs us', async () => {
    const found = await createToolchains({ ...machine.places, env: {} }).find('node');
    if (found.kind !== 'there') throw new Error(found.reason);
    expect(found.toolchain.version).toBe(`node ${process.versions.node}`);
    expect(existsSync(found.toolchain.program('node') ?? '')).toBe(true);
  });

  it('takes the folder of the installs from SQUADOS_TOOLCHAINS', async () => {
    await machine.install();
    const { root, pins } = machine.places;
    expect(await createToolchains({ pins, env: { SQUADOS_TOOLCHAINS: root } }).find('python')).toMatchObject({
      kind: 'there',
    });
  });

  it('refuses an install whose record was never written, as a kill leaves it', async () => {
    const { folder } = await machine.install();
    rmSync(join(folder, 'toolchain.json'));
    expect(await find()).toEqual(missing('was not finished'));
  });

  it('refuses an install of other pins', async () => {
    await machine.install();
    machine.pin('sample==2\n');
    expect(await find()).toEqual(missing('not what is pinned now'));
  });

  it('refuses an install whose program is gone, whose record is not one, and one that was moved', async () => {
    const { folder } = await machine.install();
    rmSync(join(folder, 'python'));
    expect(await find()).toEqual(missing('python is gone'));
    writeFileSync(join(folder, 'toolchain.json'), '{"format":1,"programs":{"python":7}}');
    expect(await find()).toEqual(missing('not a record'));

    await machine.install();
    const moved = join(dirname(dirname(folder)), 'moved');
    renameSync(dirname(folder), moved);
    const there = createToolchains({ root: moved, pins: machine.places.pins });
    expect(await there.find('python')).toEqual(missing('moved'));
  });

  it('refuses an install that was made for another interpreter than the one there now', async () => {
    await machine.install();
    writeFileSync(join(dirname(machine.places.root), 'interpreter'), 'another');
    expect(await find()).toEqual(missing('is not the one'));
  });
});

describe('installing a toolchain', () => {
  it('leaves alone what is there and whole', async () => {
    expect((await machine.install()).kind).toBe('installed');
    expect((await machine.install()).kind).toBe('already-there');
    expect(machine.runs()).toBe(1);
  });

  it('finds a file that was changed or is gone, and makes the install anew', async () => {
    const { folder } = await machine.install();
    writeFileSync(join(folder, 'library.py'), 'ANSWER = 420\n');
    expect(await verifyInstall(machine.places, 'python')).toMatchObject({ kind: 'unusable', why: 'damaged' });
    expect((await machine.install()).kind).toBe('installed');
    rmSync(join(folder, 'library.py'));
    expect((await machine.install()).kind).toBe('installed');
    expect(await verifyInstall(machine.places, 'python')).toMatchObject({ kind: 'ready' });
    expect(machine.runs()).toBe(3);
  });

  it('removes installs of older pins, after the new one is finished and nothing else', async () => {
    const { folder } = await machine.install();
    mkdirSync(join(machine.places.root, 'python-mine'));
    machine.pin('sample==2\n');
    const failing = { install: () => Promise.reject(new InstallProblem('no-network', 'no way out', [])) };
    await problem(machine.install(failing));
    expect(existsSync(folder)).toBe(true);
    const { folder: newer } = await machine.install();
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(machine.places.root).sort()).toEqual([newer.split('/').at(-1), 'python-mine'].sort());
  });

  it('begins from an empty folder after an interruption, or goes on where the recipe can', async () => {
    const { folder } = await machine.install();
    rmSync(join(folder, 'toolchain.json'));
    writeFileSync(join(folder, 'left-over'), '');
    await machine.install({ resumes: true });
    expect(existsSync(join(folder, 'left-over'))).toBe(true);
    rmSync(join(folder, 'toolchain.json'));
    await machine.install();
    expect(existsSync(join(folder, 'left-over'))).toBe(false);
  });

  it('is refused while another process installs the same, and takes over from a dead one', async () => {
    const lock = join(machine.places.root, 'python.lock');
    mkdirSync(machine.places.root, { recursive: true });
    writeFileSync(lock, `${process.pid}\n`);
    expect(await problem(machine.install())).toMatchObject({ code: 'in-use' });
    expect(machine.runs()).toBe(0);
    writeFileSync(lock, '4194304999\n');
    expect((await machine.install()).kind).toBe('installed');
    expect(existsSync(lock)).toBe(false);
  });

  it('is stopped in the middle of a step, ends what it started, and the next one begins again', async () => {
    const stop = new AbortController();
    const lives = lifeSigns();
    const slow = machine.install(
      {
        install: async (workshop) => {
          const script = 'exec 9>"$1"; echo begun >&9; sleep 60 & wait';
          const running = workshop.run({ title: 'a slow step', command: ['sh', '-c', script, 'sh', lives.fifo] });
          running.catch(() => undefined);
          await lives.begun;
          stop.abort();
          await running;
          throw new Error('the step went on');
        },
      },
      stop.signal,
    );
    expect(await problem(slow)).toMatchObject({ code: 'stopped' });
    await lives.over;
    expect(await find()).toEqual(missing('was not finished'));
    expect((await machine.install()).kind).toBe('installed');
  });

  it('says before it fetches anything that the disk has too little room', async () => {
    const refused = await problem(machine.install({ needsMb: 1e9 }));
    expect(refused).toMatchObject({ code: 'disk-full' });
    expect(refused.remedy.join()).toContain('SQUADOS_TOOLCHAINS');
    expect(machine.runs()).toBe(0);
  });

  it('says that the folder of the installs cannot be made', async () => {
    writeFileSync(machine.places.root, 'a file in the way');
    expect(await problem(machine.install())).toMatchObject({ code: 'not-writable' });
  });

  it.each([
    ['npm error code ENOTFOUND', 'no-network'],
    ['dial tcp: lookup proxy: no such host', 'no-network'],
    ['NewConnectionError: Failed to establish a new connection', 'no-network'],
    ['tar: write error: No space left on device', 'disk-full'],
    ['ERROR: No matching distribution found for sample==1', 'step-failed'],
  ])('tells from the words "%s" that it is %s', async (words, code) => {
    const failing = {
      install: async (workshop: Parameters<typeof runWords>[0]) => {
        await runWords(workshop, words);
        throw new Error('the step did not fail');
      },
    };
    const told = await problem(machine.install(failing));
    expect(told.code).toBe(code);
    expect(told.message).toContain(words);
    expect(told.remedy).not.toEqual([]);
  });
});

const runWords = (
  workshop: { run(step: { title: string; command: readonly [string, ...string[]] }): Promise<string> },
  words: string,
): Promise<string> => workshop.run({ title: 'fetching', command: ['sh', '-c', 'echo "$1" >&2; exit 7', 'sh', words] });

/** A pipe with a name: `begun` once something was written to it, `over` once every process that had it open is gone. */
const lifeSigns = (): { readonly fifo: string; readonly begun: Promise<unknown>; readonly over: Promise<unknown> } => {
  const fifo = join(dirname(machine.places.root), 'life-signs');
  execFileSync('mkfifo', [fifo]);
  const stream = createReadStream(fifo);
  return { fifo, begun: once(stream, 'data'), over: once(stream, 'end') };
};
