import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Things of the host's for the probe to find: none of them may be seen from inside. */
export interface Bait {
  /** Readable for everybody on the host. */
  readonly secretFile: string;
  /** Somebody listens there on the host's loopback. */
  readonly port: number;
  readonly pid: number;
  /** Tells our process from another one that has its number inside. */
  readonly commandLine: string;
  take(): void;
}

export const layBait = (folder: string): Promise<Bait> => {
  const secretFile = join(folder, `secret-${randomBytes(6).toString('hex')}`);
  writeFileSync(secretFile, 'readable for everybody on the host\n');
  chmodSync(secretFile, 0o644);
  const server = createServer((socket) => socket.end());
  const take = (): void => {
    server.close();
    rmSync(secretFile, { force: true });
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ secretFile, port, pid: process.pid, commandLine: process.argv0, take });
    });
  });
};
