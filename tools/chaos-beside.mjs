// A minute of faults over a small fleet (bench/chaos), beside the suites: it mostly waits for processes that come up and go.
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { root } from './checks.mjs';

const ARGS = ['--seconds', '60', '--seed', '4', '--agents', 'product'];
const NAME = 'chaos: a minute of faults';
/** The suites come first where both want a core; it still gets a quarter of one. */
const NICENESS = 5;
const USAGE = 2;

/** What the report has to say besides that nothing was violated: something was acknowledged, and the verifier looked at it. */
const EXPECTED = [
  /^\| faults together .*\| [1-9]\d* /m,
  /^\| events acknowledged to their writers, of them lost \| [1-9]\d*, 0 \|$/m,
  /^\| `squados events --verify --nats` \| sound: [^|]*/m,
  /^\| violations \| 0 \|$/m,
];

const wordsOf = (said, pattern) => pattern.exec(said)?.[0].replace(/[|`]/g, '').replace(/ +/g, ' ').trim();

/**
 * Begins it and does not wait. Its output is shown in one piece, when it has ended.
 * @returns what becomes of it: names as `runChecks` gives them, and why it was skipped where there is no server
 */
export function beginChaos() {
  const began = Date.now();
  const child = spawn(process.execPath, [join(root, 'bench', 'chaos', 'run.mjs'), ...ARGS], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  setPriority(child.pid, NICENESS); // before it has children, which inherit it
  const forward = (signal) => child.kill(signal);
  process.once('SIGINT', forward).once('SIGTERM', forward);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((done) =>
    child.once('close', (code) => {
      process.removeListener('SIGINT', forward).removeListener('SIGTERM', forward);
      done(resultOf(code, said, ((Date.now() - began) / 1000).toFixed(1)));
    }),
  );
}

function resultOf(code, said, seconds) {
  if (code === USAGE) return { passed: [], failed: [], skipped: [`${NAME}: ${said.trim()}`] };
  const facts = EXPECTED.map((pattern) => wordsOf(said, pattern));
  if (code === 0 && facts.every((fact) => fact !== undefined)) {
    process.stdout.write(`ok   ${NAME} (${seconds} s): ${facts.join('; ')}\n`);
    return { passed: [NAME], failed: [], skipped: [] };
  }
  process.stdout.write(`${said}FAIL ${NAME} (${seconds} s)\n`);
  return { passed: [], failed: [NAME], skipped: [] };
}
