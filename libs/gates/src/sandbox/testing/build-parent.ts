import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As in `tools/bundle.mjs`. */
const script = (input: string, file: string, tsconfig: string): string => `
import { rolldown } from 'rolldown';
const bundle = await rolldown({
  input: ${JSON.stringify(input)}, platform: 'node', tsconfig: ${JSON.stringify(tsconfig)}, logLevel: 'silent',
  resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
});
await bundle.write({ file: ${JSON.stringify(file)}, format: 'esm', codeSplitting: false, strictExecutionOrder: true });
await bundle.close();`;

/** Bundles `parent-entry.ts`: a process that a test can kill while its sandbox runs. */
export const buildParent = async (): Promise<string> => {
  const here = import.meta.dirname;
  const root = resolve(here, '../../../../..');
  const folder = join(root, 'node_modules/.cache/squados');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `sandbox-parent-${process.pid}.mjs`);
  const code = script(join(here, 'parent-entry.ts'), file, join(root, 'tsconfig.base.json'));
  await run(process.execPath, ['--input-type=module', '-e', code], { cwd: root });
  return file;
};
