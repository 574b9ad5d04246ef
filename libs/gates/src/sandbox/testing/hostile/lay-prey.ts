import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Prey } from './hostile.js';

export interface LaidPrey extends Prey {
  /** Forgets what was seen so far. */
  reset(): void;
  take(): Promise<void>;
}

type Listen = { readonly port: number; readonly host: string } | { readonly path: string };

const listen = async (where: Listen, onTouch: () => void): Promise<Server> => {
  const server = createServer((socket) => {
    onTouch();
    socket.end();
  });
  server.listen(where);
  await once(server, 'listening');
  return server;
};

const findFreePort = async (): Promise<number> => {
  const server = await listen({ port: 0, host: '127.0.0.1' }, () => undefined);
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const layFiles = (
  secret: string,
): { readonly folder: string; readonly secretFile: string; readonly toolchain: string } => {
  const folder = mkdtempSync('/tmp/squados-prey-');
  chmodSync(folder, 0o755);
  const [secretFile, toolchain] = [join(folder, 'secret.txt'), join(folder, 'toolchain')];
  writeFileSync(secretFile, `${secret}\n`);
  chmodSync(secretFile, 0o644);
  mkdirSync(toolchain);
  writeFileSync(join(toolchain, 'tool'), 'a tool\n');
  return { folder, secretFile, toolchain };
};

const startVictim = (secret: string): ChildProcess =>
  spawn('/bin/sleep', ['600'], { env: { PREY_SECRET: secret }, stdio: 'ignore' });

/** What the hostile programs go for: files, listeners and a process of this test alone. */
export const layPrey = async (): Promise<LaidPrey> => {
  const secret = randomBytes(16).toString('hex');
  const files = layFiles(secret);
  const abstractSocket = `squados-prey-${randomBytes(6).toString('hex')}`;
  let events: string[] = [];
  const note = (event: string) => (): void => void events.push(event);
  const unixSocket = join(files.folder, 'door.sock');
  const tcp = await listen({ port: 0, host: '127.0.0.1' }, note('tcp'));
  const unix = await listen({ path: unixSocket }, note('unix'));
  const abstract = await listen({ path: `\0${abstractSocket}` }, note('abstract'));
  chmodSync(unixSocket, 0o777);
  const udp = createSocket('udp4', note('udp')).bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const victim = startVictim(secret).on('exit', note('victim died'));
  const freePort = await findFreePort();
  return {
    freePort,
    ...{ ...files, secret, unixSocket, abstractSocket, victim: victim.pid ?? 0 },
    tcpPort: (tcp.address() as AddressInfo).port,
    udpPort: udp.address().port,
    seen: () => events,
    reset: () => void (events = []),
    take: async () => {
      victim.removeAllListeners('exit').kill('SIGKILL');
      for (const server of [tcp, unix, abstract]) server.close();
      await new Promise<void>((resolve) => udp.close(resolve));
      rmSync(files.folder, { recursive: true, force: true });
    },
  };
};
