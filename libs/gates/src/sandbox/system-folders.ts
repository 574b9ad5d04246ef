import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** One thing that a sandbox's root shows of the host's, read-only. */
export type SystemEntry =
  | { readonly kind: 'bind'; readonly from: string; readonly at: string }
  | { readonly kind: 'link'; readonly at: string; readonly target: string };

const TOP = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'] as const;
/** Beside what we write ourselves: what programs look up and what tells nothing about this machine's people or keys. */
const ETC = [
  '/etc/alternatives',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
  '/etc/ca-certificates',
  '/etc/pki/tls/certs',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/fonts',
  '/etc/mime.types',
  '/etc/debian_version',
  '/etc/perl',
] as const;
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'] as const;

const ETC_TEXTS: Readonly<Record<string, string>> = {
  passwd:
    'root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:1000:1000:sandbox:/tmp:/bin/sh\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n',
  group: 'root:x:0:\nsandbox:x:1000:\nnogroup:x:65534:\n',
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n',
  'resolv.conf': '',
  hostname: 'sandbox\n',
  services: 'http 80/tcp\nhttps 443/tcp\npostgresql 5432/tcp\n',
  protocols: 'ip 0 IP\ntcp 6 TCP\nudp 17 UDP\n',
};

const topEntry = (path: string): SystemEntry[] => {
  if (!existsSync(path)) return [];
  if (lstatSync(path).isSymbolicLink()) return [{ kind: 'link', at: path, target: readlinkSync(path) }];
  return [{ kind: 'bind', from: path, at: path }];
};

/** Like `mkdir -p`, passable for everybody whatever our umask. */
const makeFolder = (path: string): void => {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  for (let at = path; at.length >= first.length; at = dirname(at)) chmodSync(at, 0o755);
};

/** Readable for everybody, whatever our umask. */
export const writeReadable = (path: string, text: string | Buffer): void => {
  writeFileSync(path, text);
  chmodSync(path, 0o644);
};

/** An empty file or folder for something to be mounted on. */
export const makeMountPoint = (path: string, isFolder: boolean): void => {
  makeFolder(isFolder ? path : dirname(path));
  if (!isFolder && !existsSync(path)) writeReadable(path, '');
};

const layEtc = (folder: string, shown: readonly string[]): void => {
  makeFolder(folder);
  for (const [name, text] of Object.entries(ETC_TEXTS)) writeReadable(join(folder, name), text);
  for (const path of shown) makeMountPoint(join(dirname(folder), path), statSync(path).isDirectory());
};

/** Writes the small /etc below `base` (once per process) and says what a root is made of. */
export const laySystemFolders = (base: string): readonly SystemEntry[] => {
  const shown = ETC.filter((path) => existsSync(path));
  layEtc(join(base, 'etc'), shown);
  return [
    ...TOP.flatMap(topEntry),
    { kind: 'bind', from: join(base, 'etc'), at: '/etc' },
    ...shown.map((path): SystemEntry => ({ kind: 'bind', from: path, at: path })),
  ];
};

/** Device nodes of the host that any program may use; nothing else of /dev is shown. */
export const layDevices = (folder: string): readonly string[] => {
  makeFolder(join(folder, 'shm'));
  const there = DEVICES.filter((name) => existsSync(join('/dev', name)));
  for (const name of there) makeMountPoint(join(folder, name), false);
  const links = { fd: '/proc/self/fd', stdin: '/proc/self/fd/0', stdout: '/proc/self/fd/1', stderr: '/proc/self/fd/2' };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  return there;
};
