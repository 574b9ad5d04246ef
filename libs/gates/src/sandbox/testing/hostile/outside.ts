import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxOutcome, SandboxRequest } from '../../sandbox.port.js';
import { confessed, node, outputOf, perl, shell, type Hostile, type Prey } from './hostile.js';

const leaked = (outcome: SandboxOutcome, prey: Prey): readonly string[] => [
  ...confessed(outcome),
  ...(outputOf(outcome).includes(prey.secret) ? ['printed the secret'] : []),
];

const collectedSecret = (outcome: SandboxOutcome, prey: Prey): readonly string[] => {
  if (outcome.kind !== 'exited' && outcome.kind !== 'limited') return [`answered ${outcome.kind}`];
  return [...outcome.collected]
    .filter(([, text]) => text.includes(prey.secret))
    .map(([path]) => `${path} was collected`);
};

const saw =
  (what: string) =>
  (outcome: SandboxOutcome, prey: Prey): readonly string[] => [
    ...confessed(outcome),
    ...prey.seen().filter((event) => event === what),
  ];

const CONNECT = `
import { connect } from 'node:net';
const socket = connect(JSON.parse(process.argv[1]));
socket.on('connect', () => { console.log('ESCAPED connected'); process.exit(1); });
socket.on('error', (error) => { console.log(error.code); process.exit(0); });
`;

const LOOK_AROUND = `
cat "$SECRET_FILE" /etc/shadow
for f in /root/.[a-z]* /home/*; do [ -e "$f" ] && echo "ESCAPED saw $f"; done
exit 0
`;

const withArgument = (script: string, argument: string): SandboxRequest => {
  const request = node(script);
  return { ...request, command: [...request.command, argument] };
};

const connecting = (target: object): SandboxRequest => withArgument(CONNECT, JSON.stringify(target));

const LISTEN = `
import { createServer } from 'node:net';
createServer((socket) => socket.end()).listen(Number(process.argv[1]), '0.0.0.0', () => console.log('listens'));
setTimeout(() => process.exit(0), 500);
`;

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

/** Tries for as long as the listener inside takes to start and end. */
const isReached = async (port: number): Promise<boolean> => {
  for (const until = performance.now() + 900; performance.now() < until; await pause(25))
    if (await canConnect(port)) return true;
  return false;
};

const DATAGRAM = `
import { createSocket } from 'node:dgram';
createSocket('udp4').send('hello', Number(process.argv[1]), '127.0.0.1', () => setTimeout(() => process.exit(0), 50));
`;

