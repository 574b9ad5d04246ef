// Pictures of the live page and of the product that comes out of it, taken in Chromium while the example runs.
// Usage: node bench/screens/run.mjs [--out FOLDER] [--document examples/library.en.md] [--data FOLDER]
// Needs the toolchains python, postgres and browser (`squados setup`), and the built command. With --data the finished project of
// that folder is opened again instead of run anew.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { productPictures } from './product.mjs';
import { endPictures, runningPictures } from './page.mjs';

const root = resolve(import.meta.dirname, '../..');
/** The command's own tests have it. */
const { chromium } = createRequire(join(root, 'apps/cli/package.json'))('playwright-core');
const squados = join(root, 'apps/cli/bin/squados.mjs');
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'docs/images') },
    document: { type: 'string', default: 'examples/library.en.md' },
    data: { type: 'string' },
  },
});
const out = resolve(options.out);
const work = mkdtempSync(join(tmpdir(), 'squados-screens-'));
const data = options.data === undefined ? join(work, 'data') : resolve(options.data);
const call = (...args) => spawnSync(process.execPath, [squados, ...args], { cwd: root, encoding: 'utf8' });

const program = () => {
  const tools = process.env.SQUADOS_TOOLCHAINS ?? join(root, '.squados-toolchains');
  const folder = readdirSync(tools).find((name) => name.startsWith('browser-'));
  if (folder === undefined) throw new Error('no Chromium here: squados setup browser');
  return join(tools, folder, 'bin/chromium');
};

/** The command as a person types it; its standard input stays open, so that it ends with us. */
const begin = () => {
  const args = options.data === undefined ? ['run', options.document, '--yes'] : ['up'];
  const child = spawn(process.execPath, [squados, ...args, '--data', data, '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  process.once('exit', () => child.kill('SIGTERM'));
  return child;
};

const BOUND_MS = 480_000;
const until = async (what, find) => {
  for (const end = Date.now() + BOUND_MS; Date.now() < end; await new Promise((next) => setTimeout(next, 250))) {
    const found = await find();
    if (found) return found;
  }
  throw new Error(`${what}: not within ${BOUND_MS / 1000} s`);
};

const linkNow = () => {
  const { status, stdout } = call('link', '--data', data, '--json');
  return status === 0 ? JSON.parse(stdout).url : undefined;
};

const main = async () => {
  mkdirSync(out, { recursive: true });
  const child = begin();
  const browser = await chromium.launch({ executablePath: program(), args: ['--no-sandbox'] });
  try {
    const link = await until('the page', linkNow);
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1360, height: 850 } });
    const page = await context.newPage();
    await page.goto(link);
    if (options.data === undefined) await runningPictures(page, out);
    await page.locator('.pill[data-status=completed], .pill[data-status=settled]').waitFor({ timeout: BOUND_MS });
    await endPictures(page, out);
    const product = await page
      .locator('.product a.primary')
      .getAttribute('href', { timeout: 2_000 })
      .catch(() => null);
    if (product !== null) await productPictures(browser, product, out);
  } finally {
    await browser.close();
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;
    rmSync(work, { recursive: true, force: true });
  }
};

await main();
