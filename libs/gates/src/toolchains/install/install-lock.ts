import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstallableName } from '../pinned-set.js';
import type { ToolchainPlaces } from '../places.js';
import { InstallProblem } from './install-problem.js';

export interface InstallLock {
  release(): Promise<void>;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Who holds it, as far as the file tells; a dead process holds nothing. */
const holderOf = async (path: string): Promise<number | undefined> => {
  const pid = Number((await readFile(path, 'utf8').catch(() => '')).trim());
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined;
};

const tryToHold = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(`${process.pid}\n`);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new InstallProblem('not-writable', `${path} cannot be written (${(error as Error).message})`, [
      'allow this user to write there, or name another folder in SQUADOS_TOOLCHAINS',
    ]);
  }
};

/** Keeps two installs of one toolchain apart; a lock whose process is dead is taken over. */
export const holdInstallLock = async (places: ToolchainPlaces, name: InstallableName): Promise<InstallLock> => {
  const path = join(places.root, `${name}.lock`);
  if (!(await tryToHold(path))) {
    const holder = await holderOf(path);
    if (holder !== undefined)
      throw new InstallProblem('in-use', `process ${holder} is installing ${name} right now`, [
        'wait until it has ended, then run it again',
      ]);
    await rm(path, { force: true });
    if (!(await tryToHold(path)))
      throw new InstallProblem('in-use', `another process has begun to install ${name}`, ['wait, then run it again']);
  }
  return { release: () => rm(path, { force: true }) };
};
