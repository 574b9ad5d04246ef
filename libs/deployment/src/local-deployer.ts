import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '@squados/gates/sandbox';
import type { Toolchains } from '@squados/gates/toolchains';
import type { Deployer, DeployOutcome, Release } from './deployer.port.js';
import { FIRST_PORT, freePorts } from './free-port.js';
import { InTurn } from './in-turn.js';
import { placeFile } from './place-file.js';
import { chooseAgain, takenPorts, withPorts } from './port-moves.js';
import { emptyTemporary, leaveProductFolder, productFolder, type ProductFolder } from './product-folder.js';
import type { ProductPlan, ProductStatus, StartPlan } from './product-plan.js';
import { releaseHash } from './release-files.js';
import { productAccount, type Account } from './run-as.js';
import { stageBackend } from './stages/backend.js';
import { stageFrontend } from './stages/frontend.js';
import type { Site, Staged } from './stages/stage.js';
import { ask, startSupervisor, statusOf, takeDown } from './start-supervisor.js';
import { PLAN_FILE } from './supervisor/serve-supervisor.js';

/*
 * Everything that runs belongs to one supervisor process per folder, and that one ends with the process that started it.
 * 1. A supervisor whose owner was killed may still be stopping: whoever comes next waits for its end before anything is started.
 * 2. The plan stands only while the files that it names do: it goes first and comes last.
 * 3. One call at a time: a second supervisor is never started beside a first one.
 * 4. A supervisor that died before it said how the start went says nothing about the product: it is started again.
 * 5. A port may be taken between choosing it and listening on it: another one is chosen, at most three times, and that is said.
 */

export interface LocalDeployerOptions {
  /** The run's folder; the product lives in `product` below it. */
  readonly root: string;
  readonly toolchains: Toolchains;
  /** Where the page is built: its build runs generated configuration. */
  readonly sandbox: Sandbox;
  /** The program that calls `serveSupervisor`. */
  readonly supervisorFile: string;
  /** From which port on the product looks for free ones; 4180 when it is left out. */
  readonly firstPort?: number;
}

const START_MS = 120_000;
const MAX_STARTS = 3;
const MAX_CHOICES = 3;

/** Deploys on this machine. */
export const createLocalDeployer = (options: LocalDeployerOptions): Deployer => {
  const account = productAccount();
  const control = join(options.root, 'product');
  const turns = new InTurn(); // invariant 3
  const at = async (signal: AbortSignal): Promise<Deployment> => {
    return { options, account, folder: await productFolder(options.root, account), signal };
  };
  return {
    deploy: (release, signal) => turns.run(async (either) => deploy(await at(either), release), signal),
    resume: (signal) => turns.run(async (either) => resume(await at(either)), signal),
    status: () => statusOf(control),
    down: () => turns.interrupt(() => down(options.root)),
  };
};

/** One that did not stop in its time keeps its home. */
const down = async (root: string): Promise<boolean> => {
  const control = join(root, 'product');
  const stopped = await takeDown(control);
  if ((await statusOf(control)) === undefined) await leaveProductFolder(root);
  return stopped;
};

interface Deployment {
  readonly options: LocalDeployerOptions;
  readonly account: Account;
  readonly folder: ProductFolder;
  readonly signal: AbortSignal;
}

const planFile = ({ folder }: Deployment): string => join(folder.control, PLAN_FILE);

const deploy = async (deployment: Deployment, release: Release): Promise<DeployOutcome> => {
  const hash = releaseHash(release);
  const running = await cleared(deployment, hash);
  if (running) return { kind: 'up', status: running, adopted: true };
  await rm(planFile(deployment), { force: true }); // invariant 2
  await emptyTemporary(deployment.folder, deployment.account);
  const prepared = await prepare(deployment, release, hash);
  if (deployment.signal.aborted) return { kind: 'aborted' };
  if (prepared.kind !== 'prepared') return prepared;
  return startSomewhere(deployment, prepared.plan);
};

/** The plan stands from the last deployment, and so do the files that it names. */
const resume = async (deployment: Deployment): Promise<DeployOutcome | undefined> => {
  if (!existsSync(planFile(deployment))) return undefined;
  const running = await cleared(deployment, undefined);
  if (running) return { kind: 'up', status: running, adopted: true };
  const plan = JSON.parse(await readFile(planFile(deployment), 'utf8')) as ProductPlan;
  const taken = await takenPorts(plan);
  return taken.length > 0 ? addressGone(taken) : start(deployment);
};

