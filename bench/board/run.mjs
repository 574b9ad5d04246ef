// Bundles bench.ts and runs each size in a process of its own (so that no run warms or litters another's heap), then writes
// RESULTS.md. Usage: node bench/board/run.mjs [sizes…], e.g. node bench/board/run.mjs 10000 100000
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../..');
const out = join(root, 'node_modules/.cache/bench-board/bench.mjs');
const DEFAULT_SIZES = [10_000, 100_000, 1_000_000];
const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : DEFAULT_SIZES;

mkdirSync(join(out, '..'), { recursive: true });
const bundle = await rolldown({
  input: join(import.meta.dirname, 'bench.ts'),
  platform: 'node',
  resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
  tsconfig: join(root, 'tsconfig.base.json'),
});
await bundle.write({ file: out, format: 'esm', codeSplitting: false });
await bundle.close();

const one = (kind, size) => {
  const flags = ['--expose-gc', '--max-old-space-size=6000', out, kind, String(size)];
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
};
const million = (n) => `${(n / 1e6).toFixed(2)} M/s`;
const whole = (n) => Math.round(n).toLocaleString('en');
const times = (n) => `${n >= 100 ? whole(n) : n.toFixed(1)}×`;

const rows = sizes.map((size) => {
  const board = one('board', size);
  const naive = one('naive', size);
  process.stdout.write(`${whole(size)} cards: ${million(board.eventsPerSecond)}, ${whole(board.bytesDone)} B/card\n`);
  return { size, board, naive };
});

const table = (head, lines) =>
  [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...lines.map((line) => `| ${line.join(' | ')} |`),
  ].join('\n');

const report = `# bench/board

Layered random DAGs (50 layers, up to 3 dependencies a card, four priorities, two agents), each card taken through the commits
[CardEnqueued], [CardStarted], [VerdictRecorded, CardCompleted] in dispatch order, 16 cards abreast. Pages of 256 commits are taken through JSON
and \`parseEvent\` as a reader does it, and only then is their folding timed (the board takes a page at once, \`evolveAll\`); eight warm-up rounds of 10,000 cards go before, and of sizes below 1 M the
fastest of up to five rounds counts. Each size and implementation in a process of its own; ${availableParallelism()} cores, Node ${process.versions.node.split('.')[0]}. Repeat: \`node bench/board/run.mjs\`.

*naive*: a \`Map\` of card objects by project and id with \`Set\`s of dependencies and dependents, lanes taken apart by \`parseLane\`, text left out
like ours. *rescan*: the same map, with the ready cards found by looking at every card.

## Folding

${table(
  ['cards', 'board, events', 'naive, events', 'ratio', 'reading alone', 'board, cards added', 'naive, cards added'],
  rows.map(({ size, board, naive }) => [
    whole(size),
    million(board.eventsPerSecond),
    million(naive.eventsPerSecond),
    times(board.eventsPerSecond / naive.eventsPerSecond),
    million(board.readingPerSecond),
    million(board.addedPerSecond),
    million(naive.addedPerSecond),
  ]),
)}

*Reading alone* touches each commit (its lane's characters, type, attempt) and keeps nothing: what this machine gave in the same run. Rates are per processor second,
garbage collection included. Floor 1 M events/s, aim 5 M.

## The ready set

Upkeep: fold time an event beyond that of as many cards (at most 200,000) without dependencies (both measured here; noise can make it negative). Next: finding the next 8 ready cards in
dispatch order after an event; the board's figure is a whole \`plan\`, digests of inputs included, the rescan's only the search.

${table(
  ['cards', 'upkeep, ns/event', 'board: next 8, µs', 'rescan: next 8, µs', 'ratio'],
  rows.map(({ size, board, naive }) => [
    whole(size),
    whole(board.upkeepNs),
    board.nextUs.toFixed(1),
    whole(naive.nextUs),
    times(naive.nextUs / board.nextUs),
  ]),
)}

## Memory

Live bytes a card (heap and external memory after garbage collection, less what was there before), with states, both lanes'
revisions, ids, graph and indexes; no text. *Done* counts the packed hashes of every card as well: 32 bytes of manifest and 8 of inputs (naive: the
strings).

${table(
  [
    'cards',
    'board, added',
    'board, done',
    'naive, added',
    'naive, done',
    'ratio, done',
    'snapshot, B/card',
    'snapshot, ms',
    'restore, ms',
  ],
  rows.map(({ size, board, naive }) => [
    whole(size),
    `${whole(board.bytesAdded)} B`,
    `${whole(board.bytesDone)} B`,
    `${whole(naive.bytesAdded)} B`,
    `${whole(naive.bytesDone)} B`,
    times(naive.bytesDone / board.bytesDone),
    whole(board.snapshotBytes),
    whole(board.snapshotMs),
    whole(board.restoreMs),
  ]),
)}

Floor 400 B/card at 1 M, aim 150 B.
`;
if (asked.length === 0) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), report);
else process.stdout.write(report);
