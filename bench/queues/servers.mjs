// Servers on free ports, each with a folder of its own, stopped by their pid.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { keep } from './living.mjs';

const START_MS = 20_000;
const TICKS_PER_SECOND = 100;

const onPath = (program) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

/** What `squados setup nats` fetched. */
const fetchedNats = (root) => {
  const folder = process.env.SQUADOS_TOOLCHAINS || join(root, '.squados-toolchains');
  const found = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith('nats-')) : undefined;
  const record = found && join(folder, found, 'toolchain.json');
  return record && existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')).programs['nats-server'] : undefined;
};

const versionOf = (program, args, pattern) => {
  if (program === undefined) return undefined;
  return pattern.exec(execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }))?.[1] ?? '?';
};

/** Debian's package brings the module alone. */
export const CELERY = ['-m', 'celery'];

/** A Python that has both: the first on the path may be another than the system's. */
const pythonWithCelery = () =>
  [onPath('python3'), '/usr/bin/python3'].find(
    (python) =>
      python !== undefined && spawnSync(python, ['-c', 'import celery, redis'], { stdio: 'ignore' }).status === 0,
  );

/** The programs that are here, with their versions; undefined where one is missing. */
export const findPrograms = (root) => {
  const nats = process.env.NATS_SERVER_BIN || fetchedNats(root) || onPath('nats-server');
  const redis = onPath('redis-server');
  const celery = pythonWithCelery();
  const bullmq = join(import.meta.dirname, 'node_modules/bullmq/package.json');
  return {
    nats: nats && { program: nats, version: versionOf(nats, ['--version'], /: v(\S+)/) },
    redis: redis && { program: redis, version: versionOf(redis, ['--version'], /v=(\S+)/) },
    celery: celery && { program: celery, version: versionOf(celery, [...CELERY, '--version'], /^(\S+)/) },
    bullmq: existsSync(bullmq) ? { version: JSON.parse(readFileSync(bullmq, 'utf8')).version } : undefined,
  };
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (ok) => {
      socket.destroy();
      resolve(ok);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });

const ARGUMENTS = {
  nats: (dir, port) => ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', dir],
  redis: (dir, port) => [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''],
    ...['--appendonly', 'yes', '--appendfsync', 'everysec'],
  ],
};

/** Processor seconds that a process has used so far. */
export const cpuOf = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
};

/** Bytes of memory that a process has now, and had at most. */
export const memoryOf = (pid) => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { now: kilobytes('VmRSS') * 1024, peak: kilobytes('VmHWM') * 1024 };
};

/** A server of a kind (`nats`, `redis`). */
export const startServer = async (kind, { program }, home) => {
  const dir = mkdtempSync(join(home, `${kind}-`));
  const port = await freePort();
  const child = keep(spawn(program, ARGUMENTS[kind](dir, port), { stdio: 'ignore' }));
  const end = performance.now() + START_MS;
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended at once with ${child.exitCode}`);
    if (performance.now() > end) throw new Error(`${program} did not listen within ${START_MS} ms`);
    await delay(10);
  }
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(dir, { recursive: true, force: true });
  };
  return { kind, port, pid: child.pid, dir, stop };
};
