// npm run bench: every comparison, one after another; each writes RESULTS.md beside itself, and what is asked of all of them goes into
// bench/RESULTS.md. With --summary that file alone, from the results that are there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { root, run } from './checks.mjs';

/** What is run, and the sections whose tables hold the figures that somebody asked for; '' is what stands before the first heading. */
const PARTS = [
  { name: 'board', script: ['bench/board/run.mjs'], sections: ['Folding', 'Memory'] },
  { name: 'embedded', script: ['bench/embedded/run.mjs'], sections: [''] },
  { name: 'queues', script: ['bench/queues/run.mjs'], sections: ['What is asked for'] },
  {
    name: 'replay',
    script: ['tools/bench-bundle.mjs', 'bench/replay/replay.ts', '--out', 'bench/replay/RESULTS.md'],
    sections: ['Folding beside reading', 'Starting from a snapshot'],
  },
];

const resultsOf = (name) => join('bench', name, 'RESULTS.md');

/** The tables of the sections that are asked for; a section that is gone is an error, never an empty place. */
const tablesOf = ({ name, sections }) => {
  const bodies = new Map(
    readFileSync(join(root, resultsOf(name)), 'utf8')
      .split(/^## /m)
      .map((part, i) => (i === 0 ? ['', part] : [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n'))])),
  );
  return sections.map((title) => {
    const table = (bodies.get(title) ?? '').split('\n').filter((line) => line.startsWith('|'));
    if (table.length === 0) throw new Error(`${resultsOf(name)} has no table under "${title || 'its head'}"`);
    return `${title === '' ? '' : `### ${title}\n\n`}${table.join('\n')}`;
  });
};

const summary = () =>
  [
    '# What was measured\n\nThe figures that are asked for, from the last run of each part; what was run, on what, and all the rest stand in its own file. Repeat: `npm run bench`.',
    ...PARTS.filter(({ name }) => existsSync(join(root, resultsOf(name)))).flatMap((part) => [
      `## [${part.name}](${part.name}/RESULTS.md)`,
      ...tablesOf(part),
    ]),
  ].join('\n\n');

if (!process.argv.includes('--summary')) {
  await bootstrap();
  // What ours is held against beside itself; nothing else needs these packages. Not `npm ci`: it refuses a lock file without the optional
  // packages of platforms that the registry lacks.
  const others = await run('npm', [
    'install',
    '--no-save',
    '--prefix',
    join('bench', 'queues'),
    '--no-audit',
    '--no-fund',
  ]);
  if (others.code !== 0) process.exit(others.code);
  for (const { name, script } of PARTS) {
    process.stdout.write(`\n== ${name}\n`);
    const { code } = await run(process.execPath, script);
    if (code !== 0) process.exit(code);
  }
}
writeFileSync(join(root, 'bench', 'RESULTS.md'), `${summary()}\n`);
