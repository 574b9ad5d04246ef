import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where trusted programs are looked for; never in the environment's PATH. */
const TOOL_FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'] as const;
export const TRUSTED_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** What the machine offers to a driver. */
export interface Host {
  readonly isLinux: boolean;
  readonly isRoot: boolean;
  /** Absolute path of a program of the system, or undefined. */
  tool(name: string): string | undefined;
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
};

export const thisHost = (): Host => {
  const found = new Map<string, string | undefined>();
  const look = (name: string): string | undefined =>
    TOOL_FOLDERS.map((folder) => join(folder, name)).find(isExecutable);
  return {
    isLinux: process.platform === 'linux',
    isRoot: process.geteuid?.() === 0,
    tool: (name) => {
      if (!found.has(name)) found.set(name, look(name));
      return found.get(name);
    },
  };
};

/** The text of a file of /proc or /sys; empty when it can't be read. */
export const readKernelFile = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
