import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { openBaseFolder } from './base-folder.js';
import { findGroupHome, type GroupHome } from './control-group.js';
import type { Ground, SystemCallFilter } from './drivers/driver.js';
import { thisHost, type Host } from './host.js';
import { drawUid } from './run-uid.js';
import { FILTER_BY_PERL, FILTER_BY_PYTHON } from './scripts.js';
import { encode } from './seccomp/bpf.js';
import { filterFor } from './seccomp/filter.js';
import { systemCallsOf, type SystemCalls } from './seccomp/system-calls.js';
import { layDevices, laySystemFolders, writeReadable } from './system-folders.js';

export interface Laid {
  readonly ground: Ground;
  readonly home: GroupHome | undefined;
}

const succeeds = (command: readonly (string | undefined)[]): boolean => {
  const [program, ...rest] = command.flatMap((part) => part ?? []);
  return program !== undefined && spawnSync(program, rest, { stdio: 'ignore', timeout: 5_000 }).status === 0;
};

const asUser = (host: Host, uid: number): readonly (string | undefined)[] => {
  const id = String(uid);
  return [host.tool('setpriv'), '--reuid', id, '--regid', id, '--clear-groups', '--'];
};

/** Root of a container may lack the right, or the ids. */
const mayChangeUser = (host: Host): boolean => {
  const uid = host.isLinux && host.isRoot && host.tool('setpriv') !== undefined ? drawUid() : undefined;
  return uid !== undefined && succeeds([...asUser(host, uid), '/bin/true']);
};

/** May a user without rights make a user namespace? Distributions differ, and containers mostly refuse. */
const mayMakeUserNamespaces = (host: Host, ownUsers: boolean): boolean => {
  const unshare = host.tool('unshare');
  if (!host.isLinux || unshare === undefined) return false;
  const script = 'echo 1 >/proc/sys/user/max_user_namespaces';
  const prefix = ownUsers ? asUser(host, drawUid() ?? 0) : [];
  return succeeds([...prefix, unshare, '--user', '--map-root-user', '--', '/bin/sh', '-c', script]);
};

const canFilter = (setpriv: string): boolean =>
  spawnSync(setpriv, ['--help'], { encoding: 'utf8', timeout: 5_000 }).stdout.includes('--seccomp-filter');

/** Bubblewrap takes a filter itself; for `unshare` somebody has to make the call. */
const filterApplier = (host: Host, calls: SystemCalls): readonly string[] | undefined => {
  const [setpriv, perl, python] = ['setpriv', 'perl', 'python3'].map((name) => host.tool(name));
  if (setpriv !== undefined && canFilter(setpriv)) return [setpriv, '--seccomp-filter', '/proc/self/fd/5', '--'];
  if (perl !== undefined) return [perl, '-e', FILTER_BY_PERL, '--', String(calls.prctl)];
  return python === undefined ? undefined : [python, '-c', FILTER_BY_PYTHON];
};

const layFilter = (host: Host, folder: string): SystemCallFilter | undefined => {
  const calls = host.isLinux ? systemCallsOf(process.arch) : undefined;
  if (calls === undefined) return undefined;
  const file = join(folder, 'filter.bpf');
  writeReadable(file, encode(filterFor(calls)));
  return { file, applier: filterApplier(host, calls) };
};

const layGround = (): Laid => {
  const host = thisHost();
  const base = openBaseFolder();
  const ownUsers = mayChangeUser(host);
  const ground: Ground = {
    host,
    base,
    system: host.isLinux ? laySystemFolders(base.path) : [],
    devices: host.isLinux ? layDevices(join(base.path, 'dev')) : [],
    filter: layFilter(host, base.path),
    ownUsers,
    userNamespaces: mayMakeUserNamespaces(host, ownUsers),
  };
  return { ground, home: host.isLinux ? findGroupHome(basename(base.path)) : undefined };
};

let laid: Laid | undefined;

/** Made at the first use, once per process. */
export const theGround = (): Laid => (laid ??= layGround());
