import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isOpenToAll } from './reachable.js';
import { programsNamed } from './system-packages.js';

/** An interpreter of the machine, as it describes itself. */
export interface PythonHere {
  readonly executable: string;
  readonly version: readonly [number, number, number];
  /** Below it lie `bin/` and `lib/python3.x/`. */
  readonly prefix: string;
  readonly stdlib: string;
  /** It can make virtual environments with pip in them; Debian splits that off into `python3-venv`. */
  readonly hasVenv: boolean;
  /** Every user may run it where it lies. */
  readonly isOpen: boolean;
}

export const OLDEST_PYTHON: readonly [number, number] = [3, 11];

/** Asked for the interpreter behind shims and virtual environments. */
const ASK = `
import importlib.util, json, os, sys, sysconfig
print(json.dumps({
    "executable": os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable),
    "version": list(sys.version_info[:3]),
    "prefix": sys.base_prefix,
    "stdlib": sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix}),
    "hasVenv": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
}))
`;

const NAMES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.14'];
const run = promisify(execFile);

const ask = async (program: string): Promise<PythonHere | undefined> => {
  try {
    const { stdout } = await run(program, ['-I', '-c', ASK], { timeout: 20_000 });
    const told = JSON.parse(stdout) as Omit<PythonHere, 'isOpen'>;
    return { ...told, isOpen: isOpenToAll(told.executable) && isOpenToAll(told.stdlib) };
  } catch {
    return undefined;
  }
};

const isNewEnough = ({ version: [major, minor] }: PythonHere): boolean =>
  major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1];

export type PythonSearch =
  | { readonly kind: 'found'; readonly python: PythonHere }
  /** Interpreters that are there, each with what it lacks. */
  | { readonly kind: 'none'; readonly seen: readonly string[] };

/** The interpreter to build on: new enough, with venv; one that every user may run before one in somebody's home. */
export const findPython = async (env: Readonly<Record<string, string | undefined>>): Promise<PythonSearch> => {
  const seen: PythonHere[] = [];
  for (const program of NAMES.flatMap((name) => programsNamed(name, env))) {
    const python = await ask(program);
    if (python === undefined || seen.some(({ executable }) => executable === python.executable)) continue;
    seen.push(python);
    if (isFit(python) && python.isOpen) return { kind: 'found', python };
  }
  const closed = seen.find(isFit);
  return closed === undefined ? { kind: 'none', seen: seen.map(lacks) } : { kind: 'found', python: closed };
};

const isFit = (python: PythonHere): boolean => isNewEnough(python) && python.hasVenv;

const lacks = (python: PythonHere): string =>
  `${python.executable} is ${python.version.join('.')}${isNewEnough(python) ? ' without venv' : ', too old'}`;
