import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { accountAccess, configuration, type NatsServer } from './nats-server.js';

/** A server that Docker keeps: its process is not ours to kill, and its disk not ours to look at. */
export type NatsContainer = Pick<NatsServer, 'access' | 'dispose'>;

const PORT = 4222;
const IMAGE = 'squados-nats-test';
const SOCKET = '/var/run/docker.sock';
const START_MS = 30_000;

/** Why no container can be started here; undefined: one can. */
export const withoutDocker = (): string | undefined => {
  if (process.env['DOCKER_HOST'] === undefined && !existsSync(SOCKET))
    return `no Docker here: neither DOCKER_HOST nor ${SOCKET}`;
  try {
    execFileSync('docker', ['version', '--format', '{{.Server.Version}}'], { stdio: 'ignore', timeout: 10_000 });
    return undefined;
  } catch {
    return 'Docker does not answer here: docker version failed';
  }
};

/** What a dynamically linked program needs beside itself; nothing for a static one. */
const librariesOf = (program: string): readonly string[] => {
  try {
    const told = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...new Set([...told.matchAll(/(\/\S+\.so[\w.]*)/g)].map(([path]) => path))];
  } catch {
    return []; // ldd ends so for a static program
  }
};

/** An image of the program and its configuration alone: nothing is fetched. */
const contextOf = (program: string): string => {
  const context = mkdtempSync(join(tmpdir(), 'squados-nats-image-'));
  const files = [[program, 'nats-server'], ...librariesOf(program).map((path) => [path, path])] as const;
  for (const [from = '', to = ''] of files) {
    const target = join(context, 'root', to);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(from, target);
  }
  writeFileSync(join(context, 'root', 'nats.conf'), configuration('/data', { host: '0.0.0.0', port: PORT }));
  const lines = ['FROM scratch', 'COPY root/ /', 'ENTRYPOINT ["/nats-server", "-c", "/nats.conf"]', ''];
  writeFileSync(join(context, 'Dockerfile'), lines.join('\n'));
  return context;
};

const run = promisify(execFile);
const docker = async (...args: readonly string[]): Promise<string> =>
  (await run('docker', [...args], { env: { ...process.env, DOCKER_BUILDKIT: '0' } })).stdout.trim();

/** A server greets whoever connects; the port alone is open before there is a server behind it. */
const greets = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    const done = (ok: boolean): void => {
      socket.destroy();
      resolve(ok);
    };
    socket.once('data', () => done(true));
    socket.once('close', () => done(false));
    socket.once('error', () => done(false));
  });

const listening = async (id: string, host: string, port: number): Promise<void> => {
  for (const end = performance.now() + START_MS; !(await greets(host, port)); await delay(50))
    if (performance.now() > end) throw new Error(`nats-server in its container: ${await docker('logs', id)}`);
};

/** The same server as `startNatsServer` starts, in a container of an image that is built here; `dispose` removes the container. */
export const startNatsContainer = async (program: string): Promise<NatsContainer> => {
  const context = contextOf(program);
  try {
    await docker('build', '--quiet', '--tag', IMAGE, context);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
  const id = await docker('run', '--detach', '--tmpfs', '/data', '--publish', `127.0.0.1::${PORT}`, IMAGE);
  const dispose = async (): Promise<void> => void (await docker('rm', '--force', '--volumes', id));
  try {
    const address = await docker('port', id, `${PORT}/tcp`);
    const [host = '', port = ''] = (address.split('\n')[0] ?? '').split(/:(?=\d+$)/);
    await listening(id, host, Number(port));
    return { access: accountAccess(`${host}:${port}`), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};
