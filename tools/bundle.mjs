// Bundles one app into <app>/dist/main.js: our own libs inlined from their sources, npm packages left external.
// Usage: node tools/bundle.mjs apps/cli
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
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

/**
 * The empty PostgreSQL that a gate worker begins with: what initdb leaves behind, made once per version of PGlite instead of at each start.
 * Lays it into `dist` and answers its name there.
 */
async function layPostgresImage() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'));
  const kept = join(root, 'node_modules', '.cache', 'squados', `postgres-${version}.tar.gz`);
  if (!existsSync(kept)) await makePostgresImage(kept);
  copyFileSync(kept, join(dist, basename(kept)));
  return basename(kept);
}

async function makePostgresImage(file) {
  const { PGlite } = await import('@electric-sql/pglite');
  const db = await PGlite.create();
  const image = await db.dumpDataDir('gzip');
  await db.close();
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`; // never half an image under its own name
  writeFileSync(half, Buffer.from(await image.arrayBuffer()));
  renameSync(half, file);
}

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
// Where the manifest says `squados.postgresImage`: the workers of the other apps live long enough to make a database of their own.
if (manifest.squados?.postgresImage === true) written.add(await layPostgresImage());
for (const old of readdirSync(dist).filter((file) => !written.has(file))) rmSync(join(dist, old), { recursive: true });
process.stdout.write(`${manifest.name}: bundled\n`);
