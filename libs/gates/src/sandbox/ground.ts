import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { openBaseFolder } from './base-folder.js';
import { findGroupHome, type GroupHome } from './control-group.js';
import type { Ground } from './drivers/driver.js';
import { thisHost, type Host } from './host.js';
import { drawUid } from './run-uid.js';
import { layDevices, laySystemFolders } from './system-folders.js';

export interface Laid {
  readonly ground: Ground;
  readonly home: GroupHome | undefined;
}

/** May a user without rights make a user namespace? Distributions differ, and containers mostly refuse. */
const mayMakeUserNamespaces = (host: Host): boolean => {
  const [setpriv, unshare] = [host.tool('setpriv'), host.tool('unshare')];
  if (!host.isLinux || setpriv === undefined || unshare === undefined) return false;
  const id = String(host.isRoot ? drawUid() : process.geteuid?.());
  const drop = host.isRoot ? ['--reuid', id, '--regid', id, '--clear-groups', '--'] : ['--'];
  const script = 'echo 1 >/proc/sys/user/max_user_namespaces';
  const tried = [...drop, unshare, '--user', '--map-root-user', '--', '/bin/sh', '-c', script];
  return spawnSync(setpriv, tried, { stdio: 'ignore', timeout: 5_000 }).status === 0;
};

const layGround = (): Laid => {
  const host = thisHost();
  const base = openBaseFolder();
  const ground: Ground = {
    host,
    base,
    system: host.isLinux ? laySystemFolders(base.path) : [],
    devices: host.isLinux ? layDevices(join(base.path, 'dev')) : [],
    seccompFile: undefined,
    userNamespaces: mayMakeUserNamespaces(host),
  };
  return { ground, home: host.isLinux ? findGroupHome(basename(base.path)) : undefined };
};

let laid: Laid | undefined;

/** Made at the first use, once per process. */
export const theGround = (): Laid => (laid ??= layGround());
