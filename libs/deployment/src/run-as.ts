import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { windowOn, type ClosedFolder } from './window.js';

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
  /** Folders below closed ones (a private home) that its commands see all the same; absent: none. */
  readonly sees?: readonly ClosedFolder[];
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
  return windowOn(account.sees ?? [], [
    'setpriv',
    ...identity,
    '--no-new-privs',
    '--pdeathsig=SIGKILL',
    '--',
    ...command,
  ]);
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

/**
 * The account with a view of these folders, wherever they lie.
 * @returns undefined where one is closed to it and this machine lets nobody open a window on it
 */
export const seeing = async (account: Account, folders: readonly string[]): Promise<Account | undefined> => {
  const sees: ClosedFolder[] = [];
  for (const folder of folders) {
    const behind = await firstClosed(account, folder);
    if (behind !== undefined) sees.push({ behind, folder });
  }
  if (sees.length === 0) return account;
  const view = { ...account, sees: [...(account.sees ?? []), ...sees] };
  return (await canRun(view, sees)) ? view : undefined;
};

/** The topmost part of the path that the account can't enter. */
const firstClosed = async (account: Account, folder: string): Promise<string | undefined> => {
  if (await canEnter(account, folder)) return undefined;
  const above = dirname(folder);
  return (above === folder ? undefined : await firstClosed(account, above)) ?? folder;
};

const canRun = async (view: Account, sees: readonly ClosedFolder[]): Promise<boolean> => {
  const [program, ...args] = commandAs(view, ['ls', '--', ...sees.map(({ folder }) => folder)]);
  try {
    await run(program, args);
    return true;
  } catch {
    return false;
  }
};

export const giveTo = (account: Account, path: string): Promise<void> =>
  account.changes ? chown(path, account.uid, account.uid) : Promise.resolve();
