import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callControl } from '@squados/event-log/embedded';
import type { Sandbox } from '@squados/gates/sandbox';
import type { Toolchains } from '@squados/gates/toolchains';
import type { Deployer, DeployOutcome, Release } from './deployer.port.js';
import { freePorts } from './free-port.js';
import { productFolder, type ProductFolder } from './product-folder.js';
import type { ProductPlan, ProductStatus, StartPlan, SupervisorRequest } from './product-plan.js';
import { releaseHash } from './release-files.js';
import { productAccount, type Account } from './run-as.js';
import { stageBackend } from './stages/backend.js';
import { stageFrontend } from './stages/frontend.js';
import type { Site, Staged } from './stages/stage.js';
import { PLAN_FILE } from './supervisor/serve-supervisor.js';

export interface LocalDeployerOptions {
  /** The run's folder; the product lives in `product` below it. */
  readonly root: string;
  readonly toolchains: Toolchains;
  /** Where the page is built: its build runs generated configuration. */
  readonly sandbox: Sandbox;
  /** The program that calls `serveSupervisor`. */
  readonly supervisorFile: string;
}

const START_MS = 120_000;
const STOP_MS = 60_000;

/**
 * Deploys on this machine. Everything that runs belongs to one supervisor process per folder, which outlives us: whoever comes after
 * a crash finds it by its control socket, and adopts or replaces it.
 */
export const createLocalDeployer = (options: LocalDeployerOptions): Deployer => {
  const account = productAccount();
  const place = (): Promise<ProductFolder> => productFolder(options.root, account);
  return {
    deploy: async (release, signal) => deploy({ options, account, folder: await place(), signal }, release),
    resume: async (signal) => resume({ options, account, folder: await place(), signal }),
    status: () => statusOf(join(options.root, 'product')),
    down: () => takeDown(join(options.root, 'product')),
  };
};

interface Deployment {
  readonly options: LocalDeployerOptions;
  readonly account: Account;
  readonly folder: ProductFolder;
  readonly signal: AbortSignal;
}

const deploy = async (deployment: Deployment, release: Release): Promise<DeployOutcome> => {
  const hash = releaseHash(release);
  const { folder, signal } = deployment;
  const running = await ask(folder.control, 'settled', signal);
  if (running?.release === hash && running.state.kind === 'up')
    return { kind: 'up', status: running, store: 'as started', adopted: true };
  if (running) await takeDown(folder.control);
  const prepared = await prepare(deployment, release, hash);
  if (signal.aborted) return { kind: 'aborted' };
  if (prepared.kind !== 'prepared') return prepared;
  await writeFile(join(folder.control, PLAN_FILE), JSON.stringify(prepared.plan, null, 2), { mode: 0o600 });
  return start(deployment, prepared.store);
};

/** The plan stands from the last deployment, and so do the files that it names. */
const resume = async (deployment: Deployment): Promise<DeployOutcome | undefined> => {
  const { folder, signal } = deployment;
  if (!existsSync(join(folder.control, PLAN_FILE))) return undefined;
  const running = await ask(folder.control, 'settled', signal);
  if (running?.state.kind === 'up') return { kind: 'up', status: running, store: 'as started', adopted: true };
  if (running) await takeDown(folder.control);
  return start(deployment, 'as deployed');
};

type Prepared =
  | { readonly kind: 'prepared'; readonly plan: ProductPlan; readonly store: string }
  | Exclude<DeployOutcome, { kind: 'up' }>;

const prepare = async (deployment: Deployment, release: Release, hash: string): Promise<Prepared> => {
  const { options, account, folder, signal } = deployment;
  const site: Site = { folder, account, toolchains: options.toolchains, signal };
  const [front = 0, back = 0, store = 0] = await freePorts(3);
  const backend = await stageBackend(site, { files: release.backend, port: back, storePort: store });
  if (backend.kind !== 'staged') return refused(backend);
  const page = await stageFrontend(site, { files: release.frontend, sandbox: options.sandbox });
  if (page.kind !== 'staged') return refused(page);
  const origin = `http://127.0.0.1:${front}`;
  const plan: ProductPlan = {
    version: 1,
    key: release.key,
    release: hash,
    title: release.title,
    starts: [...backend.starts, ...page.starts],
    front: { port: front, bundle: page.bundle, backendPort: back, proxied: backend.paths, config: backend.pageConfig },
    addresses: { product: `${origin}/`, api: `${origin}${backend.apiBase}`, health: `${origin}${backend.health}` },
    logs: folder.logs,
  };
  return { kind: 'prepared', plan, store: backend.store };
};

const refused = (staged: Exclude<Staged<object>, { kind: 'staged'; starts: readonly StartPlan[] }>): Prepared =>
  staged.kind === 'broken' ? { ...staged, kind: 'failed' } : staged;

/** Starts the supervisor and waits until the product is up or the start has failed. */
const start = async ({ options, folder, signal }: Deployment, store: string): Promise<DeployOutcome> => {
  const child = spawn(process.execPath, [options.supervisorFile, folder.control], {
    cwd: folder.control,
    detached: true,
    stdio: 'ignore',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
  });
  const gone = new Promise<undefined>((resolve) => {
    child.once('exit', () => resolve(undefined));
    child.once('error', () => resolve(undefined));
  });
  child.unref();
  const late = AbortSignal.any([signal, AbortSignal.timeout(START_MS)]);
  const status = await settledStatus(folder.control, gone, late);
  if (signal.aborted) {
    await takeDown(folder.control);
    return { kind: 'aborted' };
  }
  return outcomeOf(status, store);
};

const outcomeOf = (status: ProductStatus | undefined, store: string): DeployOutcome => {
  const state = status?.state;
  if (status && state?.kind === 'up') return { kind: 'up', status, store, adopted: false };
  if (state?.kind === 'failed') return { ...state, kind: 'failed' };
  return { kind: 'failed', process: 'supervisor', message: 'it ended before the product was up', excerpt: '' };
};

const PAUSE_MS = 50;

/** The socket appears a moment after the process; then one request waits for the end of the start. */
const settledStatus = async (
  control: string,
  gone: Promise<undefined>,
  signal: AbortSignal,
): Promise<ProductStatus | undefined> => {
  let over = false;
  void gone.then(() => (over = true));
  while (!over && !signal.aborted) {
    const status = await ask(control, 'settled', signal);
    if (status) return status;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return undefined;
};

const ask = async (
  control: string,
  kind: SupervisorRequest['kind'],
  signal: AbortSignal,
): Promise<ProductStatus | undefined> => {
  const answer = await callControl(control, { kind } satisfies SupervisorRequest, { signal });
  return answer.kind === 'answered' ? (answer.value as ProductStatus) : undefined;
};

const statusOf = (control: string): Promise<ProductStatus | undefined> =>
  ask(control, 'status', AbortSignal.timeout(5_000));

/** Asks the supervisor to stop, and waits until its socket is gone. */
const takeDown = async (control: string): Promise<boolean> => {
  const signal = AbortSignal.timeout(STOP_MS);
  const stopped = await ask(control, 'stop', signal);
  if (!stopped) return false;
  while (!signal.aborted && (await ask(control, 'status', signal)))
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  return true;
};
