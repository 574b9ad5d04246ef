/**
 * The program that runs inside the sandbox: starts the service with a store of its own, serves the built page with the API behind it,
 * goes through the plan in a real browser, and writes what it saw to `e2e.json`. Plain JavaScript: it is run as it stands.
 */
export const E2E_DRIVER = String.raw`import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname, join } from 'node:path';

const setup = JSON.parse(readFileSync('e2e-setup.json', 'utf8'));
const { plan } = setup;
const API_PORT = 9101;
const PAGE_PORT = 9102;
const STORE_PORT = 9103;
/** Each that fails waits for its time; so many say enough. */
const ENOUGH_FAILED = 8;
const TOKEN = 'e2e-' + Math.random().toString(36).slice(2);
const api = 'http://127.0.0.1:' + API_PORT + plan.apiBase;
const report = { steps: [], serverErrors: [], pageErrors: [], logs: '' };
const children = [];

const save = () => writeFileSync('e2e.json', JSON.stringify(report));
const step = async (what, half, run) => {
  const began = performance.now();
  try {
    await run();
    report.steps.push({ what, half, ok: true, ms: Math.round(performance.now() - began) });
    return true;
  } catch (error) {
    const message = String(error?.message ?? error).split('\n').slice(0, 6).join(' ').slice(0, 600);
    report.steps.push({ what, half, ok: false, ms: Math.round(performance.now() - began), message });
    return false;
  }
};
const must = (holds, words) => {
  if (!holds) throw new Error(words);
};
const start = (command, options) => {
  const child = spawn(command[0], command.slice(1), { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const keep = (chunk) => (report.logs = (report.logs + chunk).slice(-6000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', keep);
  children.push(child);
  return child;
};
const once = (command, options) => {
  const ran = spawnSync(command[0], command.slice(1), { ...options, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(command.join(' ') + ': ' + (ran.stderr || ran.stdout || ran.error?.message || '').slice(-1500));
};
const until = async (what, holds) => {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(what + ' was not there after 30 s');
};

async function startStore() {
  if (!setup.postgres) return 'sqlite:///' + join(process.cwd(), 'e2e.sqlite3');
  const { initdb, postgres } = setup.postgres;
  once([initdb, '-D', 'pgdata', '-U', 'product', '--auth=trust', '--locale=C.UTF-8', '--encoding=UTF8'], {});
  start([postgres, '-D', 'pgdata', '-p', String(STORE_PORT), '-k', process.cwd(), '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'], {});
  const { connect } = await import('node:net');
  await until('the store', () => new Promise((resolve) => {
    const socket = connect(STORE_PORT, '127.0.0.1', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  }));
  return 'postgresql://product@127.0.0.1:' + STORE_PORT + '/postgres';
}

async function startService(url) {
  const env = { ...process.env, DATABASE_URL: url, API_TOKENS: TOKEN, HOST: '127.0.0.1', PORT: String(API_PORT) };
  for (const command of setup.service.before) once(command, { cwd: 'backend', env });
  const child = start(setup.service.command, { cwd: 'backend', env });
  await until('the service', async () => {
    if (child.exitCode !== null) return true;
    // The build that follows outlasts what the service keeps a connection for.
    return (await fetch('http://127.0.0.1:' + API_PORT + '/health/ready', { headers: { connection: 'close' } })).status === 200;
  });
  must(child.exitCode === null, 'the service ended with exit code ' + child.exitCode + ': ' + report.logs.slice(-600));
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

async function startPage() {
  once(setup.build, { cwd: 'frontend', env: { ...process.env, NODE_ENV: 'production' } });
  const server = createServer((question, answer) => {
    const path = new URL(question.url, 'http://page').pathname;
    if (path.startsWith(plan.apiBase + '/')) {
      const onward = request({ host: '127.0.0.1', port: API_PORT, method: question.method, path: question.url, headers: question.headers }, (reply) => {
        if (reply.statusCode >= 500) report.serverErrors.push(question.method + ' ' + question.url + ': ' + reply.statusCode);
        answer.writeHead(reply.statusCode, reply.headers);
        reply.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      return question.pipe(onward);
    }
    if (path === '/config.json') return answer.setHeader('content-type', 'application/json').end(JSON.stringify({ apiBase: plan.apiBase, token: TOKEN }));
    const file = join('frontend/dist', path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return answer.writeHead(404).end();
    answer.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(PAGE_PORT, '127.0.0.1', resolve));
}

const call = async (method, path, body, etag) => {
  const headers = { authorization: 'Bearer ' + TOKEN, ...(body ? { 'content-type': 'application/json' } : {}), ...(etag ? { 'if-match': etag } : {}) };
  const answer = await fetch(api + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  return { status: answer.status, etag: answer.headers.get('etag'), value: text ? JSON.parse(text) : undefined, text };
};

const entityOf = (resource) => plan.entities.find((entity) => entity.resource === resource);
const seeds = new Map();

async function seed(resource) {
  if (seeds.has(resource)) return seeds.get(resource);
  const entity = entityOf(resource);
  const body = { ...entity.body };
  for (const input of entity.inputs) if (input.control === 'relation') body[input.name] = await seed(input.target);
  const made = await call('POST', '/' + resource, body);
  must(made.status === 201, 'POST /' + resource + ' answered ' + made.status + ': ' + made.text.slice(0, 300));
  seeds.set(resource, made.value.id);
  return made.value.id;
}

async function fill(page, entity, key) {
  for (const input of entity.inputs) {
    const value = key === 'edited' ? input.edited : input.value;
    if (value === undefined || (key === 'edited' && input.control === 'relation')) continue;
    const field = page.locator('form.form [name="' + input.name + '"]');
    if (input.control === 'check') await field.setChecked(value === 'true');
    else if (input.control === 'choice') await field.selectOption(value);
    else if (input.control === 'relation') {
      const id = await seed(input.target);
      await field.locator('option[value="' + id + '"]').waitFor({ state: 'attached' });
      await field.selectOption(id);
    } else await field.fill(value);
  }
}

async function submit(page, leaving) {
  await page.locator('form.form button[type=submit]').click();
  try {
    await page.waitForFunction((hash) => location.hash !== hash, leaving);
  } catch {
    const told = await page.locator('.error, [role=alert]').allInnerTexts();
    throw new Error('the form was not taken: ' + (told.join('; ') || 'it says nothing'));
  }
}

async function walk(page, entity) {
  const at = (path) => page.goto('http://127.0.0.1:' + PAGE_PORT + '/#/' + entity.resource + path);
  const name = entity.name;
  let id = '';
  const made = await step(name + ': the API makes and deletes the sample', 'backend', async () => {
    const body = { ...entity.body };
    for (const input of entity.inputs) if (input.control === 'relation') body[input.name] = await seed(input.target);
    const row = await call('POST', '/' + entity.resource, body);
    must(row.status === 201, 'POST answered ' + row.status + ': ' + row.text.slice(0, 400));
    const gone = await call('DELETE', '/' + entity.resource + '/' + row.value.id, undefined, row.etag);
    must(gone.status === 204, 'DELETE answered ' + gone.status + ': ' + gone.text.slice(0, 400));
  });
  if (!made) return;
  const created = await step(name + ': created in the browser', 'frontend', async () => {
    await at('/new');
    await page.locator('form.form').waitFor();
    await fill(page, entity, 'value');
    await submit(page, '#/' + entity.resource + '/new');
    const rows = await call('GET', '/' + entity.resource + '?size=1');
    must(rows.value.total === 1 + (seeds.has(entity.resource) ? 1 : 0), 'the API holds ' + rows.value.total + ' rows');
    id = rows.value.items[0].id;
    for (const [key, value] of Object.entries(entity.body))
      if (typeof value === 'string' && !/^\d|T\d/.test(value)) must(rows.value.items[0][key] === value, key + ' was stored as ' + JSON.stringify(rows.value.items[0][key]));
  });
  if (!created) return;
  await step(name + ': found in its list', 'frontend', async () => {
    await at('');
    await page.locator('a[href="#/' + entity.resource + '/' + id + '"]').first().waitFor();
    if (entity.shown) must((await page.locator('main').innerText()).includes(entity.shown), 'its list does not show ' + entity.shown);
  });
  const change = entity.inputs.find((input) => input.edited !== undefined && input.edited !== input.value);
  if (change)
    await step(name + ': edited', 'frontend', async () => {
      await at('/' + id + '/edit');
      await page.locator('form.form [name="' + change.name + '"]').waitFor();
      await fill(page, { ...entity, inputs: [change] }, 'edited');
      await submit(page, '#/' + entity.resource + '/' + id + '/edit');
      const row = await call('GET', '/' + entity.resource + '/' + id);
      must(String(row.value[change.name]) === change.edited || Number(row.value[change.name]) === Number(change.edited), change.name + ' is still ' + JSON.stringify(row.value[change.name]));
    });
  await step(name + ': deleted after it was asked for', 'frontend', async () => {
    await at('/' + id);
    await page.locator('main .button-danger').first().click();
    await page.locator('dialog .button-danger').click();
    await page.waitForFunction((hash) => location.hash !== hash, '#/' + entity.resource + '/' + id);
    must((await call('GET', '/' + entity.resource + '/' + id)).status === 404, 'the row is still there');
  });
}

const up = (await step('the service starts', 'backend', async () => startService(await startStore()))) && (await step('the page builds', 'frontend', startPage));
if (up) {
  const { chromium } = await import(setup.playwright);
  const browser = await chromium.launch({ executablePath: setup.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  report.browser = browser.version();
  const page = await browser.newPage();
  page.setDefaultTimeout(15000);
  page.on('pageerror', (error) => report.pageErrors.push(String(error).slice(0, 300)));
  for (const resource of plan.tested) {
    if (report.steps.filter(({ ok }) => !ok).length >= ENOUGH_FAILED) break;
    await walk(page, entityOf(resource));
  }
  await browser.close();
}
save();
for (const child of children.reverse()) child.kill('SIGKILL');
process.exit(0);
`;
