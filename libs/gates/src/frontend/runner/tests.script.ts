/** Runs inside the sandbox as `.gates/tests.mjs`. */
export const testsScript = `// jest with the project's own configuration, in this process.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

const root = process.cwd();
const { runCLI } = createRequire(join(root, 'package.json'))('jest');
const COVERAGE = '.gates/coverage';

const testsOf = ({ testFilePath, testResults, failureMessage, testExecError }) => {
  const path = relative(root, testFilePath);
  const broken = testExecError || testResults.length === 0 ? [{ path, name: path, status: 'failed', message: failureMessage ?? 'the file holds no test' }] : [];
  return [
    ...broken,
    ...testResults.map(({ fullName, status, failureMessages, duration }) => ({
      path,
      name: fullName.slice(0, 500),
      status,
      ms: duration ?? 0,
      ...(failureMessages.length > 0 ? { message: failureMessages.join('\\n').slice(0, 1500) } : {}),
    })),
  ];
};

/** A line counts once, by the statement that begins on it. */
const linesOf = ({ statementMap, s }) => {
  const lines = new Map();
  for (const [id, { start }] of Object.entries(statementMap)) lines.set(start.line, Math.max(lines.get(start.line) ?? 0, s[id]));
  const missed = [...lines].filter(([, hits]) => hits === 0).map(([line]) => line);
  return { total: lines.size, missed };
};

const coverage = () => {
  const report = JSON.parse(readFileSync(join(root, COVERAGE, 'coverage-final.json'), 'utf8'));
  return Object.values(report).map((file) => ({ path: relative(root, file.path), ...linesOf(file) }));
};

export default async ({ plan }) => {
  // A build in the same process leaves \`production\` behind.
  process.env.NODE_ENV = 'test';
  const { results } = await runCLI(
    {
      _: plan.tests,
      $0: 'jest',
      runTestsByPath: plan.tests.length > 0,
      runInBand: true,
      ci: true,
      watchman: false,
      silent: true,
      cacheDirectory: join(root, '.gates/jest'),
      coverage: true,
      ...(plan.coverageProvider ? { coverageProvider: plan.coverageProvider } : {}),
      coverageDirectory: COVERAGE,
      coverageReporters: ['json'],
      coverageThreshold: '{}',
      ...(plan.covered.length > 0 ? { collectCoverageFrom: plan.covered } : {}),
    },
    [root],
  );
  return { tests: results.testResults.flatMap(testsOf), coverage: coverage() };
};
`;
