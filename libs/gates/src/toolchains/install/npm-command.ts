import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** npm as its script under our own interpreter where it can be found (faster, and no shell), else by name. */
export const npmCommand = (env: Readonly<Record<string, string | undefined>>): [string, ...string[]] => {
  const named = env['npm_execpath'];
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [named, beside].find((path) => path !== undefined && isNpm(path) && existsSync(path));
  return script === undefined ? ['npm'] : [process.execPath, script];
};

/** `npm_execpath` also names yarn or pnpm when one of them started us. */
const isNpm = (path: string): boolean => /npm-cli\.c?js$/.test(path);
