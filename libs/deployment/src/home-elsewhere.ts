import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { placeFile } from './place-file.js';

/*
 * A product's home in the temporary directory, for a run's folder that the product's account can't enter.
 * 1. It lies there only while the product runs; else it is parked below the run's folder, and is gone with that.
 * 2. Where the process was killed it stays. Beside it stands whose it is, in a file that the product can't write: once that run's
 *    folder is gone, the next start removes it.
 */

const PREFIX = 'squados-product-';
const OWNER = '.owner';
const NAME = /^[0-9a-f]{16}$/;
const run = promisify(execFile);

const homeAt = (name: string): string => join(tmpdir(), `${PREFIX}${name}`);
const parkedIn = (control: string): string => join(control, 'parked');

/** Drawn once for a run's folder: one that was moved aside keeps its data, the next in its place begins with none. */
const nameIn = async (control: string): Promise<string | undefined> => {
  const kept = (await readFile(join(control, 'home-name'), 'utf8').catch(() => '')).trim();
  return NAME.test(kept) ? kept : undefined;
};

const drawName = async (control: string): Promise<string> => {
  const name = randomBytes(8).toString('hex');
  await placeFile(join(control, 'home-name'), `${name}\n`);
  return name;
};

/** The folder's path; it comes into being here only where it was parked. */
export const openHomeElsewhere = async (control: string): Promise<string> => {
  const name = (await nameIn(control)) ?? (await drawName(control));
  const home = homeAt(name);
  await placeFile(`${home}${OWNER}`, `${control}\n`);
  if (!existsSync(home) && existsSync(parkedIn(control))) await move(parkedIn(control), home);
  return home;
};

/** Nothing to do where the home lies below the run's folder, or is parked already. */
export const parkHome = async (control: string): Promise<void> => {
  const name = await nameIn(control);
  if (name === undefined || !existsSync(homeAt(name))) return;
  await rm(parkedIn(control), { recursive: true, force: true });
  await move(homeAt(name), parkedIn(control));
  await rm(`${homeAt(name)}${OWNER}`, { force: true });
};

/** Owners and modes stay, also from one file system to another. */
const move = async (from: string, to: string): Promise<void> => {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await run('cp', ['-a', '--', from, to]);
    await rm(from, { recursive: true, force: true });
  }
};

export const removeStaleHomes = async (): Promise<void> => {
  for (const entry of await readdir(tmpdir())) {
    const name = entry.slice(PREFIX.length, -OWNER.length);
    if (entry !== `${PREFIX}${name}${OWNER}` || !NAME.test(name)) continue;
    if (await isStale(name)) await removeHome(name);
  }
};

const isStale = async (name: string): Promise<boolean> => {
  const control = await ownerOf(`${homeAt(name)}${OWNER}`);
  if (control === undefined) return false;
  for (const known of await placesOf(control)) if ((await nameIn(known)) === name) return false;
  return true;
};

/** The run's folder, and where `--fresh` may have moved it: `<data>.old-1`. */
const placesOf = async (control: string): Promise<readonly string[]> => {
  const [root, inside] = [dirname(control), basename(control)];
  const beside = await readdir(dirname(root)).catch(() => []);
  return beside.filter((entry) => entry.startsWith(basename(root))).map((entry) => join(dirname(root), entry, inside));
};

/** What another account wrote there is nobody's word; a file that another start removed meanwhile is none. */
const ownerOf = async (path: string): Promise<string | undefined> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  );
  if (file === undefined) return undefined;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.uid !== process.getuid?.()) return undefined;
    return (await file.readFile('utf8')).trim();
  } finally {
    await file.close();
  }
};

const removeHome = async (name: string): Promise<void> => {
  await rm(homeAt(name), { recursive: true, force: true });
  await rm(`${homeAt(name)}${OWNER}`, { force: true });
};
