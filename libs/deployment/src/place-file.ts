import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { giveTo, type Account } from './run-as.js';

/** Whole and the account's, or not there: a process killed in the middle leaves no half file behind that a later start would believe. */
export const placeFile = async (path: string, bytes: string, account?: Account): Promise<void> => {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  await writeFile(fresh, bytes, { mode: 0o600, flag: 'wx' });
  if (account) await giveTo(account, fresh);
  await rename(fresh, path);
};

/** A secret that is drawn at the first deployment and stays; its file is the account's alone. */
export const drawnOnce = async (path: string, account: Account, draw: () => string): Promise<string> => {
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.trim() !== '') return kept.trim();
  const drawn = draw();
  await placeFile(path, `${drawn}\n`, account);
  return drawn;
};
