// Our sides' entries, bundled as the product's applications are.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const isOurs = (id) => /^[./\0]|^@squados\/|^@oxc-project\/runtime/.test(id);

/** Bundles entries of `ours/` into a folder below the root's node_modules, so that they find the root's dependencies. */
export const bundled = async (root, names) => {
  const folder = join(root, 'node_modules/.cache/bench-queues');
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    const bundle = await rolldown({
      input: join(import.meta.dirname, 'ours', `${name}.ts`),
      platform: 'node',
      external: (id) => !isOurs(id),
      resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
      tsconfig: join(root, 'tsconfig.base.json'),
      logLevel: 'warn',
    });
    await bundle.write({
      file: join(folder, `${name}.mjs`),
      format: 'esm',
      codeSplitting: false,
      strictExecutionOrder: true,
    });
    await bundle.close();
  }
  return (name) => {
    const file = join(folder, `${name}.mjs`);
    if (!existsSync(file)) throw new Error(`${file} was not bundled`);
    return file;
  };
};
