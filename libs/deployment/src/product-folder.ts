import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeFile } from './place-file.js';
import { canEnter, giveTo, type Account } from './run-as.js';

/** Where one product lives on this machine. */
export interface ProductFolder {
  /** Control socket and plan: ours alone. */
  readonly control: string;
  /** Code and data of the running product: the account's. */
  readonly home: string;
  /** The account's as well; emptied before each deployment, because what was killed leaves things here. */
  readonly temporary: string;
  readonly logs: string;
}

/**
 * Below the run's folder; where the product's account can't reach that (a private home), code and data go to a folder of the system's
 * temporary directory.
 */
export const productFolder = async (root: string, account: Account): Promise<ProductFolder> => {
  const control = join(root, 'product');
  await mkdir(control, { recursive: true });
  const home = (await canEnter(account, control)) ? join(control, 'home') : await elsewhere(control);
  const [logs, temporary] = [join(control, 'logs'), join(home, 'tmp')];
  for (const folder of [home, temporary, logs]) await mkdir(folder, { recursive: true });
  await chmod(home, 0o700);
  for (const folder of [home, temporary]) await giveTo(account, folder);
  return { control, home, temporary, logs };
};

/** Only while nothing of the product runs. */
export const emptyTemporary = async ({ temporary }: ProductFolder, account: Account): Promise<void> => {
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary);
  await giveTo(account, temporary);
};

/** Drawn once for this run's folder: one that was moved aside keeps its data, the next in its place begins with none. */
const elsewhere = async (control: string): Promise<string> => {
  const file = join(control, 'home-name');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  const name = /^[0-9a-f]{16}$/.test(kept) ? kept : randomBytes(8).toString('hex');
  if (name !== kept) await placeFile(file, `${name}\n`);
  return join(tmpdir(), `squados-product-${name}`);
};
