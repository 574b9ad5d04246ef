// What watching costs a run: ten thousand cards of an agent that does nothing, with no page open and with five, one of them slow.
// Rounds take turns, so that both see the same machine; then RESULTS.md is written. Usage: node bench/portal/run.mjs [rounds]
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../..');
const out = join(root, 'node_modules', '.cache', 'squados', 'bench-portal.mjs');
const rounds = Number(process.argv[2] ?? '3');
const isOurs = (id) => /^[./\0]|^@squados\/|^@oxc-project\/runtime/.test(id);

const bundle = await rolldown({
  input: join(import.meta.dirname, 'bench.ts'),
  platform: 'node',
  external: (id) => !isOurs(id),
  resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
  tsconfig: join(root, 'tsconfig.base.json'),
  logLevel: 'warn',
});
await bundle.write({ file: out, format: 'esm', codeSplitting: false, strictExecutionOrder: true });
await bundle.close();

const results = [];
for (let round = 0; round < rounds; round++)
  for (const clients of ['0', '5']) {
    const text = execFileSync(process.execPath, [out, clients], { cwd: root, encoding: 'utf8' });
    const result = { ...JSON.parse(text), load: loadavg()[0] };
    results.push(result);
    const { seconds, cpuSeconds, eventsPerSecond, rssPeak, delayP99 } = result;
    process.stdout.write(
      `${clients} clients: ${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s CPU, ${eventsPerSecond} events/s, ${rssPeak} MB, p99 ${delayP99.toFixed(1)} ms\n`,
    );
  }

const median = (of, clients) => {
  const sorted = results
    .filter((result) => result.clients === clients)
    .map(of)
    .sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};
const row = (title, of, digits = 0) =>
  `| ${title} | ${median(of, 0).toFixed(digits)} | ${median(of, 5).toFixed(digits)} |`;
const heard = results.filter((result) => result.clients === 5).flatMap((result) => result.heard);
const whole = heard.filter((client) => client.events > 0);

writeFileSync(
  join(import.meta.dirname, 'RESULTS.md'),
  `# What watching costs a run

\`node bench/portal/run.mjs\`: 10,000 cards in ten chains, an agent that does nothing, 8 at a time, the embedded log with its syncs;
no page open, and five clients of the feed in a process of their own, the last of which stops for 400 ms after each piece it
reads. ${rounds === 1 ? 'One round each' : `Medians of ${rounds} rounds each`}, in turns; ${availableParallelism()} cores, Node ${process.versions.node}, load ${Math.max(...results.map(({ load }) => load)).toFixed(1)} at most (other work on the machine counts in it).

| | no client | 5 clients |
|---|---|---|
${row('seconds', (r) => r.seconds, 2)}
${row('CPU seconds of the orchestrator’s process', (r) => r.cpuSeconds, 2)}
${row('events per second', (r) => r.eventsPerSecond)}
${row('memory before, MB', (r) => r.rssBefore)}
${row('memory at most, MB', (r) => r.rssPeak)}
${row('delay of its event loop, p50, ms', (r) => r.delayP50, 1)}
${row('delay of its event loop, p99, ms', (r) => r.delayP99, 1)}

Each client heard, of ${results[0].events} events (and what came before): ${whole.map(({ events }) => events).join(', ')}.
`,
);
