import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openHomeElsewhere, parkHome, removeStaleHomes } from './home-elsewhere.js';
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
 * temporary directory, for as long as the product runs (`leaveProductFolder`).
 */
export const productFolder = async (root: string, account: Account): Promise<ProductFolder> => {
  const control = join(root, 'product');
  await mkdir(control, { recursive: true });
  await removeStaleHomes();
  const home = (await canEnter(account, control)) ? join(control, 'home') : await openHomeElsewhere(control);
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

/** After the product was stopped: what it kept elsewhere comes back below the run's folder, and goes with that. */
export const leaveProductFolder = (root: string): Promise<void> => parkHome(join(root, 'product'));
