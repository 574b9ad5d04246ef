// npm test: installs, builds, checks and runs every suite; `node tools/test.mjs libs/board` runs one project's specs.
// The last line is the count of everything together; what was skipped is listed before it, with its reason.
import { bootstrap } from './bootstrap.mjs';
import { beginChaos } from './chaos-beside.mjs';
import { runChecks, runJest } from './checks.mjs';
import { placeToolchains, prepareToolchains } from './prepare-toolchains.mjs';

const say = (text) => process.stdout.write(`${text}\n`);
const started = Date.now();
const project = process.argv[2];

placeToolchains();
if (project) {
  const tests = await runJest(['unit', 'contract', 'int'], [], project);
  process.exit(tests.code);
}

await bootstrap();
// Mostly waiting for registries, so the checks run beside it.
const preparing = prepareToolchains();
const checks = await runChecks();
const missing = await preparing;
const beside = beginChaos();
const tests = await runJest(
  ['unit', 'contract', 'int', 'e2e'],
  ['--coverage', '--coverageReporters=text-summary', '--coverageReporters=json-summary'],
);

const chaos = await beside;
const passed = [...checks.passed, ...chaos.passed];
const failed = [...checks.failed, ...chaos.failed];
if (failed.length > 0) say(`\nFailed checks: ${failed.join(', ')}`);
const skipped = [...missing, ...chaos.skipped, ...tests.skipped];
if (skipped.length > 0) say(`\nSkipped, with the reason:\n${skipped.map((line) => `  ${line}`).join('\n')}`);
say(`\nLongest suites:\n${tests.longest.map(({ file, seconds }) => `  ${seconds.toFixed(0)} s ${file}`).join('\n')}`);
say(`\nTook ${((Date.now() - started) / 60000).toFixed(1)} minutes.`);
say(`${passed.length + tests.passed} passed, ${failed.length + tests.failed} failed, ${skipped.length} skipped`);
process.exit(failed.length > 0 || tests.code !== 0 ? 1 : 0);
