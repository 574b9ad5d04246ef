import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '@squados/gates/sandbox';
import type { Toolchain, Toolchains } from '@squados/gates/toolchains';
import type { LocalDeployerOptions } from '../local-deployer.js';
import type { Release } from '../deployer.port.js';
import { presence } from './witness.js';

/** Programs that behave like the real ones as far as a deployment can tell, each known to the witness while it lives. */
const PROGRAMS: Readonly<Record<string, string>> = {
  python: `if (process.argv.includes('up')) {
  const { existsSync } = require('fs');
  while (existsSync(process.env.HOLD)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  process.exit(0);
}
${presence('backend')}
require('http').createServer((request, response) => response.end(process.env.DATABASE_URL)).listen(+process.env.PORT, '127.0.0.1');`,
  initdb: `${presence('initdb')}
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('fs');
const data = process.argv[process.argv.indexOf('-D') + 1];
if (existsSync(data)) { console.error(data + ' is not empty'); process.exit(1); }
mkdirSync(data);
writeFileSync(data + '/PG_VERSION', '15');
if (existsSync(process.env.HANG)) setInterval(() => undefined, 1e6);
else { writeFileSync(data + '/whole', ''); setTimeout(() => process.exit(0), 50); }`,
  postgres: `${presence('store')}
const value = (flag) => process.argv[process.argv.indexOf(flag) + 1];
require('fs').readFileSync(value('-D') + '/whole');
require('net').createServer().listen(+value('-p'), '127.0.0.1');`,
};

/** Writes the programs below `folder`; while `<folder>/hang` exists, making a database never ends, and while `<folder>/hold` does, migrations wait. */
export const layPrograms = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of Object.entries(PROGRAMS)) {
    writeFileSync(join(folder, `${name}.cjs`), source, { mode: 0o644 });
    writeFileSync(join(folder, name), `#!/bin/sh\nexec ${process.execPath} ${folder}/${name}.cjs "$@"\n`);
    chmodSync(join(folder, name), 0o755);
  }
};

const page = JSON.stringify({ 'index.html': Buffer.from('<div id="root"></div>').toString('base64') });

const sandbox: Sandbox = {
  run: () =>
    Promise.resolve({
      kind: 'exited',
      exitCode: 0,
      stdout: '',
      stderr: '',
      droppedBytes: 0,
      durationMs: 1,
      isolation: { level: 2, by: 'a test' },
      collected: new Map([['page-bundle.json', page]]),
    }),
  isolation: () => Promise.reject(new Error('not asked here')),
};

export interface FakePlace {
  readonly root: string;
  /** Where `layPrograms` put them. */
  readonly programs: string;
  readonly supervisorFile: string;
  readonly witnessPort: number;
}

/** Apart from where products of neighbouring suites listen. */
const FIRST_PORT = 24_180;

export const deployerOptions = ({ root, programs, supervisorFile, witnessPort }: FakePlace): LocalDeployerOptions => {
  const env = { WITNESS: String(witnessPort), HANG: join(programs, 'hang'), HOLD: join(programs, 'hold') };
  const toolchain = (name: Toolchain['name']): Toolchain => ({
    name,
    version: `${name} of a test`,
    folder: programs,
    mounts: [],
    env,
    program: (program) => (program in PROGRAMS ? join(programs, program) : undefined),
  });
  const toolchains: Toolchains = {
    find: (name) => Promise.resolve({ kind: 'there', toolchain: toolchain(name) }),
  };
  return { root, toolchains, sandbox, supervisorFile, firstPort: FIRST_PORT };
};

export const release = (text = 'one'): Release => ({
  key: 'p/DEPLOY-001/1',
  title: 'Product',
  backend: new Map([['engenharia/backend/pyproject.toml', text]]),
  frontend: new Map([['engenharia/frontend/index.html', text]]),
});
