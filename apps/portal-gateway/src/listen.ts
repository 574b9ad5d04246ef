import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Only this machine; a page for others needs more than a link. */
const HOST = '127.0.0.1';
const TRIES = 20;
const HIGHEST = 65_535;

/** Takes the wanted port, else the next free one, else any. @returns the port. @throws for what is no matter of a taken port. */
export const listenNear = async (server: Server, wanted: number): Promise<number> => {
  const last = Math.min(wanted + TRIES, HIGHEST);
  for (let port = wanted; port <= last; port++) {
    const taken = await tryListen(server, port);
    if (taken !== undefined) return taken;
  }
  return (await tryListen(server, 0)) ?? Promise.reject(new Error(`no port of ${HOST} is free for the page`));
};

const UNAVAILABLE: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES']);

const tryListen = (server: Server, port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      UNAVAILABLE.has(error.code ?? '') ? resolve(undefined) : reject(error);
    server.once('error', failed);
    server.listen({ port, host: HOST }, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
