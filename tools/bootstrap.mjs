// Installs and builds what is missing or out of date, and nothing else. Needs Node alone: no dependency may be imported here.
// Usage: node tools/bootstrap.mjs        (npm start and npm test call it)
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = 20;
const cache = join(root, 'node_modules', '.cache', 'squados');

const say = (text) => process.stdout.write(`${text}\n`);
const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(1)} s`;

function fail(message) {
  process.stderr.write(`squados: ${message}\n`);
  process.exit(1);
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  fail(
    `Node ${process.versions.node} is too old. SquadOS needs Node ${OLDEST_NODE} or newer: install it from your system or nodejs.org, then run this again.`,
  );
}

/** Runs a command; its output is shown while it runs, so a long install is never silent. */
function run(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, NX_DAEMON: 'false' } });
    const forward = (signal) => child.kill(signal);
    process.once('SIGINT', forward).once('SIGTERM', forward);
    child.on('error', (error) => fail(`${command} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      process.removeListener('SIGINT', forward).removeListener('SIGTERM', forward);
      done(signal ? 130 : code);
    });
  });
}

const digest = (texts) => texts.reduce((hash, text) => hash.update(text), createHash('sha256')).digest('hex');

function manifests() {
  const projects = ['libs', 'apps'].flatMap((dir) =>
    readdirSync(join(root, dir)).map((name) => join(dir, name, 'package.json')),
  );
  return ['package.json', 'package-lock.json', '.npmrc', ...projects]
    .filter((file) => existsSync(join(root, file)))
    .sort();
}

function sources(dir, found = []) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(dir, entry.name);
    if (entry.isDirectory()) sources(path, found);
    else if (/\.(ts|tsx|mjs|json|css|html)$/.test(entry.name) && !/\.spec\.tsx?$/.test(entry.name)) found.push(path);
  }
  return found;
}

const stampOf = (name) => join(cache, `${name}.stamp`);
const isCurrent = (name, value) => existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === value;

function mark(name, value) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(stampOf(name), value);
}

async function install() {
  const wanted = digest(manifests().map((file) => `${file}\n${readFileSync(join(root, file), 'utf8')}`));
  if (isCurrent('install', wanted)) return 'up to date';
  const started = Date.now();
  say('Installing dependencies (npm ci; once, a minute or two) …');
  const npm =
    process.env.npm_execpath && /\.c?js$/.test(process.env.npm_execpath)
      ? [process.execPath, [process.env.npm_execpath]]
      : ['npm', []];
  const code = await run(npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) fail(`npm ci ended with ${code}. Its own words are above; a second "npm start" goes on from here.`);
  mark('install', wanted);
  return seconds(started);
}

async function build() {
  const files = [
    ...sources(join(root, 'libs')),
    ...sources(join(root, 'apps')),
    join(root, 'tools', 'bundle.mjs'),
    join(root, 'tsconfig.base.json'),
  ].sort();
  const wanted = digest(files.map((file) => `${relative(root, file)}\n${readFileSync(file, 'utf8')}`));
  if (isCurrent('build', wanted) && existsSync(join(root, 'apps', 'cli', 'dist', 'main.js'))) return 'up to date';
  const started = Date.now();
  say('Building the apps …');
  const code = await run(process.execPath, [
    join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'),
    'run-many',
    '-t',
    'build',
    '--outputStyle=static',
  ]);
  if (code !== 0) fail(`the build ended with ${code}; its own words are above.`);
  mark('build', wanted);
  return seconds(started);
}

/** The pinned packages that generated frontends are built with: an install apart from our own, which `squados setup` knows how to make. */
async function webToolchain() {
  const pins = join(root, 'toolchains', 'web');
  const place = process.env.SQUADOS_TOOLCHAINS ?? '';
  const files = readdirSync(pins).filter((name) => name !== 'node_modules');
  const wanted = digest([place, ...files.sort().map((name) => `${name}\n${readFileSync(join(pins, name), 'utf8')}`)]);
  const installs = place === '' ? join(root, '.squados-toolchains') : resolve(place);
  if (isCurrent('web', wanted) && existsSync(installs)) return 'up to date';
  const started = Date.now();
  say('Installing what generated frontends are built with (once, under a minute) …');
  const code = await run(process.execPath, [join(root, 'apps', 'cli', 'bin', 'squados.mjs'), 'setup', 'web']);
  if (code === 130) process.exit(code);
  if (code !== 0) return 'failed: gates of frontends will refer until "squados setup web" succeeds';
  mark('web', wanted);
  return seconds(started);
}

function megabytes(dir) {
  if (!existsSync(dir)) return 0;
  let bytes = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += lstatSync(join(entry.parentPath ?? entry.path, entry.name)).size;
  }
  return Math.round(bytes / 1e6);
}

export async function bootstrap() {
  requireNode();
  const installed = await install();
  const built = await build();
  const web = await webToolchain();
  if ([installed, built, web].every((step) => step === 'up to date')) return;
  const sizes = `node_modules ${megabytes(join(root, 'node_modules'))} MB, bundles ${readdirSync(join(root, 'apps')).reduce((sum, app) => sum + megabytes(join(root, 'apps', app, 'dist')), 0)} MB`;
  say(`Ready. install: ${installed}, build: ${built}, web toolchain: ${web}; ${sizes}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bootstrap();
