// Feeds every bad file to the built `squados` and prints a table: file, exit code, first line of what it said.
// Usage: node bench/bad-input/run.mjs [--out docs/bad-input.md]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FAULTS } from './faults.mjs';

const squados = resolve(import.meta.dirname, '../../apps/cli/bin/squados.mjs');
const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : undefined;

/** Some faults have their remedy in the line below; what merely says that nothing was imported is none. */
const remedyIn = ([, second = '']) => (/^ {2}(?!nothing was imported)\S/.test(second) ? second.trim() : '');

function feed({ name, file, bytes, more = [], place = `${file}:`, sound, says = /./ }) {
  const folder = mkdtempSync(join(tmpdir(), 'squados-bad-'));
  const data = join(folder, 'data');
  writeFileSync(join(folder, file), bytes());
  const { status, stderr, stdout } = spawnSync(process.execPath, [squados, 'import', file, '--data', data, ...more], {
    cwd: folder,
    encoding: 'utf8',
  });
  const lines = (stderr.trim() || stdout.trim()).split('\n');
  const line = sound ? (lines.find((text) => text !== '' && says.test(text)) ?? '') : `${lines[0]} ${remedyIn(lines)}`;
  const said = line.trim().replaceAll('|', '\\|').slice(0, 300);
  const left = existsSync(join(data, 'log.db'));
  const right = sound ? status === 0 && line !== '' : status === 2 && !left && line.startsWith(`squados: ${place}`);
  rmSync(folder, { recursive: true, force: true });
  return { name, status, said, left, right };
}

const rows = FAULTS.map(feed);
const lines = [
  '# What bad input gets',
  '',
  'Each file was fed to `squados import FILE --data D`. Exit code 2 is "the input"; nothing was imported. The last rows are odd but sound, and work.',
  '',
  '<!-- prettier-ignore -->',
  '| File | Exit | First line, and the second where the remedy stands there | Nothing imported |',
  '|---|---|---|---|',
  ...rows.map((row) => `| ${row.name} | ${row.status} | ${row.said} | ${row.left ? 'imported' : 'yes'} |`),
];
console.log(lines.join('\n'));
if (out) writeFileSync(resolve(out), `${lines.join('\n')}\n`);
const wrong = rows.filter((row) => !row.right);
for (const row of wrong) console.error(`not as promised: ${row.name} (exit ${row.status})`);
process.exit(wrong.length > 0 ? 1 : 0);
