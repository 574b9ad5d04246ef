import { dirname } from 'node:path';
import type { Toolchain } from './toolchains.port.js';

/** Folders that every sandbox shows. */
const SYSTEM_FOLDERS = ['/usr/', '/bin/', '/lib/'];

/** The interpreter that runs us: always there, nothing to install. */
export const nodeToolchain = (executable: string, version: string): Toolchain => {
  const folder = dirname(executable);
  const isSystem = SYSTEM_FOLDERS.some((system) => executable.startsWith(system));
  return {
    name: 'node',
    version: `node ${version}`,
    folder,
    mounts: isSystem ? [] : [{ from: folder, at: folder }],
    env: { PATH: folder },
    program: (name) => (name === 'node' ? executable : undefined),
  };
};
