import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProductPlan, StartPlan } from '../product-plan.js';
import { commandAs, productAccount } from '../run-as.js';
import { unusedPorts } from '../testing/unused-ports.js';
import { presence, Witness } from '../testing/witness.js';
import { Supervisor } from './supervisor.js';

let dir = '';
let witness: Witness;
const running: Supervisor[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'squados-supervisor-'));
  witness = await Witness.open();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  witness.close();
  rmSync(dir, { recursive: true, force: true });
});

const own = { ...productAccount(), changes: false };
const node = (
  name: string,
  source: string,
  port: number,
  more: Partial<Extract<StartPlan, { kind: 'process' }>> = {},
): StartPlan => ({
  kind: 'process',
  name,
  command: commandAs(own, [process.execPath, '-e', source]),
  cwd: dir,
  env: { PORT: String(port), WITNESS: String(witness.port) },
  ready: { kind: 'tcp', port },
  graceMs: 500,
  stopSignal: 'SIGTERM',
  ...more,
});

const ECHO = `require('http').createServer((q, s) => { s.setHeader('content-type', 'application/json'); s.end(JSON.stringify({ url: q.url, method: q.method, pid: process.pid, secret: process.env.SECRET })); }).listen(+process.env.PORT, '127.0.0.1')`;
const TCP = `require('net').createServer().listen(+process.env.PORT, '127.0.0.1')`;
/** Shows up with the witness once it listens. */
const SEEN_ECHO = `${ECHO}.on('listening', () => { ${presence('backend')} })`;

const planOf = async (starts: (ports: readonly number[]) => readonly StartPlan[]): Promise<ProductPlan> => {
  const ports = await unusedPorts(3);
  const [front = 0, back = 0] = ports;
  const bundle = join(dir, 'bundle.json');
  const page = { 'index.html': '<div id="root"></div>', 'assets/a.js': 'x' };
  writeFileSync(
    bundle,
    JSON.stringify(Object.fromEntries(Object.entries(page).map(([k, v]) => [k, Buffer.from(v).toString('base64')]))),
  );
  const origin = `http://127.0.0.1:${front}`;
  return {
    version: 1,
    key: 'p/DEPLOY-001/1',
    release: 'r',
    title: 'Product',
    store: 'none',
    starts: starts(ports),
    front: {
      port: front,
      bundle,
      backendPort: back,
      proxied: ['/api/', '/health/'],
      config: { apiBase: '/api', token: 't' },
    },
    addresses: { product: `${origin}/`, api: `${origin}/api`, health: `${origin}/health/ready` },
    logs: dir,
  };
};

const started = async (plan: ProductPlan): Promise<Supervisor> => {
  const supervisor = new Supervisor(plan);
  running.push(supervisor);
  await supervisor.start();
  return supervisor;
};

const get = (url: string) =>
  fetch(url).then(async (r) => ({ status: r.status, type: r.headers.get('content-type'), text: await r.text() }));

describe('a supervised product', () => {
  it('is up when store and backend are ready and the page is served, with the backend behind the same address', async () => {
    process.env['SECRET'] = 'ours';
    const plan = await planOf(([, back = 0, store = 0]) => [node('store', TCP, store), node('backend', ECHO, back)]);
    const supervisor = await started(plan);
    expect(supervisor.status()).toMatchObject({
      state: { kind: 'up' },
      processes: [{ name: 'store' }, { name: 'backend' }],
    });
    const { product } = plan.addresses;
    expect(await get(product)).toMatchObject({ status: 200, text: '<div id="root"></div>' });
    expect(await get(`${product}books/1`)).toMatchObject({ status: 200, text: '<div id="root"></div>' });
    expect(await get(`${product}config.json`)).toMatchObject({ text: '{"apiBase":"/api","token":"t"}' });
    expect(await get(`${product}assets/none.js`)).toMatchObject({ status: 404 });
    expect(await get(`${product}..%2f..%2fetc%2fpasswd`)).toMatchObject({ text: '<div id="root"></div>' });
    const answer = JSON.parse((await get(`${product}api/books?page=2`)).text) as Record<string, unknown>;
    expect(answer).toMatchObject({ url: '/api/books?page=2', method: 'GET' });
    expect(answer).not.toHaveProperty('secret');
    delete process.env['SECRET'];
  });

  it('starts a process that dies again, and stops all in the end', async () => {
    const plan = await planOf(([, back = 0]) => [node('backend', SEEN_ECHO, back)]);
    const supervisor = await started(plan);
    const first = supervisor.status().processes[0]?.pid ?? 0;
    process.kill(first, 'SIGKILL');
    const second = await witness.saw('backend', 2);
    expect(await get(`${plan.addresses.api}/x`)).toMatchObject({ status: 200 });
    expect(supervisor.status().processes[0]).toMatchObject({ restarts: 1 });
    expect(second.said).toBe(`backend ${supervisor.status().processes[0]?.pid}`);
    await Promise.all([supervisor.stop(), supervisor.stop()]);
    await second.gone;
    await expect(fetch(plan.addresses.product)).rejects.toThrow();
  });

  it('a process that never stays up fails the product, which stops whole and says what was printed', async () => {
    const plan = await planOf(([, back = 0, store = 0]) => [
      node('store', `${TCP}; ${presence('store')}`, store),
      node('backend', `console.error('no such table'); process.exit(3)`, back),
    ]);
    const supervisor = await started(plan);
    await supervisor.settled;
    expect(supervisor.status().state).toEqual({
      kind: 'failed',
      process: 'backend',
      message: 'it ended with exit code 3',
      excerpt: expect.stringContaining('no such table'),
    });
    await (
      await witness.saw('store')
    ).gone;
  });

  it('a step that fails keeps what comes after it from starting', async () => {
    const step: StartPlan = {
      kind: 'step',
      name: 'migrations',
      command: [process.execPath, '-e', 'process.exit(1)'],
      cwd: dir,
      env: {},
      timeoutMs: 5_000,
    };
    const supervisor = await started(await planOf(([, back = 0]) => [step, node('backend', ECHO, back)]));
    expect(supervisor.status()).toMatchObject({ state: { kind: 'failed', process: 'migrations' }, processes: [] });
  });

  it('a port that was taken meanwhile is a failure with its name', async () => {
    const plan = await planOf(([, back = 0]) => [node('backend', ECHO, back)]);
    await started(plan);
    const second = await started({ ...plan, starts: [] });
    expect(second.status().state).toMatchObject({
      kind: 'failed',
      process: 'frontend',
      message: expect.stringContaining('EADDRINUSE'),
    });
  });

  it('one that ignores the request to stop is killed when its time is up, with the children it made', async () => {
    const child = `process.on('SIGTERM', () => 0); ${presence('child')} setInterval(() => 0, 1e6);`;
    const stubborn = `process.on('SIGTERM', () => 0); require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); ${TCP};`;
    const supervisor = await started(await planOf(([, back = 0]) => [node('backend', stubborn, back)]));
    const seen = await witness.saw('child');
    await supervisor.stop();
    await seen.gone;
  });
});
