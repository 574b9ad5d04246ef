import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createToolchains } from '@squados/gates/toolchains';
import { withoutKeys } from '../author/model-keys.js';
import { CliError } from '../cli-error.js';
import { commandName } from '../terminal/command-name.js';
import { freePort } from './free-port.js';

/** A nats-server of ours, for this machine alone; it is stopped by its pid. */
export interface LocalNats {
  readonly url: string;
  stop(): Promise<void>;
}

const START_MS = 10_000;
const STOP_MS = 10_000;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** `NATS_SERVER_BIN`, else one on the PATH, else what `squados setup nats` fetched. @throws CliError when there is none */
const findNatsServer = async (env: NodeJS.ProcessEnv): Promise<string> => {
  if (env['NATS_SERVER_BIN']) return env['NATS_SERVER_BIN'];
  const onPath = [...(env['PATH'] ?? '').split(delimiter), '/usr/sbin'].map((folder) => join(folder, 'nats-server'));
  const found = onPath.find(isExecutable);
  if (found !== undefined) return found;
  const lookup = await createToolchains({ env }).find('nats');
  const fetched = lookup.kind === 'there' ? lookup.toolchain.program('nats-server') : undefined;
  if (fetched !== undefined) return fetched;
  throw new CliError('there is no nats-server on this machine', {
    code: 'no-nats',
    remedy: [`${commandName()} setup nats`, 'or name one that runs: --nats nats://host:4222'],
  });
};

/** Starts a server that keeps its streams below a folder. @throws CliError when it does not come up */
export const startLocalNats = async (folder: string, env: NodeJS.ProcessEnv): Promise<LocalNats> => {
  const program = await findNatsServer(env);
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, 'nats-server.log'), 'a');
  const args = ['--jetstream', '--store_dir', folder, '--addr', '127.0.0.1', '--port', String(port)];
  // In a group of its own: Ctrl-C is for us; we stop it last.
  const child = spawn(program, args, { env: withoutKeys(env), stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(`it ended with ${code ?? 'a signal'}`));
  });
  const why = await Promise.race([failed, answers(port)]);
  if (why !== undefined)
    throw new CliError(`${program} did not start: ${why}`, {
      remedy: [`look into ${join(folder, 'nats-server.log')}`],
    });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await over;
    clearTimeout(late);
  };
  return { url: `nats://127.0.0.1:${port}`, stop };
};

const answers = async (port: number): Promise<string | undefined> => {
  for (const end = performance.now() + START_MS; performance.now() < end; await delay(20)) {
    if (await greets(port)) return undefined;
  }
  return `it did not answer within ${START_MS} ms`;
};

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
