// npm run test:long: what is too long for every commit. Each part writes its results beside itself; commit them.
import { bootstrap } from './bootstrap.mjs';
import { run } from './checks.mjs';

const PARTS = [
  { name: 'what the sandbox holds', args: ['bench/sandbox/run.mjs'] },
  { name: 'planted defects', args: ['bench/defects/run.mjs'] },
  { name: 'corrections and escalation', args: ['bench/corrections/run.mjs'] },
  { name: 'mutants of the generated code', args: ['bench/mutants/run.mjs'] },
  { name: 'real inputs, twice each', args: ['bench/real-inputs/run.mjs', '--out', 'bench/real-inputs/RESULTS.md'] },
  { name: 'the whole chain to its end', args: ['bench/long-runs/run.mjs', '--out', 'bench/long-runs/RESULTS.md'] },
  { name: 'given designs', args: ['bench/given-designs/run.mjs'] },
  { name: 'both examples, both languages, every gate', args: ['bench/full-matrix/run.mjs'] },
  { name: 'bad input table', args: ['bench/bad-input/run.mjs', '--out', 'docs/bad-input.md'] },
  {
    name: '50 kills',
    args: [
      'tools/bench-bundle.mjs',
      'bench/kills/kills.ts',
      '--kills',
      '50',
      '--seed',
      '7',
      '--out',
      'bench/kills/RESULTS.md',
    ],
  },
  {
    name: '20 kills in gates and in DEPLOY',
    args: ['tools/bench-bundle.mjs', 'bench/gate-kills/gate-kills.ts', '--out', 'bench/gate-kills/RESULTS.md'],
  },
  {
    name: '100 killed runs under a budget',
    args: ['bench/claude-budget/run.mjs', '--out', 'bench/claude-budget/RESULTS.md'],
  },
  { name: 'the example by Claude', args: ['bench/claude-example/run.mjs'] },
  { name: 'hostile cards', args: ['bench/claude-hostile/run.mjs'] },
  {
    name: 'fail-over',
    args: ['tools/bench-bundle.mjs', 'bench/failover/kills.ts', '--out', 'bench/failover/RESULTS.md'],
  },
  {
    name: 'ten minutes of chaos',
    args: ['bench/chaos/run.mjs', '--minutes', '10', '--seed', '7', '--out', 'bench/chaos/RESULTS.md'],
  },
  {
    name: 'builds broken on purpose',
    args: ['bench/chaos/run.mjs', '--broken', 'all', '--out', 'bench/chaos/BROKEN.md'],
  },
  {
    name: 'replay and snapshots',
    args: ['tools/bench-bundle.mjs', 'bench/replay/replay.ts', '--out', 'bench/replay/RESULTS.md'],
  },
  { name: 'both examples by a fleet', args: ['bench/fleet/run.mjs', '--out', 'bench/fleet/RESULTS.md'] },
  { name: 'memory with a million cards', args: ['bench/queues/memory.mjs'] },
];

await bootstrap();
const failed = [];
for (const { name, args } of PARTS) {
  process.stdout.write(`\n== ${name}\n`);
  const { code } = await run(process.execPath, args);
  if (code !== 0) failed.push(name);
}
process.stdout.write(`${PARTS.length - failed.length} passed, ${failed.length} failed, 0 skipped\n`);
process.exit(failed.length > 0 ? 1 : 0);
