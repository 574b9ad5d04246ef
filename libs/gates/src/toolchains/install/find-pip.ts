import { inspectInstall } from '../inspect-install.js';
import { findPython } from './find-python.js';
import { InstallProblem } from './install-problem.js';
import type { Workshop } from './recipe.js';

/** How pip is called here: that of our own python toolchain, else the machine's. `wanted`: what comes by it, for the problem's text. */
export const findPip = async (
  { places, env }: Pick<Workshop, 'places' | 'env'>,
  wanted: { readonly what: string; readonly remedy: string },
): Promise<readonly [string, ...string[]]> => {
  const own = await inspectInstall(places, 'python');
  const ours = own.kind === 'ready' ? own.record.programs['python'] : undefined;
  if (ours !== undefined) return [ours, '-m', 'pip'];
  const search = await findPython(env);
  if (search.kind === 'found') return [search.python.executable, '-m', 'pip'];
  throw new InstallProblem(
    'missing-program',
    `${wanted.what} comes by pip where the machine has none, and there is no pip`,
    [wanted.remedy],
  );
};

/** `pip install` of exactly what a file pins, into a folder of its own. */
export const pipInto = (folder: string, requirements: string): readonly string[] => [
  ...['install', '--no-deps', '--only-binary', ':all:', '--no-compile', '--retries', '2', '--progress-bar', 'off'],
  ...['--upgrade', '--target', folder, '--requirement', requirements],
];
