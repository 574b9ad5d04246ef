import { spawnSync } from 'node:child_process';
import type { Host } from './host.js';
import { TRUSTED_PATH } from './host.js';

/** Sends a signal; a process that has ended meanwhile is what we want. */
export const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
};

/** Everything of a user that nobody else has, in one call that no fork can outrun. */
export const endUser = (host: Host, uid: number): void => {
  const id = String(uid);
  const become = ['--reuid', id, '--regid', id, '--clear-groups', '--', '/bin/sh', '-c', 'kill -9 -1'];
  spawnSync(host.tool('setpriv') ?? 'setpriv', become, {
    env: { PATH: TRUSTED_PATH },
    stdio: 'ignore',
    timeout: 5_000,
  });
};

const ROUNDS = 50;

/**
 * Everything that `find` finds, though it forks: what is stopped can't, so all are stopped, round after round, until none is new, and only
 * then ended.
 */
export const endFound = (find: () => readonly number[]): void => {
  const stopped = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = find().filter((pid) => !stopped.has(pid));
    if (fresh.length === 0) break;
    for (const pid of fresh) {
      send(pid, 'SIGSTOP');
      stopped.add(pid);
    }
  }
  for (const pid of stopped) send(pid, 'SIGKILL');
};
