import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Different ports, one for each name. */
export const freePorts = async (names: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const probes = names.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  await Promise.all(probes.map((probe) => once(probe.close(), 'close')));
  return new Map(names.map((name, i) => [name, ports[i] ?? 0]));
};

/** A port of this machine that nobody listens on now. */
export const freePort = async (): Promise<number> => (await freePorts(['one'])).get('one') ?? 0;
