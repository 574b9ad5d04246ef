// The static checks (format, lint, boundaries, types, dead code) and jest, as steps that can be counted.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const nativeTsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const env = () => ({
  ...process.env,
  NX_DAEMON: 'false',
  // One process holds the types of every project (lint) or all suites (jest): more than the default heap.
  NODE_OPTIONS:
    `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings --max-old-space-size=6144`.trim(),
});

export function run(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: env() });
    child.on('error', (error) => done({ code: 1, error }));
    child.on('exit', (code, signal) => done({ code: signal ? 1 : code }));
  });
}

/** Like `run`, but its output comes as one text at the end, so that two at a time can be read. */
function runAside(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: env() });
    const parts = [];
    child.stdout.on('data', (chunk) => parts.push(chunk));
    child.stderr.on('data', (chunk) => parts.push(chunk));
    child.on('error', (error) => done({ code: 1, said: error.message }));
    child.on('close', (code, signal) => done({ code: signal ? 1 : code, said: Buffer.concat(parts).toString() }));
  });
}

/** Two lines of work for two cores. The boundary rule reads Nx's project graph, which a fresh checkout has to compute first. */
const LINES = [
  [
    { name: 'project graph', command: [bin('nx'), 'show', 'projects'] },
    { name: 'lint and boundaries', command: [bin('eslint'), 'libs', 'apps', 'bench'] },
  ],
  [
    // The native compiler; eslint reads types with the one in JavaScript that its rules are written against.
    { name: 'types', command: [process.execPath, nativeTsc, '-p', '.'] },
    { name: 'cycles and orphans', command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'libs', 'apps'] },
    { name: 'dead code', command: [bin('knip'), '--no-config-hints'] },
    { name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  ],
];

/** Runs every static check; a failed one does not keep the others from running. Returns the names of both kinds. */
export async function runChecks() {
  const result = { passed: [], failed: [] };
  const check = async ({ name, command }) => {
    const started = Date.now();
    const { code, said } = await runAside(command[0], command.slice(1));
    if (code !== 0) process.stdout.write(said);
    process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    result[code === 0 ? 'passed' : 'failed'].push(name);
  };
  await Promise.all(
    LINES.map(async (line) => {
      for (const each of line) await check(each);
    }),
  );
  return result;
}

/**
 * Runs jest over the files whose name has one of these suffixes.
 * @param levels e.g. ['unit', 'contract']
 * @param extra further jest arguments
 * @param below only files below this path of the checkout
 * @returns counts, the titles of skipped tests, the longest files and the exit code
 */
export async function runJest(levels, extra = [], below = '') {
  const out = join(root, 'node_modules', '.cache', 'squados');
  mkdirSync(out, { recursive: true });
  const file = join(out, `jest-${levels.join('-')}.json`);
  const pattern = `${below.replace(/[.+]/g, '\\$&')}.*\\.(${levels.join('|')})\\.spec\\.(ts|tsx|mjs)$`;
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [
    jest,
    '--testPathPatterns',
    pattern,
    // One core would wait while a spec waits for its compiler or database.
    '--maxWorkers=2',
    // A worker keeps the modules and the coverage of every file that it ran: after a hundred files each takes twice as long.
    '--workerIdleMemoryLimit=400MB',
    '--json',
    '--outputFile',
    file,
    ...extra,
  ]);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return { code, ...count(report) };
}

function count(report) {
  const tests = report.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, file: relative(root, suite.name) })),
  );
  const skipped = tests
    .filter((test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status))
    .map((test) => `${test.file}: ${test.fullName}`);
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + report.numRuntimeErrorTestSuites,
    skipped,
    longest: longest(report),
  };
}

/** Where the time goes: what took longest, in seconds. */
function longest(report) {
  return report.testResults
    .map(({ name, startTime, endTime }) => ({ file: relative(root, name), seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 10);
}
