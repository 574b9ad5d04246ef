import {
  ClaudeStub,
  fails,
  improving,
  improvingWith,
  isJudging,
  judging,
  type StubCall,
} from '@squados/authors/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cost } from './views/cost.js';
import { endAll, ensureBundle, squados, type Ended } from './testing/squados-process.js';

const KEY = 'sk-ant-e2e-0123456789abcdefghijklmnop';
const DOCUMENT = `# Book lending

## Functional requirements

### RF001 Lending a book
A librarian lends a book to a member. A loan has a due date.

- A member has at most five loans
- A book that is lent cannot be lent again

## Background

${Array.from({ length: 60 }, (_, n) => `In branch ${n + 1} loans are written into a ledger by hand, and a clerk copies them at night.`).join('\n')}
`;

/** What an author is told whose version did not pass. */
const REJECTED = 'The checks rejected this version';

let cwd: string;
let stub: ClaudeStub | undefined;
const run = (...args: readonly string[]): Promise<Ended> =>
  squados(args, { cwd, env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: stub?.url } });
const runDocument = (agents: readonly string[], ...more: readonly string[]): Promise<Ended> =>
  run('run', 'lending.md', '--agents', ...agents, '--yes', '--exit', '--json', ...more);

interface Summary {
  readonly status: string;
  readonly data: string;
  readonly cost?: Cost;
  readonly tally: { readonly cards: number; readonly byState: Readonly<Record<string, number>> };
}
const summaryOf = ({ stdout, stderr }: Ended): Summary => {
  if (!stdout.startsWith('{')) throw new Error(`${stdout}\n${stderr}`);
  return JSON.parse(stdout) as Summary;
};

/** Every file below a folder that holds a text. */
const holding = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));

beforeAll(() => ensureBundle(), 120_000);
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'squados-claude-'));
  writeFileSync(join(cwd, 'lending.md'), DOCUMENT);
});
afterEach(async () => {
  endAll();
  await stub?.close();
  rmSync(cwd, { recursive: true, force: true });
});

const inputShare = (calls: readonly StubCall[]): number => {
  const usages = calls.flatMap(({ usage }) => (usage ? [usage] : []));
  const read = usages.reduce((sum, u) => sum + u.read, 0);
  return read / usages.reduce((sum, u) => sum + u.input + u.read + u.write5m + u.write1h, 0);
};

describe('a run with Claude', () => {
  it('delivers through faults, accounts to the last billionth, repeats from its record, and tells no secret', async () => {
    const faults = {
      1: () => fails(429, { retryAfter: 1 }),
      4: () => fails(529, { retryAfter: 1 }),
      6: () => fails(500),
    };
    const script = improvingWith(faults);
    let judgements = 0;
    stub = await ClaudeStub.start({
      key: KEY,
      script: (request, index) =>
        isJudging(request) && judgements++ === 0 ? judging(request, 6.5) : script(request, index),
    });
    const summary = summaryOf(await runDocument(['product', 'arch']));
    expect(summary).toMatchObject({ status: 'completed', tally: { byState: { DONE: summary.tally.cards } } });
    expect(summary.cost?.nanoUsd).toBe(stub.billed);
    expect(summary.cost?.calls).toBe(stub.calls.filter(({ usage }) => usage).length);
    const byAgent = new Map<string, StubCall[]>();
    for (const call of stub.calls.filter(({ usage }) => usage)) {
      const agent = JSON.stringify(call.request?.system);
      byAgent.set(agent, [...(byAgent.get(agent) ?? []), call]);
    }
    expect(byAgent.size).toBe(3);
    const judged = stub.calls.filter(({ usage, request }) => usage && request && isJudging(request)).length;
    expect(summary.cost?.judged).toEqual({ passed: judged - 1, rejected: 1, referred: 0 });
    const mended = stub.calls.filter(
      ({ usage, request }) => usage && JSON.stringify(request?.messages).includes(REJECTED),
    );
    expect(summary.cost?.repairs).toBe(mended.length);
    const authors = [...byAgent].filter(([system]) => !system.includes('You judge work'));
    for (const [, calls] of authors) expect(inputShare(calls.slice(1))).toBeGreaterThanOrEqual(0.8);
    expect(await run('events', '--verify', '--data', summary.data)).toMatchObject({ code: 0 });
    const asked = stub.calls.length;
    const again = await run('rerun', '--recorded', '--data', summary.data, '--json');
    expect(again.stderr).toMatch(/(\d+) of \1 cards byte-equal/);
    expect(again.code).toBe(0);
    expect(stub.calls).toHaveLength(asked);
    expect(holding(cwd, KEY)).toEqual([]);
    expect(JSON.stringify(stub.calls)).not.toContain(KEY);
  }, 600_000);

  it('stops at its budget, never beyond, and goes on without paying twice once it is raised', async () => {
    stub = await ClaudeStub.start({ key: KEY, script: improving });
    const first = summaryOf(await runDocument(['product'], '--budget', '0.12'));
    expect(first.status).toBe('paused');
    expect(stub.billed).toBeLessThanOrEqual(120_000_000);
    const paid = new Set(stub.calls.map(({ hash }) => hash));
    expect(paid.size).toBeGreaterThan(3);
    expect((await run('budget', '--usd', '5', '--data', first.data)).code).toBe(0);
    const second = summaryOf(await run('up', '--data', first.data, '--exit', '--json'));
    expect(second).toMatchObject({ status: 'completed' });
    expect(new Set(stub.calls.map(({ hash }) => hash)).size).toBe(stub.calls.length);
    expect(second.cost?.nanoUsd).toBe(stub.billed);
  }, 600_000);
});
