import { execFileSync } from 'node:child_process';
import { InstallProblem } from './install-problem.js';
import type { InstallOutcome } from './install-toolchain.js';
import { programsNamed, requireSystemPackages, type SystemRequest } from './system-packages.js';

/** bubblewrap, the best of the sandbox's drivers: a package of the system, the one thing that cannot come with us. */
export const installSandboxProgram = async (request: SystemRequest): Promise<InstallOutcome> => {
  const started = Date.now();
  if (process.platform !== 'linux')
    throw new InstallProblem('unsupported', `bubblewrap is for Linux, this is ${process.platform}`, []);
  const before = programsNamed('bwrap', request.env)[0];
  if (before === undefined) await requireSystemPackages(request, ['bubblewrap']);
  const folder = before ?? programsNamed('bwrap', request.env)[0] ?? '/usr/bin/bwrap';
  const version = execFileSync(folder, ['--version'], { encoding: 'utf8' }).trim();
  return {
    kind: before === undefined ? 'installed' : 'already-there',
    version,
    folder,
    durationMs: Date.now() - started,
  };
};
