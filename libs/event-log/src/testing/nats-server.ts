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
  /** On the same port and folder; after a `kill`. */
  start(): Promise<void>;
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
}

const freePort = (): Promise<number> =>
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

const configuration = (dir: string, port: number, { extra = '', jetstream = true }: ServerOptions): string => `
listen: "127.0.0.1:${port}"
${jetstream ? `jetstream: { store_dir: ${JSON.stringify(join(dir, 'store'))} }` : ''}
accounts: {
${accounts(jetstream)}
}
${extra}
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

export const startNatsServer = async (binary: string, options: ServerOptions = {}): Promise<NatsServer> => {
  const dir = mkdtempSync(join(tmpdir(), 'squados-nats-'));
  const port = await freePort();
  const file = join(dir, 'server.conf');
  writeFileSync(file, configuration(dir, port, options));
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
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
    access: (account = 0) => ({
      servers: [`127.0.0.1:${port}`],
      tls: false,
      user: `u${account}`,
      password: `p${account}`,
    }),
    kill,
    start,
    dispose: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
