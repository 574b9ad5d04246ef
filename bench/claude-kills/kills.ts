// Kills runs with Claude (the stub) at random moments and takes them up again, under a budget that is used up and raised on the way.
// Holds: the bill never passes the limit; nothing is paid twice but the one call that was in flight at each kill.
// Usage: node bench/claude-kills/run.mjs [--runs 3] [--kills 3] [--seed 1]
import { ClaudeStub, improving } from '@squados/authors/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const KEY = 'sk-ant-kills-0123456789abcdef';
const NANO_USD = 1_000_000_000;
const SLOTS = 4;
const DOCUMENT = `# Book lending\n\n## Functional requirements\n\n### RF001 Lending a book\nA librarian lends a book to a member. A loan has a due date.\n`;

const { values } = parseArgs({
  options: { runs: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } },
});
const runs = Number(values.runs ?? 3);
const kills = Number(values.kills ?? 3);

/** A small generator with a seed, so that a failing run can be repeated. */
const drawFrom = (seed: number) => {
  let state = seed >>> 0 || 1;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const bin = resolve(import.meta.dirname, '../../../apps/cli/bin/squados.mjs');
const started = (args: readonly string[], cwd: string, url: string): ChildProcess =>
  spawn(process.execPath, [process.env['SQUADOS_BIN'] ?? bin, ...args], {
    cwd,
    env: { ...process.env, ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url },
    stdio: 'ignore',
  });
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((settle) => child.once('close', (code) => settle(code)));

const killAfter = async (child: ChildProcess, calls: () => number, more: number): Promise<void> => {
  const due = calls() + more;
  const over = ended(child);
  const poll = setInterval(() => {
    if (calls() >= due) child.kill('SIGKILL');
  }, 5);
  await over;
  clearInterval(poll);
};

interface Held {
  readonly limitUsd: number;
  readonly billedUsd: number;
  readonly calls: number;
  readonly twice: number;
  readonly finished: boolean;
}

const oneRun = async (draw: () => number): Promise<Held> => {
  const cwd = mkdtempSync(join(tmpdir(), 'claude-kills-'));
  const stub = await ClaudeStub.start({ key: KEY, script: async (request) => improving(request) });
  try {
    writeFileSync(join(cwd, 'lending.md'), DOCUMENT);
    const small = 0.07 + draw() * 0.08;
    const data = join(cwd, 'data');
    const first = [
      'run',
      'lending.md',
      '--agents',
      'product',
      'arch',
      '--yes',
      '--exit',
      '--data',
      data,
      '--budget',
      small.toFixed(4),
    ];
    await killAfter(started(first, cwd, stub.url), () => stub.calls.length, 1 + Math.floor(draw() * 4));
    for (let n = 1; n < kills; n++)
      await killAfter(
        started(['up', '--exit', '--data', data], cwd, stub.url),
        () => stub.calls.length,
        1 + Math.floor(draw() * 4),
      );
    await ended(started(['up', '--exit', '--data', data], cwd, stub.url));
    if (stub.billed > small * NANO_USD) throw new Error(`the bill is ${stub.billed} of ${small}`);
    await ended(started(['budget', '--usd', '9', '--data', data], cwd, stub.url));
    const code = await ended(started(['up', '--exit', '--data', data], cwd, stub.url));
    const hashes = stub.calls.flatMap(({ hash }) => hash ?? []);
    const twice = hashes.length - new Set(hashes).size;
    if (twice > kills * SLOTS) throw new Error(`${twice} calls were paid twice with ${kills} kills`);
    return { limitUsd: small, billedUsd: stub.billed / NANO_USD, calls: hashes.length, twice, finished: code === 0 };
  } finally {
    await stub.close();
    rmSync(cwd, { recursive: true, force: true });
  }
};

const draw = drawFrom(Number(values.seed ?? 1));
for (let n = 1; n <= runs; n++) {
  const held = await oneRun(draw);
  process.stdout.write(`run ${n}: ${JSON.stringify(held)}\n`);
  if (!held.finished) process.exitCode = 1;
}
