/** The command line of the run; see run.mjs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../../apps/cli/src/testing/chromium.js';
import { FleetRun, type FleetPlan } from './fleet-run.js';
import { fleetLines } from './report.js';

const DOCUMENTS = [
  { name: 'library', document: 'examples/library.en.md' },
  { name: 'oficina', document: 'examples/oficina.pt.md' },
];

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    agents: { type: 'string', default: 'orchestrator=2' },
    every: { type: 'string', default: '20' },
    pictures: { type: 'string', default: '' },
    out: { type: 'string', default: '' },
  },
});

process.env['SQUADOS_TOOLCHAINS'] ||= resolve('.squados-toolchains');
const chromium = await findChromium();
if (chromium === undefined) throw new Error('there is no Chromium here: squados setup browser');
const pictures = values.pictures === '' ? '' : resolve(values.pictures);
if (pictures !== '') mkdirSync(pictures, { recursive: true });

const began = performance.now();
const say = (line: string): void => {
  const at = ((performance.now() - began) / 1_000).toFixed(0).padStart(4);
  process.stdout.write(`${at} s  ${line}\n`);
};

const lines = [
  '# Both examples by a fleet, watched through a gateway that is killed',
  '',
  '`node bench/fleet/run.mjs`',
  '',
  `\`squados cluster\`: a nats-server, and each service a process of its own; artifacts lie in the server's object store, gates of profile quick. The page is opened in Chromium by its link before the document is recorded, and never reloaded; what it is told is written down from its own EventSource. Meanwhile the gateway is killed (SIGKILL) ${values.every} s after the page was live again, and once more when the project is complete; the cluster starts it again. Every event of the log has to have reached the page once, in the log's order. ${availableParallelism()} cores, whatever else the machine did.`,
  '',
];
let isSound = true;
for (const { name, document } of DOCUMENTS.filter((one) => values.only === '' || one.name === values.only)) {
  const everyMs = Number(values.every) * 1_000;
  const plan: FleetPlan = { name, document, agents: values.agents, everyMs, chromium, pictures };
  say(document);
  const report = await new FleetRun(plan, say).run();
  isSound &&= report.violations.length === 0;
  const section = fleetLines(plan, report);
  process.stdout.write(`\n${section.join('\n')}\n`);
  lines.push(...section);
  if (values.out !== '') writeFileSync(resolve(values.out), lines.join('\n'));
}
process.exit(isSound ? 0 : 1);
