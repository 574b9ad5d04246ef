import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = 512;

const entriesOf = (folder: string) => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
};

const bytesOf = (path: string): number => {
  try {
    return lstatSync(path).blocks * BLOCK;
  } catch {
    return 0;
  }
};

/** Bytes on disk below `folder`, looked at until `enough` is passed: a folder that is being filled is not walked for ever. */
export const folderSize = (folder: string, enough: number): number => {
  let sum = 0;
  const open = [folder];
  for (let at = open.pop(); at !== undefined && sum <= enough; at = open.pop())
    for (const entry of entriesOf(at)) {
      const path = join(at, entry.name);
      sum += Math.max(bytesOf(path), BLOCK * 8);
      if (entry.isDirectory()) open.push(path);
    }
  return sum;
};
