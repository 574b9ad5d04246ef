import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As in `tools/bundle.mjs`. */
const SCRIPT = `
import { rolldown } from 'rolldown';
const [tsconfig, ...pairs] = process.argv.slice(1);
const isOurs = (id) => /^[./\\0]|^@squados\\/|^@oxc-project\\/runtime/.test(id);
for (let i = 0; i < pairs.length; i += 2) {
  const bundle = await rolldown({
    input: pairs[i], platform: 'node', external: (id) => !isOurs(id), tsconfig, logLevel: 'silent',
    resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  await bundle.write({ file: pairs[i + 1], format: 'esm', codeSplitting: false, strictExecutionOrder: true });
  await bundle.close();
}`;

/** Bundles the entries beside this file: processes that a test can kill. Answers with their files, in the same order. */
export const buildEntries = async (...names: readonly string[]): Promise<readonly string[]> => {
  const root = resolve(import.meta.dirname, '../../../..');
  const folder = join(root, 'node_modules/.cache/squados');
  mkdirSync(folder, { recursive: true });
  const files = names.map((name) => join(folder, `deployment-${name}-${process.pid}.mjs`));
  const pairs = names.flatMap((name, i) => [join(import.meta.dirname, `${name}.ts`), files[i] ?? '']);
  const args = ['--input-type=module', '-e', SCRIPT, '--', join(root, 'tsconfig.base.json'), ...pairs];
  await run(process.execPath, args, { cwd: root });
  return files;
};
