// npm run verify: everything that needs no server and no long wait: static checks, build, unit and contract tests.
import { bootstrap } from './bootstrap.mjs';
import { runChecks, runJest } from './checks.mjs';

await bootstrap();
const checks = await runChecks();
const tests = await runJest(['unit', 'contract']);
const failed = checks.failed.length + tests.failed;
process.stdout.write(
  `${checks.passed.length + tests.passed} passed, ${failed} failed, ${tests.skipped.length} skipped\n`,
);
process.exit(failed > 0 || tests.code !== 0 ? 1 : 0);
