import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TRUSTED_PATH } from './host.js';
import { JANITOR } from './scripts.js';

/*
 * Owns this process's folder for runs and the janitor beside it.
 * 1. The janitor outlives us in every case (own session, no signal stops it): what a SIGKILL leaves behind, it takes away.
 * 2. A run is known to the janitor by the files in its folder before anything of it starts, and by nothing else.
 */

export interface RunFolder {
  readonly path: string;
  /** Tells the janitor, and only it, how to end this run. */
  note(name: 'group' | 'cgroup' | 'uid' | 'mark', value: string): void;
  remove(): Promise<void>;
}

export interface BaseFolder {
  readonly path: string;
  openRun(): RunFolder;
}

const OTHERS_MAY_PASS = 0o001;

export const isPassable = (folder: string): boolean => {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & OTHERS_MAY_PASS) === 0) return false;
    if (at === '/') return true;
  }
};

const canHold = (folder: string): boolean => {
  try {
    return isPassable(folder);
  } catch {
    return false;
  }
};

/** The users of runs must be able to walk to it: a temporary folder below /root would not do. */
const parentFolder = (): string => [realpathSync(tmpdir()), '/tmp', '/var/tmp'].find(canHold) ?? tmpdir();

const startJanitor = (path: string): void => {
  const janitor = spawn('/bin/sh', ['-c', JANITOR, 'janitor', path], {
    cwd: '/',
    env: { PATH: TRUSTED_PATH },
    detached: true, // invariant 1
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  janitor.on('error', () => undefined);
  janitor.stdin.on('error', () => undefined);
  janitor.unref();
  // A pipe to a child is a socket, though its type doesn't say so.
  if ('unref' in janitor.stdin && typeof janitor.stdin.unref === 'function') janitor.stdin.unref();
};

/** Paths longer than the kernel takes at once, folders that shut their owner out: Node's own removal stops there. */
const REMOVE = 'rm -rf -- "$1" 2>/dev/null || { chmod -R u+rwx -- "$1"; rm -rf -- "$1"; }';

const removeTree = async (path: string): Promise<void> => {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    const child = spawn('/bin/sh', ['-c', REMOVE, 'remove', path], { env: { PATH: TRUSTED_PATH }, stdio: 'ignore' });
    await once(child, 'close');
  }
};

const openRun = (path: string): RunFolder => {
  mkdirSync(path);
  chmodSync(path, 0o711); // whatever the umask
  return {
    path,
    note: (name, value) => writeFileSync(join(path, name), value, { mode: 0o600 }),
    remove: () => removeTree(path),
  };
};

export const openBaseFolder = (): BaseFolder => {
  const path = mkdtempSync(join(parentFolder(), 'squados-sandbox-'));
  chmodSync(path, 0o711);
  startJanitor(path);
  let runs = 0;
  return { path, openRun: () => openRun(join(path, `run-${++runs}`)) };
};
