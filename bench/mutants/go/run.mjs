// Mutates every source file of the English example's Go service, five mutants a file, and asks the tests of the file's own package,
// with a PostgreSQL beside them, in the sandbox. Writes RESULTS.md.
// Usage: node bench/mutants/go/run.mjs DATA_FOLDER [FILES…]: the folder of a run that reached its designs
//   (npx squados run examples/library.en.md --data DATA_FOLDER --yes --exit); FILES choose by a part of their path.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../../..');
const out = join(root, 'node_modules/.cache/bench-mutants-go/mutants.mjs');
const [data, ...chosen] = process.argv.slice(2);
const designs = data === undefined ? undefined : join(resolve(data), 'app-artefacts/arquitetura');
if (designs === undefined || !existsSync(join(designs, 'modelo-de-dominio.json'))) {
  process.stderr.write('give the data folder of a run that reached its designs; see the head of this file\n');
  process.exit(2);
}

await mkdir(join(out, '..'), { recursive: true });
const bundle = await rolldown({
  input: join(import.meta.dirname, 'mutants.ts'),
  platform: 'node',
  resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
  tsconfig: join(root, 'tsconfig.base.json'),
});
await bundle.write({ file: out, format: 'esm', codeSplitting: false });
await bundle.close();

const { tableOfMutants } = await import(pathToFileURL(out).href);
const { killed, total } = await tableOfMutants({ designs, chosen, folder: import.meta.dirname });
process.stdout.write(`${killed} of ${total} mutants killed\n`);
process.exit(total > 0 && killed / total >= 0.8 ? 0 : 1);