export const OUTSIDE: readonly Hostile[] = [
  {
    name: 'outside-files',
    by: { namespaces: 'mount namespace', plain: 'nothing' },
    tries: "reads the host's files: world-readable ones, /etc/shadow, /root",
    opensPlain: 'always',
    request: ({ secretFile }) => shell(LOOK_AROUND, { env: { SECRET_FILE: secretFile } }),
    damage: leaked,
  },
  {
    name: 'environment-of-others',
    opensPlain: 'without-own-user',
    by: { namespaces: 'process namespace', plain: 'own user (for root)' },
    tries: 'reads the environment of every process through /proc',
    request: () => shell('cat /proc/[0-9]*/environ | tr "\\0" "\\n"; exit 0'),
    damage: leaked,
  },
  {
    name: 'tcp-outside',
    by: { namespaces: 'network namespace', plain: 'nothing' },
    tries: "connects to a listener on the host's loopback",
    opensPlain: 'always',
    request: ({ tcpPort }) => connecting({ host: '127.0.0.1', port: tcpPort }),
    damage: saw('tcp'),
  },
  {
    name: 'udp-outside',
    by: { namespaces: 'network namespace', plain: 'nothing' },
    tries: "sends a datagram to the host's loopback",
    opensPlain: 'always',
    request: ({ udpPort }) => withArgument(DATAGRAM, String(udpPort)),
    damage: saw('udp'),
  },
  {
    name: 'unix-socket',
    by: { namespaces: 'mount namespace', plain: 'nothing' },
    tries: "connects to a socket file of the host's",
    opensPlain: 'always',
    request: ({ unixSocket }) => connecting({ path: unixSocket }),
    damage: saw('unix'),
  },
  {
    name: 'abstract-socket',
    by: { namespaces: 'network namespace', plain: 'nothing' },
    tries: "connects to an abstract socket of the host's",
    opensPlain: 'always',
    request: ({ abstractSocket }) => connecting({ path: `\0${abstractSocket}` }),
    damage: saw('abstract'),
  },
  {
    name: 'listener',
    by: { namespaces: 'network namespace', plain: 'nothing' },
    tries: "listens on a port of the host's and waits for its programs",
    opensPlain: 'always',
    request: ({ freePort }) => withArgument(LISTEN, String(freePort)),
    meanwhile: async ({ freePort }) => ((await isReached(freePort)) ? ['the host came in by its door'] : []),
    damage: (outcome) => (outputOf(outcome).includes('listens') ? [] : ['could not listen inside']),
  },
  {
    name: 'kill-host',
    opensPlain: 'without-own-user',
    by: { namespaces: 'process namespace', plain: 'own user (for root)' },
    tries: "kills a process of the host's",
    request: ({ victim }) => shell(`kill -9 ${victim}; exit 0`),
    damage: saw('victim died'),
  },
  {
    name: 'trace-host',
    by: { namespaces: 'process namespace, filter of system calls', plain: 'own user, filter of system calls' },
    tries: "attaches to a process of the host's as a debugger",
    needsPerl: true,
    request: ({ victim }) =>
      perl(
        `my $nr = \`uname -m\` =~ /aarch64/ ? 117 : 101; print "ESCAPED traced\\n" if syscall($nr, 16, ${victim}, 0, 0) == 0`,
      ),
    damage: confessed,
  },
  {
    name: 'symlink-in-outputs',
    by: { namespaces: 'files are opened without following links', plain: 'files are opened without following links' },
    tries: 'leaves links to outside where reports are collected',
    request: ({ secretFile }) => ({
      ...shell(
        `ln -s '${secretFile}' report.xml; ln -s / all; ln -s "$PWD" here; mkdir dir; ln -s '${secretFile}' dir/a`,
      ),
      collect: ['report.xml', `all${secretFile}`, 'here/report.xml', 'dir/a'],
    }),
    damage: collectedSecret,
  },
  {
    name: 'hardlink-to-outside',
    opensPlain: 'without-own-user',
    by: { namespaces: 'mount namespace', plain: 'kernel setting protected_hardlinks, own user' },
    tries: 'links a file of the host into the outputs',
    request: ({ secretFile }) => ({ ...shell(`ln '${secretFile}' report.xml; exit 0`), collect: ['report.xml'] }),
    damage: collectedSecret,
  },
  {
    name: 'odd-outputs',
    by: {
      namespaces: 'regular files alone are read, 16 MB at most',
      plain: 'regular files alone are read, 16 MB at most',
    },
    tries: 'leaves a pipe, a folder and a huge hole where reports are collected',
    request: () => ({ ...shell('mkfifo a; mkdir b; truncate -s 100M c'), collect: ['a', 'b', 'c'] }),
    damage: (outcome) => {
      if (outcome.kind !== 'exited') return [`answered ${outcome.kind}`];
      return [...outcome.collected].filter(([, text]) => text.length > 16 * 1_024 * 1_024).map(([path]) => path);
    },
  },
  {
    name: 'toolchain-write',
    opensPlain: 'without-own-user',
    by: { namespaces: 'read-only mount', plain: 'file permissions, own user (for root)' },
    tries: 'writes into a mounted toolchain',
    request: ({ toolchain }) => ({
      ...shell('echo x >tools/planted; chmod -R 777 tools; mount -o remount,rw tools; echo x >tools/planted; exit 0'),
      mounts: [{ from: toolchain, at: 'tools' }],
    }),
    damage: (_, { toolchain }) => (existsSync(`${toolchain}/planted`) ? ['wrote into it'] : []),
  },
];