/** Its address is on record: it isn't moved behind the back of those who know it. */
const addressGone = (taken: readonly number[]): DeployOutcome => ({
  kind: 'failed',
  process: 'ports',
  message: `another program holds port ${taken.join(' and ')} now; end it and begin again, or retry the DEPLOY card for another address`,
  excerpt: '',
});

/** What runs and may stay: it is up, and is the release that is asked for, if one is. Anything else is gone afterwards (invariant 1). */
const cleared = async ({ folder, signal }: Deployment, release: string | undefined) => {
  const running = await ask(folder.control, 'settled', signal);
  if (running?.state.kind === 'up' && (release ?? running.release) === running.release) return running;
  if (running) await takeDown(folder.control);
  return undefined;
};

type Prepared = { readonly kind: 'prepared'; readonly plan: ProductPlan } | Exclude<DeployOutcome, { kind: 'up' }>;

const prepare = async (deployment: Deployment, release: Release, hash: string): Promise<Prepared> => {
  const { options, account, folder, signal } = deployment;
  const site: Site = { folder, account, toolchains: options.toolchains, signal };
  const [front = 0, back = 0, store = 0] = await freePorts(3, options.firstPort ?? FIRST_PORT);
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
    store: backend.store,
    starts: [...backend.starts, ...page.starts],
    front: { port: front, bundle: page.bundle, backendPort: back, proxied: backend.paths, config: backend.pageConfig },
    addresses: { product: `${origin}/`, api: `${origin}${backend.apiBase}`, health: `${origin}${backend.health}` },
    logs: folder.logs,
  };
  return { kind: 'prepared', plan };
};

/**
 * Invariant 5. A start that failed while another program holds one of its ports is tried again on others; any other failure is the
 * product's own.
 */
const startSomewhere = async (deployment: Deployment, first: ProductPlan): Promise<DeployOutcome> => {
  const notes: string[] = [];
  for (let plan = first, choices = 0; ; choices++) {
    await placeFile(planFile(deployment), JSON.stringify(plan, null, 2));
    const outcome = await start(deployment);
    if (outcome.kind === 'up') return notes.length === 0 ? outcome : { ...outcome, notes };
    if (outcome.kind !== 'failed') return outcome;
    await takeDown(deployment.folder.control);
    const taken = await takenPorts(plan);
    if (taken.length === 0 || deployment.signal.aborted) return outcome;
    if (choices === MAX_CHOICES) return portless(taken, outcome.excerpt);
    const moves = await chooseAgain(plan, taken);
    notes.push(...[...moves].map(([from, to]) => `another program took port ${from}; the product uses ${to} instead`));
    plan = withPorts(plan, moves);
  }
};

const portless = (taken: readonly number[], excerpt: string): DeployOutcome => ({
  kind: 'failed',
  process: 'ports',
  message: `another program took port ${taken.join(' and ')} before the product could, ${MAX_CHOICES + 1} times in a row; end it, then retry this card`,
  excerpt,
});

const refused = (staged: Exclude<Staged<object>, { kind: 'staged'; starts: readonly StartPlan[] }>): Prepared =>
  staged.kind === 'broken' ? { ...staged, kind: 'failed' } : staged;

/** Starts the supervisor and waits until the product is up or the start has failed. */
const start = async ({ options, folder, signal }: Deployment): Promise<DeployOutcome> => {
  const late = AbortSignal.any([signal, AbortSignal.timeout(START_MS)]);
  let status: ProductStatus | undefined;
  for (let starts = 0; !status && starts < MAX_STARTS && !late.aborted; starts++)
    status = await startSupervisor(options.supervisorFile, folder.control, late); // invariant 4
  if (signal.aborted) {
    await takeDown(folder.control);
    return { kind: 'aborted' };
  }
  return outcomeOf(status);
};

const outcomeOf = (status: ProductStatus | undefined): DeployOutcome => {
  const state = status?.state;
  if (status && state?.kind === 'up') return { kind: 'up', status, adopted: false };
  if (state?.kind === 'failed') return { ...state, kind: 'failed' };
  return { kind: 'failed', process: 'supervisor', message: 'it ended before the product was up', excerpt: '' };
};
