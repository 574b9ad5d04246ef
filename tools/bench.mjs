// npm run bench: every benchmark, one after another; each writes RESULTS.md beside itself.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { root, run } from './checks.mjs';

await bootstrap();
// What ours is held against beside itself; nothing else needs these packages.
const others = await run('npm', ['ci', '--prefix', join('bench', 'queues'), '--no-audit', '--no-fund']);
if (others.code !== 0) process.exit(others.code);
for (const name of ['board', 'embedded', 'queues']) {
  const file = join('bench', name, 'run.mjs');
  if (!existsSync(join(root, file))) throw new Error(`${file} is missing`);
  process.stdout.write(`\n== ${name}\n`);
  const { code } = await run(process.execPath, [file]);
  if (code !== 0) process.exit(code);
}
