import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClaudeStub, improving, type StubScript } from '@squados/authors/testing';
import type { SquadEvent } from '@squados/contracts';
import { anyNatsServer, until, WITHOUT_NATS } from '@squados/event-log/testing';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import type { Cost } from '../views/cost.js';

const root = resolve(import.meta.dirname, '../../../..');
const program = anyNatsServer();
const itHere = program === undefined ? it.skip : it;
const KEY = 'sk-ant-on-nats-0123456789abcdefghij';
const FLEET = 'orchestrator=1,product=2,arch=0,backend=0,frontend=0,infra=0,qa=0,portal-gateway=0';
const DOCUMENT = `# Book lending

## Functional requirements

### RF001 Lending a book
A librarian lends a book to a member. A loan has a due date.
`;
/** The call that a worker dies in. */
const DEADLY = 4;
const SLOW_MS = 400;

let folder = '';
let stub: ClaudeStub;
let child: ChildProcess | undefined;
let said = '';
let nats = '';
let dyingCard: string | undefined;

const script: StubScript = (request, index) => {
  const reply = improving(request);
  if (index !== DEADLY) return reply;
  dyingCard = /"id": "([A-Z]+-\d+)"/.exec(JSON.stringify(request.messages[0]).replaceAll('\\"', '"'))?.[1];
  return { ...reply, paceMs: SLOW_MS };
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'squados-claude-on-nats-'));
  writeFileSync(join(folder, 'lending.md'), DOCUMENT);
  [said, nats, dyingCard] = ['', '', undefined];
  stub = await ClaudeStub.start({ key: KEY, script });
  child = spawn(
    process.execPath,
    [join(root, 'apps/cli/bin/squados.mjs'), 'cluster', '--data', join(folder, 'fleet'), '--agents', FLEET],
    {
      cwd: root,
      env: {
        ...process.env,
        ...{ NATS_SERVER_BIN: program ?? '', SQUADOS_CONCURRENCY: '1', SQUADOS_LEASE: '2s' },
        ...{ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: stub.url },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
});
afterEach(async () => {
  if (child?.exitCode === null) {
    child.kill('SIGINT');
    await until('the fleet has ended', () => child?.exitCode !== null, 60_000);
  }
  await stub.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

const at = (...args: readonly string[]): Promise<Heard> =>
  squadosHere([...args, '--nats', nats], { cwd: folder, env: {} });
const eventsOfLog = async (): Promise<readonly SquadEvent[]> =>
  (await at('events', '--json')).json<readonly { readonly event: SquadEvent }[]>().map(({ event }) => event);
const environmentOf = (pid: number): string => readFileSync(`/proc/${pid}/environ`, 'utf8');
const processesOf = (app: string): readonly number[] =>
  execFileSync('pgrep', ['-P', String(child?.pid), '-f', `${app}/dist/main.js`], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

/** The worker that holds a card, by the log. */
const workerOn = async (card: string): Promise<string> => {
  const started = (await eventsOfLog()).filter((event) => event.type === 'CardStarted' && event.subject.endsWith(card));
  const last = started.at(-1);
  return last?.type === 'CardStarted' ? last.data.worker : '';
};

const killIn = async (card: string): Promise<void> => {
  const worker = await workerOn(card);
  const [pid] = processesOf('agent-product').filter((one) => environmentOf(one).includes(`SQUADOS_WORKER=${worker}\0`));
  process.kill(pid!, 'SIGKILL');
};

const files = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe(`agents with a key on NATS${program === undefined ? WITHOUT_NATS : ''}`, () => {
  itHere(
    'write with Claude within the budget of the log, also when one dies in a call',
    async () => {
      await until('the server is told', () => /services on nats:/.test(said), 60_000);
      nats = /nats:\/\/127\.0\.0\.1:\d+/.exec(said)![0];
      expect(said).toContain('author: Claude at 127.0.0.1');
      const args = ['run', 'lending.md', '--agents', 'product', '--yes', '--exit', '--json', '--budget', '3'];
      const running = at(...args);
      await until('a call is under way', () => dyingCard !== undefined, 60_000);
      await killIn(dyingCard!);
      const run = await running;
      expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('"status": "completed"') });
      const { cost } = run.json<{ cost: Cost }>();
      const events = await eventsOfLog();
      const called = events.flatMap((e) => (e.type === 'ModelCalled' ? [e.data] : []));
      const begun = events.flatMap((e) => (e.type === 'ModelCallBegun' ? [e.data] : []));
      const charged = cost.nanoUsd - called.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0);
      expect(begun.map(({ reserved }) => reserved.nanoUsd)).toContain(charged); // the call that it died in
      expect(cost.nanoUsd).toBeGreaterThanOrEqual(stub.billed);
      expect(cost.nanoUsd).toBeLessThanOrEqual(cost.limitNanoUsd!);
      const hashes = stub.calls.flatMap(({ hash }) => hash ?? []);
      expect(hashes.length - new Set(hashes).size).toBe(1);
      const authors = events.flatMap((e) => (e.type === 'CardCompleted' ? [e.data.author] : []));
      expect(authors.filter((author) => author.startsWith('claude'))).toHaveLength(4);
      expect(environmentOf(processesOf('orchestrator')[0]!)).not.toContain(KEY);
      expect(files().filter((file) => readFileSync(file).includes(KEY))).toEqual([]);
    },
    180_000,
  );
});
