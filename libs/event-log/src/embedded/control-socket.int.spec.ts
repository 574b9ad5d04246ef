import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { freshFolder, removeFolder } from '../testing/embedded-harness.js';
import { until, within } from '../testing/waiting.js';
import { callControl, serveControl, type ControlHandler, type ControlServer } from './index.js';
import { MAX_ANNOUNCED_BYTES, MAX_LINE_BYTES } from './line-frames.js';
import { findSocket } from './socket-path.js';

let dir: string;
const servers: ControlServer[] = [];
const serve = async (handler: ControlHandler, folder = dir): Promise<ControlServer> => {
  const server = await serveControl(folder, handler);
  servers.push(server);
  return server;
};
const echo: ControlHandler = async (request) => request;

/** Speaks to the socket without our client. */
const raw = async (bytes: string | Buffer): Promise<string> => {
  const socket: Socket = createConnection(findSocket(dir)!);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('utf8')));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.write(bytes);
  await within('the end of the connection', closed);
  return text;
};

beforeEach(() => {
  dir = freshFolder();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  removeFolder(dir);
});

describe('the control socket', () => {
  it('carries a request to the owner and its answer back, for this user alone', async () => {
    await serve(async (request) => ({ got: request, há: 'ação 🚀' }));
    expect(await callControl(dir, { do: 'retry', card: 'BE 1\n' })).toEqual({
      kind: 'answered',
      value: { got: { do: 'retry', card: 'BE 1\n' }, há: 'ação 🚀' },
    });
    expect(statSync(join(dir, 'control.sock')).mode & 0o777).toBe(0o600);
  });

  it('serves many at the same time, each with its own answer', async () => {
    await serve(echo);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => callControl(dir, i)));
    expect(answers).toEqual(Array.from({ length: 50 }, (_, value) => ({ kind: 'answered', value })));
  });

  it('carries an import of many megabytes, and an answer as long', async () => {
    await serve(echo);
    const request = { cards: Array.from({ length: 30 }, (_, i) => 'ç'.repeat(100_000) + i) };
    expect(await callControl(dir, request)).toEqual({ kind: 'answered', value: request });
  }, 240_000);

  it('tells what a handler threw, or that it answered nothing', async () => {
    await serve(async (request) => {
      if (request === 'throw') throw new Error('card X is not known');
      if (request === 'text') throw 'plain';
      return undefined;
    });
    expect(await callControl(dir, 'throw')).toEqual({ kind: 'failed', message: 'card X is not known' });
    expect(await callControl(dir, 'text')).toEqual({ kind: 'failed', message: 'plain' });
    expect(await callControl(dir, 'nothing')).toMatchObject({ kind: 'answered' });
  });

  it('finds nobody where nothing was ever served, where the server closed, where a dead process left its socket', async () => {
    expect(await callControl(dir, 1)).toEqual({ kind: 'nobody' });
    const server = await serve(echo);
    await server.close();
    await server.close();
    expect(await callControl(dir, 1)).toEqual({ kind: 'nobody' });
    writeFileSync(join(dir, 'control.sock'), '');
    expect(await callControl(dir, 1)).toEqual({ kind: 'nobody' });
    await serve(echo);
    expect(await callControl(dir, 1)).toEqual({ kind: 'answered', value: 1 });
  });

  it('is served once per folder', async () => {
    await serve(echo);
    await expect(serveControl(dir, echo)).rejects.toMatchObject({ code: 'log-locked' });
  });

  it('says where it cannot be made', async () => {
    await expect(serveControl(join(dir, 'missing'), echo)).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('missing'),
    });
  });

  it('lies elsewhere, privately, for a folder whose path is too long for a socket', async () => {
    const deep = join(dir, 'd'.repeat(60), 'e'.repeat(60));
    mkdirSync(deep, { recursive: true });
    expect(findSocket(deep)).toBeUndefined();
    expect(await callControl(deep, 1)).toEqual({ kind: 'nobody' });
    // What a killed owner left behind.
    writeFileSync(join(deep, 'control.path'), `${join(dir, 'gone', 'control.sock')}\n`);
    expect(await callControl(deep, 1)).toEqual({ kind: 'nobody' });
    const server = await serve(echo, deep);
    const path = readFileSync(join(deep, 'control.path'), 'utf8').trim();
    expect(path.length).toBeLessThan(100);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(await callControl(deep, 'long')).toEqual({ kind: 'answered', value: 'long' });
    await server.close();
    expect(existsSync(dirname(path))).toBe(false);
    expect(existsSync(join(deep, 'control.path'))).toBe(false);
  });
});

describe('hostile and interrupted talk', () => {
  it('is refused with a reason: no JSON, a line without end, an announcement of too much', async () => {
    let handled = 0;
    await serve(async () => ++handled);
    expect(await raw('{"half":\n')).toContain('not JSON');
    expect(await raw('\n')).toContain('not JSON');
    expect(await raw(Buffer.alloc(MAX_LINE_BYTES + 10, 0x61))).toContain('longer than');
    expect(await raw(`#${MAX_ANNOUNCED_BYTES + 1}\n`)).toContain('longer than');
    expect(await raw('#9999999999\n')).toContain('not JSON');
    expect(handled).toBe(0);
    expect(await callControl(dir, 1)).toEqual({ kind: 'answered', value: 1 });
  });

  it('in single bytes is understood all the same; what follows a request is ignored', async () => {
    await serve(echo);
    const socket = createConnection(findSocket(dir)!);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('utf8')));
    for (const byte of Buffer.from('"çé"\n"more"\n')) socket.write(Buffer.from([byte]));
    await until('the answer', () => text.endsWith('\n'));
    expect(JSON.parse(text)).toEqual({ kind: 'answered', value: 'çé' });
    socket.destroy();
  });

  it('aborts the handler of a client that hangs up, and of every client when the server closes', async () => {
    const signals: AbortSignal[] = [];
    const server = await serve((_request, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    const stop = new AbortController();
    const given = callControl(dir, 1, { signal: stop.signal });
    const kept = callControl(dir, 2);
    await until('both are handled', () => signals.length === 2);
    stop.abort();
    expect(await within('an end', given)).toMatchObject({ kind: 'failed' });
    await until('one handler is aborted', () => signals.filter((signal) => signal.aborted).length === 1);
    await server.close();
    expect(await within('an end', kept)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('before the answer'),
    });
    expect(signals.every((signal) => signal.aborted)).toBe(true);
    expect(await callControl(dir, 3, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'failed' });
  });

  it('that knocks while the owner ends finds nobody', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(dir, 'control.sock'), resolve));
    const calling = callControl(dir, 1);
    server.close(); // before it took the connection
    expect(await calling).toEqual({ kind: 'nobody' });
  });

  it('from a server that answers nonsense is a failure, not an exception', async () => {
    const server = createServer((socket) => socket.resume().end('<html>\n'));
    await new Promise<void>((resolve) => server.listen(join(dir, 'control.sock'), resolve));
    expect(await callControl(dir, 1)).toMatchObject({ kind: 'failed' });
    await new Promise((resolve) => server.close(resolve));
  });

  it('with a path in its record that is no socket of ours removes nothing', async () => {
    const deep = join(dir, 'd'.repeat(60), 'e'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const precious = join(dir, 'precious', 'file');
    mkdirSync(dirname(precious));
    writeFileSync(join(deep, 'control.path'), precious);
    writeFileSync(precious, 'x');
    chmodSync(precious, 0o600);
    await (await serve(echo, deep)).close();
    expect(existsSync(precious)).toBe(true);
  });
});
