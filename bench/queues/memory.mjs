// What orchestrator and server hold in memory when the log knows many cards. A log of finished cards is written, then a fresh
// orchestrator folds it. Usage: node bench/queues/memory.mjs [cards…] [--out FILE]; default 100000 and 1000000
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundles.mjs';
import { stopWhenTold } from './living.mjs';
import { findPrograms, memoryOf, startServer } from './servers.mjs';
import { gather } from './team.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values: options, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const sizes = positionals.length > 0 ? positionals.map(Number) : [100_000, 1_000_000];
const HEAP = '--max-old-space-size=12000';
const MB = 1024 * 1024;

const programs = findPrograms(root);
if (programs.nats === undefined) {
  process.stdout.write('skipped: no nats-server (squados setup nats)\n');
  process.exit(0);
}
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const home = mkdtempSync(join(cache, 'bench-queues-memory-'));
stopWhenTold(() => rmSync(home, { recursive: true, force: true }));
const bundle = await bundled(root, ['fill', 'orchestrator']);

const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, path, name }) => sum + statSync(join(parentPath ?? path, name)).size, 0);

const seconds = async (doing) => {
  const began = performance.now();
  const result = await doing();
  return { result, seconds: (performance.now() - began) / 1e3 };
};

const alone = async (name, server, use) => {
  const settings = { home, url: `nats://127.0.0.1:${server.port}`, slots: 5, announce: 'with-end' };
  const team = await gather([{ name, file: bundle(name), settings }], ['--expose-gc', HEAP]);
  try {
    const result = await use(team);
    await team.stop();
    return result;
  } finally {
    team.kill();
  }
};

const one = async (cards) => {
  const server = await startServer('nats', programs.nats, home);
  try {
    const filled = await seconds(() => alone('fill', server, (team) => team.tell('prepare', { name: String(cards) })));
    const afterFill = memoryOf(server.pid);
    const folded = await seconds(() => alone('orchestrator', server, (team) => team.tell('end')));
    const { memory } = folded.result.orchestrator;
    const row = {
      cards,
      fill: filled.seconds,
      fold: folded.seconds,
      memory,
      server: afterFill,
      disk: bytesIn(server.dir),
    };
    process.stdout.write(`${told(row).join(' · ')}\n`);
    return row;
  } finally {
    await server.stop();
  }
};

const whole = (value) => Math.round(value).toLocaleString('en');
const megabytes = (bytes) => `${whole(bytes / MB)} MB`;
const told = ({ cards, fold, memory, server, disk }) => [
  whole(cards),
  megabytes(memory.live),
  `${whole(memory.live / cards)} B`,
  megabytes(memory.rss),
  megabytes(server.now),
  megabytes(server.peak),
  megabytes(disk),
  `${fold.toFixed(1)} s`,
];

const rows = [];
try {
  for (const cards of sizes) rows.push(await one(cards));
} finally {
  rmSync(home, { recursive: true, force: true });
}

const HEAD = [
  'cards',
  'orchestrator, live',
  'a card',
  'orchestrator, resident',
  'server, resident',
  'server, most',
  'on disk',
  'start to end',
];
const table = [HEAD, HEAD.map(() => '---'), ...rows.map(told)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const report = `# Memory with many known cards

A log on JetStream (nats-server ${programs.nats.version}) of one project whose cards were added by the thousand and are all done: two commits a
card, each on a subject of its own. Then a fresh orchestrator folds it from the beginning, board and catalog (every text of every card),
and is measured after a garbage collection. *Live*: heap and buffers. *Start to end*: connecting, folding, measuring. Node
${process.versions.node.split('.')[0]}. Repeat: \`node bench/queues/memory.mjs\`.

${table}
`;
const results = join(import.meta.dirname, 'memory');
mkdirSync(results, { recursive: true });
if (options.out !== undefined || positionals.length === 0)
  writeFileSync(options.out ?? join(results, 'RESULTS.md'), report);
else process.stdout.write(`\n${report}`);
