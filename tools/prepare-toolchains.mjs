// What the suites build and test generated code with: installs what is missing and says what cannot be had here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './checks.mjs';

const say = (text) => process.stdout.write(`${text}\n`);

/**
 * Tells every child where toolchains lie: where the environment says; else in this checkout, if they are there; else in the
 * person's cache folder, so that the next fresh clone on this machine finds them.
 */
export function placeToolchains() {
  const here = join(root, '.squados-toolchains');
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'squados', 'toolchains');
  process.env.SQUADOS_TOOLCHAINS ||= existsSync(here) ? here : cache;
}

/** Runs `squados setup all`; its output is shown when it has ended, since other things run beside it. */
function setUpAll() {
  const command = [join(root, 'apps', 'cli', 'bin', 'squados.mjs'), 'setup', 'all', '--system', '--json'];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const forward = (signal) => child.kill(signal);
  process.once('SIGINT', forward).once('SIGTERM', forward);
  let told = '';
  let progress = '';
  child.stdout.on('data', (chunk) => (told += chunk));
  child.stderr.on('data', (chunk) => (progress += chunk));
  return new Promise((done) => {
    child.on('error', (error) => done({ told, progress: error.message }));
    child.on('close', () => {
      process.removeListener('SIGINT', forward).removeListener('SIGTERM', forward);
      done({ told, progress });
    });
  });
}

function resultsOf(told, progress) {
  try {
    return JSON.parse(told).toolchains;
  } catch {
    return [{ name: 'all', state: 'failed', says: progress.trim(), remedy: [] }];
  }
}

/**
 * Installs toolchains where they are missing.
 * @returns one line for each that cannot be had, with its reason
 */
export async function prepareToolchains() {
  const started = Date.now();
  const { told, progress } = await setUpAll();
  const results = resultsOf(told, progress);
  say(`\nToolchains (${((Date.now() - started) / 1000).toFixed(1)} s)\n${progress.trimEnd()}`);
  return results
    .filter(({ state }) => state === 'failed')
    .map(({ name, says, remedy }) => `toolchain ${name} and the specs that need it: ${[says, ...remedy].join(' | ')}`);
}
