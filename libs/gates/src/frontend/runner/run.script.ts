import { SAY } from './say.script.js';

/** Runs inside the sandbox as `.gates/run.mjs`. */
export const runScript = `// Runs the checks that the plan names, one after the other in one process, and says after each how it came out. The mark at the
// beginning of a line is known to the plan alone, which is gone before any line of the project is executed.
import { readFileSync, rmSync, writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const PLAN = '.gates/plan.json';
const plan = JSON.parse(readFileSync(PLAN, 'utf8'));
rmSync(PLAN);
for (const flag of plan.engine ?? []) setFlagsFromString(flag);

${SAY}

const shared = {};
for (const step of plan.steps) {
  const started = { at: performance.now(), cpu: process.cpuUsage() };
  const { default: check } = await import(\`./\${step}.mjs\`);
  const result = await Promise.resolve(check({ plan, shared })).catch((error) => ({ broken: String(error?.stack ?? error) }));
  const { user, system } = process.cpuUsage(started.cpu);
  say(plan.mark, { step, result, ms: Math.round(performance.now() - started.at), cpuMs: Math.round((user + system) / 1000) });
}
process.exit(0);
`;
