import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The same settings as `tools/bundle.mjs`, which bundles each app's `src/worker-gates.ts`. */
const script = (input: string, file: string, tsconfig: string): string => `
import { rolldown } from 'rolldown';
const isOurs = (id) => id.startsWith('.') || id.startsWith('/') || id.startsWith('@squados/') || id.startsWith('\\0');
const bundle = await rolldown({
  input: ${JSON.stringify(input)}, platform: 'node', external: (id) => !isOurs(id), tsconfig: ${JSON.stringify(tsconfig)}, logLevel: 'silent',
  resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
});
await bundle.write({ file: ${JSON.stringify(file)}, format: 'esm', codeSplitting: false, strictExecutionOrder: true });
await bundle.close();`;

let built: Promise<string> | undefined;

const build = async (): Promise<string> => {
  const here = import.meta.dirname;
  const root = resolve(here, '../../../..');
  const folder = join(root, 'node_modules/.cache/squados');
  mkdirSync(folder, { recursive: true });
  // One file per test process: specs run side by side.
  const file = join(folder, `worker-gates-${process.pid}.mjs`);
  const code = script(join(here, 'worker-entry.ts'), file, join(root, 'tsconfig.base.json'));
  await run(process.execPath, ['--input-type=module', '-e', code], { cwd: root });
  return file;
};

/** Bundles the gate worker for tests (0.3 s), once per test process; answers with the file that `createGatePool` takes. */
export const buildTestWorker = (): Promise<string> => (built ??= build());
