import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const TRIES = 20;
const HIGHEST = 65_535;

/** An address and the port that is tried first. */
export interface Wanted {
  readonly host: string;
  readonly port: number;
}

/** Takes the wanted port, else the next free one, else any. @returns the port. @throws for what is no matter of a taken port. */
export const listenNear = async (server: Server, wanted: Wanted): Promise<number> => {
  const { host } = wanted;
  const last = Math.min(wanted.port + TRIES, HIGHEST);
  for (let port = wanted.port; port <= last; port++) {
    const taken = await tryListen(server, { host, port });
    if (taken !== undefined) return taken;
  }
  return (
    (await tryListen(server, { host, port: 0 })) ?? Promise.reject(new Error(`no port of ${host} is free for the page`))
  );
};

const UNAVAILABLE: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES']);

const tryListen = (server: Server, { host, port }: Wanted): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      UNAVAILABLE.has(error.code ?? '') ? resolve(undefined) : reject(error);
    server.once('error', failed);
    server.listen({ port, host }, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
