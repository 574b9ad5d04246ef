import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { findPython, OLDEST_PYTHON, type PythonHere } from './find-python.js';
import { InstallProblem } from './install-problem.js';
import type { Installed, Recipe, Workshop } from './recipe.js';
import { requireSystemPackages } from './system-packages.js';

const isSystem = (path: string): boolean => path.startsWith('/usr/');

const requirePython = async (workshop: Workshop): Promise<PythonHere> => {
  const first = await findPython(workshop.env);
  if (first.kind === 'found') return first.python;
  for (const line of first.seen) workshop.say(line);
  await requireSystemPackages(workshop, ['python3', 'python3-venv']);
  const second = await findPython(workshop.env);
  if (second.kind === 'found') return second.python;
  const [major, minor] = OLDEST_PYTHON;
  throw new InstallProblem(
    'missing-program',
    `Python ${major}.${minor} or newer with venv is needed; this machine has ${second.seen.join('; ') || 'none'}`,
    [`install python${major}.${minor} and its venv from your system, or python.org's`],
  );
};

/** Parts of the standard library that no service imports. */
const LEFT_OUT = new Set(['site-packages', 'dist-packages', 'test', 'idlelib', 'tkinter', 'turtledemo', 'lib2to3']);

/** A copy that every user may run, of an interpreter that lies in somebody's home. Answers the copy's executable. */
const copyInterpreter = async (python: PythonHere, workshop: Workshop): Promise<string> => {
  workshop.say(`copying ${python.prefix}: other users may not run it where it lies`);
  const base = join(workshop.folder, 'base');
  const executable = join(base, 'bin', basename(python.executable));
  await mkdir(dirname(executable), { recursive: true });
  await cp(python.executable, executable, { preserveTimestamps: true });
  await cp(python.stdlib, join(base, 'lib', basename(python.stdlib)), {
    recursive: true,
    preserveTimestamps: true,
    dereference: true,
    filter: (from) => isWanted(relative(python.stdlib, from)),
  });
  await copyLibraries(python, base);
  return executable;
};

const isWanted = (path: string): boolean => {
  const top = path.split('/')[0] ?? '';
  return !LEFT_OUT.has(top) && !top.startsWith('config-');
};

/** An interpreter that was built with --enable-shared needs its own libpython. */
const copyLibraries = async ({ prefix }: PythonHere, base: string): Promise<void> => {
  const lib = join(prefix, 'lib');
  const shared = existsSync(lib) ? (await readdir(lib)).filter((name) => name.startsWith('libpython')) : [];
  for (const name of shared.filter((one) => /\.(so|dylib)/.test(one)))
    await cp(join(lib, name), join(base, 'lib', name), { preserveTimestamps: true, dereference: true });
};

const HEADLINERS = ['fastapi', 'pydantic', 'sqlalchemy', 'psycopg', 'pytest', 'schemathesis'] as const;

const versionOf = async ({ pinned }: Workshop, python: PythonHere): Promise<string> => {
  const pins = await readFile(join(pinned.folder, 'requirements.txt'), 'utf8');
  const pinOf = (name: string): string => new RegExp(`^${name}(?:\\[.*\\])?==(.+)$`, 'im').exec(pins)?.[1] ?? '?';
  return [`python ${python.version.join('.')}`, ...HEADLINERS.map((name) => `${name} ${pinOf(name)}`)].join(', ');
};

const installPackages = async (workshop: Workshop, executable: string): Promise<void> => {
  const { folder, pinned } = workshop;
  const quiet = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1', PYTHONHOME: undefined, PYTHONPATH: undefined };
  const pip = [join(folder, 'venv', 'bin', 'python'), '-m', 'pip'] as const;
  await workshop.run({
    title: 'making a virtual environment',
    command: [executable, '-m', 'venv', join(folder, 'venv')],
  });
  const install = [
    'install',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--retries',
    '2',
    '--progress-bar',
    'off',
  ] as const;
  await workshop.run({
    title: 'pip install: fetching the pinned wheels',
    command: [...pip, ...install, '--requirement', join(pinned.folder, 'requirements.txt')],
    env: quiet,
  });
  await workshop.run({
    title: 'compiling them on all cores, once',
    command: [join(folder, 'venv', 'bin', 'python'), '-m', 'compileall', '-q', '-j', '0', join(folder, 'venv', 'lib')],
  });
  await workshop.run({ title: 'pip check: do they fit together', command: [...pip, 'check'], env: quiet });
};

/** Every program of a folder of scripts, by name. */
export const programsIn = async (folder: string): Promise<Record<string, string>> => {
  const programs: Record<string, string> = {};
  for (const name of await readdir(folder)) {
    const stat = await lstat(join(folder, name));
    if (stat.isSymbolicLink() || (stat.isFile() && (stat.mode & 0o001) !== 0)) programs[name] = join(folder, name);
  }
  return programs;
};

export const pythonRecipe: Recipe = {
  name: 'python',
  needsMb: 700,
  resumes: false,
  install: async (workshop): Promise<Installed> => {
    const python = await requirePython(workshop);
    const executable = python.isOpen ? python.executable : await copyInterpreter(python, workshop);
    await installPackages(workshop, executable);
    const bin = join(workshop.folder, 'venv', 'bin');
    return {
      version: await versionOf(workshop, python),
      programs: await programsIn(bin),
      env: {
        PATH: bin,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONNOUSERSITE: '1',
        ...(python.isOpen ? {} : { LD_LIBRARY_PATH: join(workshop.folder, 'base', 'lib') }),
      },
      alsoMounts: python.isOpen && !isSystem(python.executable) ? [python.prefix] : [],
      leansOn: python.isOpen ? [python.executable] : [],
    };
  },
};
