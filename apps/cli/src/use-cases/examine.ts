import { readOwner } from '@squados/event-log/embedded';
import { execFile } from 'node:child_process';
import { access, constants, statfs } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { DATA_HOME, dataFolderAt } from '../solo/data-folder.js';
import { isRunning } from '../solo/control.js';
import { gatesHere } from '../solo/gates-here.js';
import type { Check } from './check.js';
import { authorCheck } from '../author/author-check.js';
import { sandboxChecks, toolchainChecks } from './examine-toolchains.js';
import { findDataFolder } from './find-data-folder.js';
import { signalsCheck } from './signals-check.js';

const OLDEST_NODE = 20;
const LOW_DISK_GB = 1;

/** Exit code 2 when something stands in the way of a run; what gates lack is only told: they refer. */
export const examine = async (
  context: CliContext,
  options: { readonly data?: string; readonly json?: boolean },
): Promise<ExitCode> => {
  const root = await folderOf(context, options.data);
  const checks = [
    nodeCheck(),
    machineCheck(),
    await diskCheck(root),
    await writableCheck(root),
    await ownerCheck(root),
    ...(await gateChecks()),
    ...(await toolchainChecks(context)),
    ...(await sandboxChecks(context)),
    await dockerCheck(),
    await authorCheck(context.env),
    signalsCheck(root, context.cwd),
  ];
  const { terminal } = context;
  if (options.json) terminal.out(JSON.stringify({ folder: root, checks }, undefined, 2));
  else for (const check of checks) terminal.out(`${MARK[check.state]} ${check.name.padEnd(22)} ${check.says}`);
  return checks.some((check) => check.state === 'bad') ? EXIT.input : EXIT.done;
};

const MARK: Readonly<Record<Check['state'], string>> = { ok: '✓', missing: '·', bad: '✗' };

const folderOf = async (context: CliContext, named: string | undefined): Promise<string> => {
  if (named !== undefined) return resolve(context.cwd, named);
  const found = await findDataFolder(context, undefined).catch(() => undefined);
  return found?.root ?? join(context.cwd, DATA_HOME);
};

const nodeCheck = (): Check => {
  const { node } = process.versions;
  const isNew = Number(node.split('.')[0]) >= OLDEST_NODE;
  return {
    name: 'node',
    state: isNew ? 'ok' : 'bad',
    says: isNew ? node : `${node} is too old: install ${OLDEST_NODE} or newer`,
  };
};

const machineCheck = (): Check => ({
  name: 'machine',
  state: 'ok',
  says: `${cpus().length} cores, ${Math.round(totalmem() / 1e9)} GB of memory, ${process.platform} ${process.arch}`,
});

/** The folder itself, or the nearest one above it that is there. */
const nearest = async (path: string): Promise<string> => {
  const found = await access(path).then(
    () => true,
    () => false,
  );
  return found || dirname(path) === path ? path : nearest(dirname(path));
};

const diskCheck = async (root: string): Promise<Check> => {
  const { bavail, bsize } = await statfs(await nearest(root));
  const free = (bavail * bsize) / 1e9;
  return {
    name: 'disk',
    state: free < LOW_DISK_GB ? 'bad' : 'ok',
    says: `${free.toFixed(1)} GB free${free < LOW_DISK_GB ? ': make room, a run needs about 1 GB' : ''}`,
  };
};

const writableCheck = async (root: string): Promise<Check> => {
  const at = await nearest(root);
  return access(at, constants.W_OK).then(
    (): Check => ({
      name: 'data folder',
      state: 'ok',
      says: `${root} (${at === root ? 'there' : 'to be made'}, writable)`,
    }),
    (): Check => ({
      name: 'data folder',
      state: 'bad',
      says: `${at} cannot be written by this user: allow it, or give another with --data`,
    }),
  );
};

const ownerCheck = async (root: string): Promise<Check> => {
  if (!(await isRunning(dataFolderAt(root)))) return { name: 'lock', state: 'ok', says: 'nobody runs this folder' };
  const owner = readOwner(root);
  return {
    name: 'lock',
    state: 'ok',
    says: `held by process ${owner?.pid ?? 'unknown'} since ${owner?.since ?? 'unknown'}`,
  };
};

const gateChecks = async (): Promise<readonly Check[]> =>
  (await gatesHere()).map(({ name, available, says }) => ({
    name: `gate ${name}`,
    state: available ? 'ok' : 'missing',
    says,
  }));

const run = promisify(execFile);

/** Images are built by whoever runs the product in a cluster; nothing here waits for it. */
const dockerCheck = async (): Promise<Check> => {
  try {
    const { stdout } = await run('docker', ['--version'], { timeout: 5_000 });
    return { name: 'docker', state: 'ok', says: stdout.split('\n')[0] ?? '' };
  } catch {
    return {
      name: 'docker',
      state: 'missing',
      says: 'not here; only needed to build the images. Install it from your system',
    };
  }
};
