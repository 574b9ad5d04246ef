import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Ports that the system just gave and nobody listens on: others than those that products choose, which neighbouring suites may start. */
export const unusedPorts = async (count: number): Promise<readonly number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
};
