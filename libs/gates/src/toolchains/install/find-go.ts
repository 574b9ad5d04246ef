import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isOpenToAll } from './reachable.js';
import { programsNamed } from './system-packages.js';

/** A Go compiler of the machine. */
export interface GoHere {
  /** Its GOROOT; the program is `bin/go` there. */
  readonly root: string;
  readonly version: string;
}

const run = promisify(execFile);

const ask = async (program: string): Promise<GoHere | undefined> => {
  try {
    const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' };
    const { stdout } = await run(program, ['env', 'GOROOT', 'GOVERSION'], { timeout: 20_000, env });
    const [root = '', version = ''] = stdout.trim().split('\n');
    return root === '' ? undefined : { root, version: version.replace(/^go/, '') };
  } catch {
    return undefined;
  }
};

/** `1.26.8` against `1.25.0`, number by number; what follows the numbers (`rc1`, `-custom`) counts for nothing. */
export const isAtLeast = (version: string, oldest: string): boolean => {
  const [has, needs] = [version, oldest].map((text) => (text.match(/\d+/g) ?? []).map(Number)) as [number[], number[]];
  const at = needs.findIndex((number, i) => number !== (has[i] ?? 0));
  return at === -1 || (has[at] ?? 0) > (needs[at] ?? 0);
};

export interface GoSearch {
  /** New enough, and every user may run it where it lies. */
  readonly go: GoHere | undefined;
  readonly seen: readonly string[];
}

/** Looks for a compiler that is at least this new. */
export const findGo = async (env: Readonly<Record<string, string | undefined>>, oldest: string): Promise<GoSearch> => {
  const seen: string[] = [];
  for (const program of [...programsNamed('go', env), '/usr/local/go/bin/go']) {
    const go = await ask(program);
    if (go === undefined) continue;
    const isOpen = isOpenToAll(`${go.root}/bin/go`);
    if (isAtLeast(go.version, oldest) && isOpen) return { go, seen };
    seen.push(`${program} is ${go.version}${isOpen ? '' : ', in a folder that is closed to others'}`);
  }
  return { go: undefined, seen };
};
