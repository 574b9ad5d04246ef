// Writes libs/contracts/schema/*.json from src/schema. Run from anywhere: node libs/contracts/tools/emit-schemas.mjs
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';

const library = join(import.meta.dirname, '..');
const target = join(library, 'schema');
const scratch = mkdtempSync(join(tmpdir(), 'squados-schemas-'));
try {
  const bundle = join(scratch, 'schemas.mjs');
  await build({
    input: join(library, 'src/schema/index.ts'),
    output: { file: bundle, format: 'esm' },
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'warn',
  });
  const { SCHEMA_FILES, schemaText } = await import(pathToFileURL(bundle).href);
  mkdirSync(target, { recursive: true });
  const stale = readdirSync(target).filter((name) => !Object.hasOwn(SCHEMA_FILES, name));
  for (const name of stale) rmSync(join(target, name));
  for (const [name, schema] of Object.entries(SCHEMA_FILES)) writeFileSync(join(target, name), schemaText(schema));
  execFileSync('npx', ['prettier', '--write', '--log-level=warn', target], { stdio: 'inherit' });
  console.log(`${Object.keys(SCHEMA_FILES).length} schemas written to libs/contracts/schema`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
