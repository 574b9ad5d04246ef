import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const NAMES = process.platform === 'win32' ? ['squados.cmd', 'squados.exe'] : ['squados'];
const LOCAL = join('node_modules', '.bin');

/**
 * How whoever reads a suggestion can start us: `squados` when their shell finds it, else `npx squados` where npx does.
 * npm and npx put `node_modules/.bin` on the PATH of what they start, not on that of the shell: such entries don't count.
 */
export const commandNameOf = (place: {
  readonly path: string;
  readonly cwd: string;
  readonly exists: (file: string) => boolean;
}): string => {
  const hasIt = (folder: string): boolean => NAMES.some((name) => place.exists(join(folder, name)));
  const folders = place.path.split(delimiter).filter((folder) => folder !== '' && !isLocal(folder));
  if (folders.some(hasIt)) return 'squados';
  return upwards(place.cwd).some((folder) => hasIt(join(folder, LOCAL))) ? 'npx squados' : 'squados';
};

const isLocal = (folder: string): boolean => /[\\/]node_modules[\\/]\.bin[\\/]?$/.test(folder);

const upwards = (folder: string): readonly string[] => {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
};

/** Of this process. */
export const commandName = (): string =>
  commandNameOf({ path: process.env['PATH'] ?? '', cwd: process.cwd(), exists: existsSync });
