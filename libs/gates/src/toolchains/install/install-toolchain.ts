import { mkdir, readdir, realpath, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { writeRecord, type InstallRecord } from '../install-record.js';
import { inspectInstall, isInstallOf, outsideFile, verifyInstall, type InstallState } from '../inspect-install.js';
import { installFolder, readPinnedSet, type InstallableName, type PinnedSet } from '../pinned-set.js';
import type { ToolchainPlaces } from '../places.js';
import { sealOf } from '../seal.js';
import { holdInstallLock } from './install-lock.js';
import { InstallProblem } from './install-problem.js';
import type { Installed, Recipe, Workshop } from './recipe.js';
import { RECIPES } from './recipes.js';
import { runStep } from './run-step.js';
import type { SystemRequest } from './system-packages.js';

export interface InstallRequest extends SystemRequest {
  readonly places: ToolchainPlaces;
  readonly name: InstallableName;
  /** The ways of installing; a test brings its own. */
  readonly recipes?: Readonly<Record<InstallableName, Recipe>>;
}

export type InstallOutcome = {
  readonly kind: 'already-there' | 'installed';
  readonly version: string;
  readonly folder: string;
  readonly durationMs: number;
};

/**
 * Brings a toolchain to what is pinned. What is there already and whole is left alone; anything else is made anew.
 *
 * 1. The record is written last: without it the folder counts for nothing, so a kill at any time leaves no half install in use.
 * 2. One process at a time installs one toolchain.
 * 3. Older installs of the same toolchain go only after the new one is finished.
 *
 * Throws an InstallProblem.
 */
export const installToolchain = async (request: InstallRequest): Promise<InstallOutcome> => {
  const started = Date.now();
  const there = await verifyInstall(request.places, request.name);
  if (there.kind === 'ready') return outcomeOf('already-there', there.record, started);
  await makeRoot(request.places);
  const lock = await holdInstallLock(request.places, request.name);
  try {
    return outcomeOf('installed', await installUnderLock(request, there), started);
  } finally {
    await lock.release();
  }
};

const outcomeOf = (kind: InstallOutcome['kind'], record: InstallRecord, started: number): InstallOutcome => ({
  kind,
  version: record.version,
  folder: record.folder,
  durationMs: Date.now() - started,
});

const makeRoot = async ({ root }: ToolchainPlaces): Promise<void> => {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw new InstallProblem('not-writable', `${root} cannot be made (${(error as Error).message})`, [
      'allow it, or name another folder in SQUADOS_TOOLCHAINS',
    ]);
  }
};

const installUnderLock = async (request: InstallRequest, before: InstallState): Promise<InstallRecord> => {
  const recipe = (request.recipes ?? RECIPES)[request.name];
  const pinned = await readPinnedSet(request.places, request.name);
  if (before.kind === 'unusable' && before.why !== 'absent') request.say(`${before.reason}: it is made anew`);
  await requireRoom(request.places, recipe);
  const folder = await emptyFolder(request, recipe, pinned);
  const installed = await recipe.install(workshopOf(request, pinned, folder));
  const record = recordOf(pinned, folder, installed);
  await writeRecord(record);
  await removeOlder(request, pinned);
  return record;
};

const requireRoom = async ({ root }: ToolchainPlaces, recipe: Recipe): Promise<void> => {
  const { bavail, bsize } = await statfs(root);
  const freeMb = Math.floor((bavail * bsize) / 1e6);
  if (freeMb >= recipe.needsMb) return;
  throw new InstallProblem(
    'disk-full',
    `${recipe.name} needs ${recipe.needsMb} MB on the disk of ${root}; ${freeMb} MB are free`,
    ['make room there, or name a folder on another disk in SQUADOS_TOOLCHAINS'],
  );
};

const emptyFolder = async (request: InstallRequest, recipe: Recipe, pinned: PinnedSet): Promise<string> => {
  const folder = installFolder(request.places, pinned);
  const left = await inspectInstall(request.places, request.name);
  const isOfUse = recipe.resumes && left.kind === 'unusable' && left.why === 'interrupted';
  if (!isOfUse) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return realpath(folder);
};

const workshopOf = (request: InstallRequest, pinned: PinnedSet, folder: string): Workshop => ({
  folder,
  pinned,
  places: request.places,
  env: request.env,
  mayUseSystem: request.mayUseSystem,
  signal: request.signal,
  say: request.say,
  run: async (step) => {
    const started = Date.now();
    request.say(`${step.title} …`);
    const output = await runStep({ cwd: folder, ...step }, request.signal);
    const seconds = (Date.now() - started) / 1000;
    if (seconds >= 1) request.say(`  ${seconds.toFixed(1)} s`);
    return output;
  },
});

const recordOf = (pinned: PinnedSet, folder: string, installed: Installed): InstallRecord => ({
  format: 1,
  name: pinned.name,
  id: pinned.id,
  folder,
  version: installed.version,
  mounts: [folder, ...installed.alsoMounts].map((path) => ({ from: path, at: path })),
  env: installed.env,
  programs: installed.programs,
  leansOn: installed.leansOn.map(outsideFile).filter((file) => file !== undefined),
  seal: sealOf(folder),
});

const removeOlder = async ({ places, name, say }: InstallRequest, { id }: PinnedSet): Promise<void> => {
  const older = (await readdir(places.root)).filter((entry) => isInstallOf(name, entry) && entry !== `${name}-${id}`);
  for (const entry of older) {
    say(`removing ${entry}, which is not what is pinned now`);
    await rm(join(places.root, entry), { recursive: true, force: true });
  }
};
