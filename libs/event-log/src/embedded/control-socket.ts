/**
 * Commands of other processes to the one that owns a folder: one request and one answer per connection.
 *
 * Invariants:
 * 1. Only the folder's owner serves, so a socket that is found without a listener is a dead process's and is replaced.
 * 2. A request is whole and within its size before the handler sees it; a client that hangs up aborts its handler.
 * 3. Closing the server ends every connection and every handler's signal.
 */
import { chmodSync, renameSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { codeOf, messageOf } from '../error-facts.js';
import { EventLogError } from '../errors.js';
import { FrameReader, toFrame } from './line-frames.js';
import { findSocket, placeSocket, removeSocket } from './socket-path.js';

/** What a handler returns is sent as JSON; what it throws reaches the caller as `failed` with the error's message. */
export type ControlHandler = (request: unknown, signal: AbortSignal) => Promise<unknown>;

export type ControlAnswer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string }
  /** No process serves this folder. */
  | { readonly kind: 'nobody' };

export interface ControlServer {
  /** Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves a folder's control socket (mode 0600).
 * @throws EventLogError `log-locked` when somebody serves it already, `storage` when the socket can't be made.
 */
export const serveControl = async (dir: string, handler: ControlHandler): Promise<ControlServer> => {
  if (await isServed(dir))
    throw new EventLogError('log-locked', `${dir} has a control socket in use: stop that process first`);
  const connections = new Set<() => void>();
  const server = createServer((socket) => {
    const hangUp = serveOne(socket, handler);
    connections.add(hangUp);
    socket.on('close', () => connections.delete(hangUp));
  });
  await listen(server, dir);
  let closing: Promise<void> | undefined;
  return { close: () => (closing ??= shutDown(server, dir, connections)) };
};

const listen = async (server: Server, dir: string): Promise<void> => {
  const path = placeSocket(dir);
  const fresh = `${path}.${process.pid}`;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(fresh, resolve);
    });
    // It gets its name when its mode is right; the rename also replaces what a killed process left there.
    chmodSync(fresh, 0o600);
    renameSync(fresh, path);
  } catch (cause) {
    throw new EventLogError(
      'storage',
      `the control socket of ${dir} cannot be made (${messageOf(cause)}): free its path or allow it`,
      { cause },
    );
  }
};

const shutDown = (server: Server, dir: string, connections: ReadonlySet<() => void>): Promise<void> => {
  removeSocket(dir);
  for (const hangUp of connections) hangUp();
  return new Promise((resolve) => server.close(() => resolve()));
};

const isServed = async (dir: string): Promise<boolean> => {
  const socket = await connect(dir);
  socket?.destroy();
  return socket !== undefined;
};

/** Answers how to end the connection, and its handler with it. */
const serveOne = (socket: Socket, handler: ControlHandler): (() => void) => {
  const hungUp = new AbortController();
  const frame = new FrameReader();
  let served = false;
  socket.on('error', () => socket.destroy());
  socket.on('close', () => hungUp.abort());
  socket.on('data', (chunk) => {
    if (served) return;
    try {
      const text = frame.push(chunk);
      if (text === undefined) return;
      served = true;
      void answer(text, handler, hungUp.signal).then((reply) => socket.end(toFrame(reply)));
    } catch (error) {
      served = true;
      socket.end(toFrame(failed(error)));
    }
  });
  return () => {
    hungUp.abort();
    socket.destroy();
  };
};

const answer = async (text: string, handler: ControlHandler, signal: AbortSignal): Promise<ControlAnswer> => {
  try {
    return { kind: 'answered', value: await handler(parsed(text), signal) };
  } catch (error) {
    return failed(error);
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('the request is not JSON');
  }
};

const failed = (error: unknown): ControlAnswer => ({ kind: 'failed', message: messageOf(error) });

/**
 * Sends one request to the process that owns a folder and waits for its answer. Aborting hangs up: `failed`, and whether the
 * request was carried out is then unknown, as it is when the other process dies before it answers.
 */
export const callControl = async (
  dir: string,
  request: unknown,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ControlAnswer> => {
  if (options.signal?.aborted) return { kind: 'failed', message: 'given up before it was sent' };
  const socket = await connect(dir);
  if (socket === undefined) return { kind: 'nobody' };
  const giveUp = (): void => void socket.destroy();
  options.signal?.addEventListener('abort', giveUp);
  try {
    return await exchange(socket, request);
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
    socket.destroy();
  }
};

const exchange = (socket: Socket, request: unknown): Promise<ControlAnswer> =>
  new Promise((resolve) => {
    const frame = new FrameReader();
    const lost = (): void =>
      resolve({
        kind: 'failed',
        message: 'the connection ended before the answer: look at the state before trying again',
      });
    socket.on('close', lost);
    socket.on('error', lost);
    socket.on('data', (chunk) => {
      try {
        const text = frame.push(chunk);
        if (text !== undefined) resolve(JSON.parse(text) as ControlAnswer);
      } catch (error) {
        resolve(failed(error));
      }
    });
    socket.write(toFrame(request));
  });

/** Codes that mean "nobody listens there", or nobody any more; anything else is worth telling. */
const NOBODY = ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR', 'ECONNRESET'];

const connect = async (dir: string): Promise<Socket | undefined> => {
  const path = findSocket(dir);
  if (path === undefined) return undefined;
  const socket = createConnection(path);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', resolve);
    });
    return socket;
  } catch (cause) {
    socket.destroy();
    if (NOBODY.includes(codeOf(cause))) return undefined;
    throw new EventLogError('permission', `the control socket of ${dir} refused this user (${messageOf(cause)})`, {
      cause,
    });
  }
};
