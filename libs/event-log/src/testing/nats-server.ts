import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NatsAccess } from '../jetstream/index.js';

/** A real nats-server on a free port, with a folder of its own; stopped by its pid. */
export interface NatsServer {
  readonly port: number;
  /** Access to one of its accounts, each with a JetStream of its own. */
  access(account?: number): NatsAccess;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops it or lets it go on; does not wait for anything. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** On the same port and folder; after a `kill`; with other options where some are given. */
  start(options?: ServerOptions): Promise<void>;
  /** Where it keeps its streams; to be touched only while it is not running. */
  readonly store: string;
  dispose(): Promise<void>;
}

const ACCOUNTS = 8;
const START_MS = 60_000;

export interface ServerOptions {
  /** Lines of the configuration besides; `jetstream` and accounts are there. */
  readonly extra?: string;
  readonly jetstream?: boolean;
  /** Room for all streams together, such as `32KB`; as much as the disk has where absent. */
  readonly maxStore?: string;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A worker that may not answer for the quality owner. */
const LIMITED = ', { user: "limited", password: "p", permissions: { publish: { deny: "squad.*.qa.*.attempt" } } }';

const accounts = (hasJetStream: boolean): string =>
  Array.from({ length: ACCOUNTS }, (_, i) => {
    const jetstream = hasJetStream ? 'jetstream: enabled, ' : '';
    return `  A${i}: { ${jetstream}users: [{ user: "u${i}", password: "p${i}" }${i === 0 ? LIMITED : ''}] }`;
  }).join('\n');

const storeOf = (dir: string, { maxStore }: ServerOptions): string =>
  `jetstream: { store_dir: ${JSON.stringify(join(dir, 'store'))}${maxStore === undefined ? '' : `, max_file: ${maxStore}`} }`;

interface ListenAt {
  readonly host: string;
  readonly port: number;
}

/** Accounts `u0` … with a JetStream of their own in a folder. */
export const configuration = (dir: string, { host, port }: ListenAt, options: ServerOptions = {}): string => `
listen: "${host}:${port}"
${options.jetstream === false ? '' : storeOf(dir, options)}
accounts: {
${accounts(options.jetstream !== false)}
}
${options.extra ?? ''}
`;

const listening = async (child: ChildProcess, port: number): Promise<void> => {
  const end = performance.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`nats-server ended at once with ${child.exitCode}`);
    if (await greets(port)) return;
    if (performance.now() > end) throw new Error(`nats-server did not listen within ${START_MS} ms`);
    await delay(10);
  }
};

/** The server greets whoever connects. */
const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (ok: boolean): void => {
      socket.destroy();
      resolve(ok);
    };
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
  });

export const accountAccess =
  (server: string): NatsServer['access'] =>
  (account = 0) => ({ servers: [server], tls: false, user: `u${account}`, password: `p${account}` });

export const startNatsServer = async (binary: string, options: ServerOptions = {}): Promise<NatsServer> => {
  const dir = mkdtempSync(join(tmpdir(), 'squados-nats-'));
  const port = await freePort();
  const file = join(dir, 'server.conf');
  let child: ChildProcess | undefined;
  const start = async (now = options): Promise<void> => {
    writeFileSync(file, configuration(dir, { host: '127.0.0.1', port }, now));
    child = spawn(binary, ['-c', file], { stdio: 'ignore' });
    await listening(child, port);
  };
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  };
  await start();
  return {
    port,
    store: join(dir, 'store'),
    access: accountAccess(`127.0.0.1:${port}`),
    kill,
    signal: (signal) => void child?.kill(signal),
    start,
    dispose: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
