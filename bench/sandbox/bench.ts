/**
 * What was held and by what: every hostile program in every driver, and what a run costs.
 *
 * node tools/bench-bundle.mjs bench/sandbox/bench.ts [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createSandbox } from '@squados/gates/sandbox';
import { attack, HOSTILE, layPrey, type Attack, type Hostile } from '@squados/gates/sandbox/testing';
import { costsOf, type Costs, type DriverName } from './costs.js';
import { environmentReports, printReport } from './environments.js';

const { values } = parseArgs({
  options: { out: { type: 'string', default: '' }, report: { type: 'boolean', default: false } },
});

const DRIVERS: readonly DriverName[] = ['bubblewrap', 'unshare', 'plain'];

type Attacks = ReadonlyMap<Hostile, Attack>;

const attacksOn = async (driver: DriverName): Promise<Attacks> => {
  const sandbox = createSandbox({ drivers: [driver], minLevel: 0, env: {} });
  const { driver: taken, checks } = await sandbox.isolation();
  const attacks = new Map<Hostile, Attack>();
  if (taken !== driver || checks.length === 0) return attacks;
  const prey = await layPrey();
  for (const hostile of HOSTILE) {
    const result = await attack(sandbox, hostile, prey);
    attacks.set(hostile, result);
    process.stdout.write(`${driver} ${result.damage.length === 0 ? 'held' : 'OPEN'} ${hostile.name}\n`);
  }
  await prey.take();
  return attacks;
};

/** How it ended, without what differs from run to run. */
const ending = ({ outcome }: Attack): string => {
  if (outcome.kind === 'limited') return outcome.limit;
  return outcome.kind === 'exited' ? `exit ${outcome.exitCode}` : outcome.kind;
};

const cell = (made: Attack | undefined): string => {
  if (made === undefined) return 'not run: the driver is not here';
  if (made.damage.length === 0) return `held (${ending(made)})`;
  const words = made.damage
    .join('; ')
    .replace(/\/tmp\/[^\s;]*/g, 'a file')
    .replace(/[|\n]/g, ' ');
  return `**open**: ${words.slice(0, 120)}`;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const hostileTable = (all: ReadonlyMap<DriverName, Attacks>): string =>
  table(
    ['program', 'tries', ...DRIVERS, 'what stands in its way: namespaces', 'plain limits'],
    HOSTILE.map((hostile) => [
      hostile.name,
      hostile.tries,
      ...DRIVERS.map((driver) => cell(all.get(driver)?.get(hostile))),
      hostile.by.namespaces,
      hostile.by.plain,
    ]),
  );

const sums = (all: ReadonlyMap<DriverName, Attacks>): string =>
  DRIVERS.map((driver) => {
    const attacks = [...(all.get(driver)?.values() ?? [])];
    const held = attacks.filter(({ damage }) => damage.length === 0).length;
    return attacks.length === 0 ? `${driver}: not here` : `${driver}: ${held} of ${attacks.length} held`;
  }).join(' · ');

const costTable = (costs: readonly Costs[]): string =>
  table(
    ['driver', 'one run of `true`, beyond its bare start', 'five at a time', 'processor time of one run'],
    costs.map(({ driver, overheadMs, fiveMs, processorMs }) => [
      driver,
      ...[overheadMs, fiveMs, processorMs].map((ms) => `${ms.toFixed(0)} ms`),
    ]),
  );

const reportOf = (all: ReadonlyMap<DriverName, Attacks>, costs: readonly Costs[]): string => `# bench/sandbox

${HOSTILE.length} hostile programs (\`libs/gates/src/sandbox/testing/hostile\`), each run in every driver, the host's side looked at as well: what was read, who was
reached, what lived on. ${sums(all)}. Repeat: \`node bench/sandbox/run.mjs\`.

## What was held, and by what

${hostileTable(all)}

## What a run costs

Medians; ${availableParallelism()} cores, load average ${(loadavg()[0] ?? 0).toFixed(1)} while it was measured, Node ${process.versions.node.split('.')[0] ?? ''}.

${costTable(costs)}

## What the probe says, by who runs it

${environmentReports()
  .map(({ name, text }) => `### ${name}\n\n\`\`\`\n${text}\n\`\`\``)
  .join('\n\n')}
`;

const main = async (): Promise<void> => {
  const all = new Map<DriverName, Attacks>();
  const costs: Costs[] = [];
  for (const driver of DRIVERS) {
    all.set(driver, await attacksOn(driver));
    if ((all.get(driver)?.size ?? 0) > 0) costs.push(await costsOf(driver));
  }
  const report = reportOf(all, costs);
  if (values.out === '') process.stdout.write(report);
  else writeFileSync(values.out, report);
  const broken = [...all].some(([driver, attacks]) =>
    [...attacks.values()].some(
      ({ damage, hostile }) => damage.length > 0 && (driver !== 'plain' || hostile.opensPlain === undefined),
    ),
  );
  process.exitCode = broken ? 1 : 0;
};

await (values.report ? printReport() : main());
