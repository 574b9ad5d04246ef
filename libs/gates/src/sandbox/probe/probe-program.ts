/**
 * Runs inside, tries to get out and prints what it could do as one line of JSON. Its only argument names the secrets and doors that the host
 * has laid out for it.
 */
export const PROBE_PROGRAM = `
import { connect, createServer } from 'node:net';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const bait = JSON.parse(process.argv[2]);
const attempt = (act) => { try { return act(); } catch { return undefined; } };
const reaches = (port, host) => new Promise((resolve) => {
  const socket = connect({ port, host, timeout: 1000 });
  const end = (value) => { socket.destroy(); resolve(value); };
  socket.on('connect', () => end(true)).on('error', () => end(false)).on('timeout', () => end(false));
});
const loopback = () => new Promise((resolve) => {
  const server = createServer((socket) => socket.end());
  server.on('error', () => resolve(false));
  server.listen(0, '127.0.0.1', async () => {
    const answer = await reaches(server.address().port, '127.0.0.1');
    server.close(() => resolve(answer));
  });
});
const status = attempt(() => readFileSync('/proc/self/status', 'utf8')) ?? '';
const field = (name) => new RegExp('^' + name + ':\\\\s+(\\\\S+)', 'm').exec(status)?.[1];
const seen = (pid) => attempt(() => readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes(bait.commandLine)) === true;
attempt(() => writeFileSync('mine', ''));

process.stdout.write(JSON.stringify({
  files: [bait.secretFile, '/etc/shadow'].filter((path) => attempt(() => readFileSync(path)) !== undefined),
  folders: ['/root', '/home'].filter((path) => (attempt(() => readdirSync(path)) ?? []).length > 0),
  hostPort: await reaches(bait.port, '127.0.0.1'),
  loopback: await loopback(),
  environment: Object.keys(process.env).filter((name) => !bait.allowed.includes(name)),
  processes: [bait.pid].filter(seen),
  signals: attempt(() => process.kill(bait.pid, 0)) === true && seen(bait.pid),
  uid: process.getuid(),
  capabilities: field('CapEff'),
  noNewPrivileges: field('NoNewPrivs'),
  seccomp: field('Seccomp'),
}) + '\\n');
`;

/** What the program prints. */
export interface ProbeAnswer {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly hostPort: boolean;
  readonly loopback: boolean;
  readonly environment: readonly string[];
  readonly processes: readonly number[];
  readonly signals: boolean;
  readonly uid: number;
  readonly capabilities?: string;
  readonly noNewPrivileges?: string;
  readonly seccomp?: string;
}
