import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { anyNatsServer, until, WITHOUT_NATS } from '@squados/event-log/testing';
import { PageFeed } from '../testing/page-feed.js';
import { squadosHere } from '../testing/squados-here.js';
import { freePort } from './free-port.js';

const root = resolve(import.meta.dirname, '../../../..');
const program = anyNatsServer();
const itHere = program === undefined ? it.skip : it;
const LINK = /the page \(opens once\): (http:\S+)/;
const DESIGNLESS = 'orchestrator=2,product=2,arch=0,backend=0,frontend=0,infra=0,qa=0';

let folder = '';
let child: ChildProcess | undefined;
let said = '';
let pagePort = 0;
beforeEach(async () => {
  pagePort = await freePort();
  folder = mkdtempSync(join(tmpdir(), 'squados-cluster-'));
  said = '';
});
afterEach(async () => {
  // Told, not killed: it ends its fleet.
  if (child?.exitCode === null) {
    child.kill('SIGINT');
    await until('it has ended', () => child?.exitCode !== null, 60_000);
  }
  rmSync(folder, { recursive: true, force: true });
}, 240_000);

const cluster = (...args: readonly string[]): Promise<number | null> => {
  child = spawn(process.execPath, [join(root, 'apps/cli/bin/squados.mjs'), 'cluster', ...args], {
    cwd: root,
    env: { ...process.env, NATS_SERVER_BIN: program ?? '', SQUADOS_PAGE_PORT: String(pagePort) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((done) => child?.once('close', (code) => done(code)));
};

const logs = (service: string): string => {
  const at = join(folder, 'logs');
  const files = existsSync(at) ? readdirSync(at).filter((name) => name.startsWith(service)) : [];
  return files.map((name) => readFileSync(join(at, name), 'utf8')).join('');
};
/** A process of the fleet. */
const childOf = (app: string): number => {
  const pids = execFileSync('pgrep', ['-P', String(child?.pid), '-f', `${app}/dist/main.js`], { encoding: 'utf8' });
  return Number(pids.split('\n')[0]);
};
const ups = (service: string): number => logs(service).split('"msg":"up"').length - 1;
const completed = (): number => logs('product').split('"CardCompleted"').length - 1;

describe(`squados cluster${program === undefined ? WITHOUT_NATS : ''}`, () => {
  itHere(
    'runs each service as a process of its own, works off the product cards, shows a page every event once over a killed gateway, and stops them all',
    async () => {
      const ended = cluster('--data', folder, '--agents', `${DESIGNLESS},portal-gateway=1`);
      await until('the fleet is told', () => said.includes('5 services on nats://127.0.0.1:'), 60_000);
      const nats = ['--nats', /nats:\/\/127\.0\.0\.1:\d+/.exec(said)![0]];
      const file = 'examples/library.en.md';
      await until('the page is up', () => LINK.test(said), 60_000);
      const page = await PageFeed.enter(LINK.exec(said)![1]!);
      const running = squadosHere(['run', file, '--agents', 'product', '--yes', '--exit', ...nats], { cwd: root });
      await page.readUntil(30);
      process.kill(childOf('portal-gateway'), 'SIGKILL');
      await until('the gateway was started again', () => ups('portal-gateway') === 2, 60_000);
      const run = await running;
      expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('cards     25: 25 done') });
      const verified = await squadosHere(['events', '--verify', ...nats], { cwd: root });
      expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sound: /m) });
      const events = Number(/, (\d+) events, /.exec(verified.stdout)![1]);
      await page.readUntil(events);
      expect([page.keys.length, new Set(page.keys).size]).toEqual([events, events]);
      const again = await squadosHere(['run', file, '--yes', '--exit', '--json', ...nats], { cwd: root });
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('"status": "completed"') });
      expect(completed()).toBe(25);
      expect(logs('orchestrator').split('"msg":"leads"').length - 1).toBe(1);
      const targets = JSON.parse(readFileSync(join(folder, 'metrics-targets.json'), 'utf8')) as { targets: string[] }[];
      const ask = (path: string) => Promise.all(targets.map(({ targets: [at] }) => fetch(`http://${at}${path}`)));
      expect((await ask('/health/ready')).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      const metrics = (await Promise.all((await ask('/metrics')).map((answer) => answer.text()))).join('');
      const done = [...metrics.matchAll(/^squados_cards_total\{agent="product",outcome="completed",.*\} (\d+)$/gm)];
      expect(done.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(completed());
      process.kill(childOf('agent-product'), 'SIGKILL');
      await until('it was started again', () => ups('product') === 3, 60_000);
      child?.kill('SIGINT');
      expect(await ended).toBe(130);
      for (const service of ['orchestrator-1', 'orchestrator-2', 'product-1', 'product-2', 'portal-gateway-1'])
        expect(logs(service)).toContain('"msg":"shutting down"');
    },
    240_000,
  );

  itHere(
    'says what is wrong with what it was asked for, and starts nothing',
    async () => {
      expect(await cluster('--data', folder, '--agents', 'nobody=3')).toBe(2);
      expect(said).toContain('--agents');
      expect(await cluster('--data', folder, '--nats', 'http://me:hunter2@host')).toBe(2);
      expect(said).toContain('--nats');
      expect(said).not.toContain('hunter2');
      expect(readdirSync(folder)).toEqual([]);
    },
    240_000,
  );
});
