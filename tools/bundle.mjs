// Bundles one app into <app>/dist/main.js: our own libs inlined from their sources, npm packages left external.
// Usage: node tools/bundle.mjs apps/cli
import { readFileSync, readdirSync, existsSync, rmSync } from 'node:fs';
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

const isOurs = (id) =>
  id.startsWith('.') ||
  id.startsWith('/') ||
  id.startsWith('@squados/') ||
  id.startsWith('\0') ||
  id.startsWith('@oxc-project/runtime');

/** One file per entry; or, where the manifest says `squados.codeSplitting`, lazily loaded parts beside it (the CLI starts in a third of the time). */
const isSplit = manifest.squados?.codeSplitting === true;
const dist = join(project, 'dist');
const written = new Set();

for (const entry of entries()) {
  const bundle = await rolldown({
    input: entry.path,
    platform: 'node',
    external: (id) => !isOurs(id),
    resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
    tsconfig: join(root, 'tsconfig.base.json'),
    logLevel: 'warn',
  });
  const place = isSplit
    ? { dir: dist, entryFileNames: `${entry.name}.js`, chunkFileNames: `${entry.name}-[name]-[hash].js` }
    : { file: join(dist, `${entry.name}.js`) };
  const { output } = await bundle.write({
    ...place,
    format: 'esm',
    sourcemap: true,
    codeSplitting: isSplit,
    strictExecutionOrder: true,
  });
  for (const { fileName } of output) written.add(fileName);
  await bundle.close();
}
for (const old of readdirSync(dist).filter((file) => !written.has(file))) rmSync(join(dist, old), { recursive: true });
process.stdout.write(`${manifest.name}: bundled\n`);
