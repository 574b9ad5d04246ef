// Bundles one app into <app>/dist/main.js: our own libs inlined from their sources, npm packages left external.
// Usage: node tools/bundle.mjs apps/cli
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '..');
const project = resolve(root, process.argv[2] ?? '.');
const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));

/** Entry points: main.ts, and each worker-*.ts that is started as a process or thread of its own. */
function entries() {
  const workers = readdirSync(join(project, 'src')).filter((f) => /^worker-[\w-]+\.ts$/.test(f));
  const named = ['main.ts', ...workers].filter((f) => existsSync(join(project, 'src', f)));
  return named.map((f) => ({ name: f.replace(/\.ts$/, ''), path: join(project, 'src', f) }));
}

const isOurs = (id) => id.startsWith('.') || id.startsWith('/') || id.startsWith('@squados/') || id.startsWith('\0');

for (const entry of entries()) {
  const bundle = await rolldown({
    input: entry.path,
    platform: 'node',
    external: (id) => !isOurs(id),
    resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
    tsconfig: join(root, 'tsconfig.base.json'),
    logLevel: 'warn',
  });
  await bundle.write({
    file: join(project, 'dist', `${entry.name}.js`),
    format: 'esm',
    sourcemap: true,
    codeSplitting: false,
    strictExecutionOrder: true,
  });
  await bundle.close();
}
process.stdout.write(`${manifest.name}: bundled\n`);
