import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Scenario, spec } from '@squados/board/testing';
import { projectId, type Command } from '@squados/contracts';
import { serveControl } from '@squados/event-log/embedded';
import { readFileSync } from 'node:fs';
import { isBacklog } from '../input/detect-input.js';
import { recordLog } from '../testing/record-log.js';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';
import { openAppLog } from './app-log.js';
import { askRunning, controlHandler, isRunning, requireFree } from './control.js';
import { dataFolderAt, slug, stem } from './data-folder.js';

let folder: TempFolder;
beforeEach(() => {
  folder = new TempFolder();
});
afterEach(() => folder.remove());

const PAUSE: Command = {
  type: 'PauseProject',
  project: projectId('demo'),
  by: { kind: 'person', name: 'tester' },
  reason: 'lunch',
  now: false,
};

describe('the side of the running process', () => {
  const taken: Command[] = [];
  const handler = controlHandler((command) => {
    taken.push(command);
    return Promise.resolve({ kind: 'rejected', reason: 'wrong-state', message: 'paused already', details: [] });
  });
  const signal = new AbortController().signal;
  const ask = (request: unknown): Promise<unknown> =>
    Promise.resolve(handler(request as Parameters<typeof handler>[0], signal as never));
  beforeEach(() => void taken.splice(0));

  it('answers a ping and carries out a sound command', async () => {
    expect(await ask({ kind: 'ping' })).toEqual({ pid: process.pid });
    expect(await ask({ kind: 'submit', command: PAUSE })).toMatchObject({ kind: 'rejected' });
    expect(taken).toEqual([PAUSE]);
  });

  it.each([null, 1, {}, { kind: 'exit' }])('refuses %j as a request', async (request) => {
    await expect(ask(request)).rejects.toThrow('not known');
  });

  it('refuses a command that is none, and says what is wrong with it', async () => {
    await expect(ask({ kind: 'submit', command: { type: 'PauseProject' } })).rejects.toThrow('project');
    await expect(ask({ kind: 'submit', command: { ...PAUSE, type: 'DropEverything' } })).rejects.toThrow();
    expect(taken).toEqual([]);
  });
});

describe('the side of whoever asks', () => {
  const say = (...args: readonly string[]): Promise<Heard> =>
    squadosHere([...args, '--data', 'd'], { cwd: folder.path });

  it('a folder with a running process gets its commands through it, and is not free', async () => {
    await recordLog(folder.at('d'), Scenario.of([spec('A')]).log.commits);
    const data = dataFolderAt(folder.at('d'));
    expect(await isRunning(data)).toBe(false);
    await requireFree(data);
    const control = await serveControl(
      data.root,
      controlHandler((command) =>
        command.type === 'PauseProject' && command.now
          ? Promise.reject(new Error('the disk is gone'))
          : Promise.resolve({ kind: 'accepted', position: 7 as never }),
      ),
    );
    try {
      expect(await isRunning(data)).toBe(true);
      await expect(requireFree(data)).rejects.toMatchObject({ code: 'log-locked' });
      expect((await say('pause', '--json')).json()).toMatchObject({ recorded: [{ via: 'running', position: 7 }] });
      expect(await say('pause', '--now')).toMatchObject({ code: 2, stderr: expect.stringContaining('disk is gone') });
      expect((await say('status')).stdout).toContain('a process runs it now');
      expect(await say('up')).toMatchObject({ code: 2, stderr: expect.stringContaining('in use') });
    } finally {
      await control.close();
    }
  });

  it('a process that went away meanwhile is told as such', async () => {
    await expect(askRunning(dataFolderAt(folder.at('gone')), PAUSE)).rejects.toMatchObject({ code: 'control' });
  });
});

describe('names of folders', () => {
  it.each([
    ['Corner shop', 'corner-shop'],
    ['Oficina do João — ação!', 'oficina-do-joao-acao'],
    ['../../etc/passwd', 'etc-passwd'],
    ['日本', 'project'],
    ['', 'project'],
    ['a'.repeat(39) + ' b', 'a'.repeat(39)],
  ])('%j becomes %j', (text, name) => expect(slug(text)).toBe(name));

  it('a file is known by its name without folder and extension', () => {
    expect(stem('/a/b/backlog.v2.json')).toBe('backlog.v2');
  });
});

describe('what a file is', () => {
  const bytes = (text: string, encoding: BufferEncoding = 'utf8', mark: readonly number[] = []): Uint8Array =>
    Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);
  const is = (name: string, content: Uint8Array): boolean =>
    isBacklog({ given: name, name, bytes: content, sha256: '' as never });

  it('is told by its first character, in any usual encoding', () => {
    expect(is('x.txt', bytes(' \n {"cards": []}'))).toBe(true);
    expect(is('x.txt', bytes('{}', 'utf16le', [0xff, 0xfe]))).toBe(true);
    expect(is('x.txt', bytes('\u0000{\u0000}', 'latin1', [0xfe, 0xff]))).toBe(true);
    expect(is('x.md', bytes('# Title'))).toBe(false);
    expect(is('x.md', bytes(''))).toBe(false);
    expect(is('x.json', bytes(''))).toBe(true);
  });
});

describe('the log for people', () => {
  it('is JSON lines at the level that was asked for', async () => {
    const file = folder.at('squados.log');
    const log = openAppLog(file, { SQUADOS_LOG_LEVEL: 'warn' });
    log.logger.info({}, 'quiet');
    log.logger.warn({ place: 'here' }, 'told');
    await log.close();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'told', place: 'here' });
  });

  it('a file that cannot be written costs lines, never the run', async () => {
    const log = openAppLog(folder.at('none', 'squados.log'), {});
    log.logger.warn({}, 'lost');
    await new Promise((resolve) => setImmediate(resolve));
    log.logger.warn({}, 'lost too');
    await log.close();
  });
});
