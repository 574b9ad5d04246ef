import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { InstallProblem } from './install-problem.js';
import { runStep } from './run-step.js';

export interface SystemRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** apt-get may be used, when we are root. */
  readonly mayUseSystem: boolean;
  readonly signal: AbortSignal;
  /** Shown to people while it goes on, a line each. */
  say(line: string): void;
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Absolute paths of programs of this name, in the order of the PATH, the usual folders of the system last. */
export const programsNamed = (name: string, env: Readonly<Record<string, string | undefined>>): readonly string[] => {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(isAbsolute), '/usr/local/bin', '/usr/bin', '/bin'];
  return [...new Set(folders)].map((folder) => join(folder, name)).filter(isExecutable);
};

/** Whether we could install packages of the system here, if allowed to. */
const canInstall = (env: SystemRequest['env']): boolean =>
  process.geteuid?.() === 0 && programsNamed('apt-get', env).length > 0;

/**
 * Has Debian's packages installed, where that is allowed and possible; else throws an InstallProblem that says what to type.
 */
export const requireSystemPackages = async (request: SystemRequest, packages: readonly string[]): Promise<void> => {
  const typed = `apt-get install ${packages.join(' ')}`;
  if (!request.mayUseSystem || !canInstall(request.env))
    throw new InstallProblem('missing-program', `${packages.join(' and ')} must be installed first`, [
      `on Debian and Ubuntu, as root: ${typed}  (or: squados setup … --system)`,
      'elsewhere: the package of the same name of your system',
    ]);
  request.say(`installing packages of the system: ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (title: string, args: readonly string[]): Promise<string> =>
    runStep({ title, command: ['apt-get', '-q', '-y', ...args], cwd: '/', env }, request.signal);
  await apt('apt-get update', ['update']);
  await apt(typed, ['install', '--no-install-recommends', ...packages]);
};
