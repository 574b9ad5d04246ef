// Bundles bench.ts and runs each DAG in a process of its own through the embedded log, the orchestrator's engine and the agent
// runtime, with an agent that does nothing; then writes RESULTS.md. Usage: node bench/embedded/run.mjs [dag names…]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../..');
const dags = resolve(root, '../shared/bench/dags');
const out = join(root, 'apps/orchestrator/dist/bench-embedded.mjs');
const home = join(root, 'node_modules/.cache/bench-embedded');
const NAMES = ['chain', 'chain10k', 'fan', 'layered'];
const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : NAMES;
const SLOTS = 8;

if (!existsSync(dags)) {
  process.stdout.write(`skipped: the DAGs are not there (${dags})\n`);
  process.exit(0);
}
const isOurs = (id) =>
  id.startsWith('.') ||
  id.startsWith('/') ||
  id.startsWith('@squados/') ||
  id.startsWith('\0') ||
  id.startsWith('@oxc-project/runtime');
mkdirSync(join(out, '..'), { recursive: true });
mkdirSync(home, { recursive: true });
const bundle = await rolldown({
  input: join(import.meta.dirname, 'bench.ts'),
  platform: 'node',
  external: (id) => !isOurs(id),
  resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
  tsconfig: join(root, 'tsconfig.base.json'),
});
await bundle.write({ file: out, format: 'esm', codeSplitting: false, strictExecutionOrder: true });
await bundle.close();

const one = (name, form) =>
  JSON.parse(
    execFileSync(process.execPath, [out, join(dags, `${name}.json`), form, String(SLOTS), home], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
const whole = (n) => Math.round(n).toLocaleString('en');
const ms = (n) => `${n.toFixed(2)} ms`;

const before = loadavg()[0];
const rows = names.flatMap((name) =>
  ['started-first', 'with-end'].map((form) => {
    const row = one(name, form);
    process.stdout.write(
      `${name} ${form}: ${whole(row.cardsPerSecond)} cards/s, p50 ${ms(row.p50)}, p95 ${ms(row.p95)}, p99 ${ms(row.p99)}\n`,
    );
    return row;
  }),
);
rmSync(out, { force: true });
rmSync(`${out}.map`, { force: true });
rmSync(home, { recursive: true, force: true });

const head = [
  'DAG',
  'cards',
  'appends a card',
  'cards/s',
  'CPU ms/card',
  'enqueue→start p50',
  'p95',
  'p99',
  'one bare append p50',
  'p95',
];
const line = (r) => [
  r.name,
  whole(r.n),
  r.announce === 'with-end' ? '2' : '3',
  whole(r.cardsPerSecond),
  ((r.cpuSeconds * 1e3) / r.n).toFixed(2),
  ms(r.p50),
  ms(r.p95),
  ms(r.p99),
  ms(r.bare50),
  ms(r.bare95),
];
const table = [head, head.map(() => '---'), ...rows.map(line)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const report = `# bench/embedded

The DAGs of \`../shared/bench/dags\` through the production path in one process: embedded log, orchestrator engine, agent runtime with
${SLOTS} slots (window ${2 * SLOTS}), and an agent that writes nothing and has no gates. Each run in a process of its own, on a fresh folder;
${availableParallelism()} cores, Node ${process.versions.node.split('.')[0]}; load average before the runs ${before.toFixed(1)}. Repeat: \`node bench/embedded/run.mjs\`.

**Durability**: every append is answered after its SQLite commit was synced to the disk (WAL, group commit); no figure here is from memory alone.

**enqueue→start**: from handing CardEnqueued to the log, its sync included, to the first line of the agent's author; waiting for a
free slot is part of it. *One bare append*: the same log on the same disk just before the run, one writer, nobody else waiting. With three appends a card CardStarted, synced, lies in between; with two it goes out with the attempt's end.

${table}

Floor: p95 under 50 ms. Aim: under 5 ms.
`;
if (asked.length === 0) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), report);
else process.stdout.write(`\n${report}`);
