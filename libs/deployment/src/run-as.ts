import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Debian's `nobody`: owns nothing. */
const NOBODY = 65_534;

/**
 * The account that a product's processes run under: an unprivileged one where we are root, else our own. Generated code never runs
 * as root, and PostgreSQL refuses to.
 */
export interface Account {
  readonly uid: number;
  /** In words, for people. */
  readonly says: string;
  readonly changes: boolean;
}

export const productAccount = (): Account => {
  const uid = process.getuid?.() ?? -1;
  return uid === 0
    ? { uid: NOBODY, says: `uid ${NOBODY}`, changes: true }
    : { uid, says: `uid ${uid}, the same as ours`, changes: false };
};

/**
 * A command as that account: no new privileges, and killed by the kernel when its parent dies, so that nothing stays behind a
 * supervisor that was killed. Without util-linux (macOS) the command is taken as it is.
 */
export const commandAs = (
  account: Account,
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] => {
  if (process.platform !== 'linux') return command;
  const identity = account.changes ? [`--reuid=${account.uid}`, `--regid=${account.uid}`, '--clear-groups'] : [];
  return ['setpriv', ...identity, '--no-new-privs', '--pdeathsig=SIGKILL', '--', ...command];
};

/** Whether the account can go into a folder: one below a private home is closed to it. */
export const canEnter = async (account: Account, folder: string): Promise<boolean> => {
  if (!account.changes) return true;
  try {
    await run('setpriv', [`--reuid=${account.uid}`, `--regid=${account.uid}`, '--clear-groups', 'test', '-x', folder]);
    return true;
  } catch {
    return false;
  }
};

export const giveTo = (account: Account, path: string): Promise<void> =>
  account.changes ? chown(path, account.uid, account.uid) : Promise.resolve();
