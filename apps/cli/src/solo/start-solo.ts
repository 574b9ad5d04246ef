import { fileBlobs, type ArtifactStore } from '@squados/artifacts';
import type { AgentName, Command } from '@squados/contracts';
import type { Deployer } from '@squados/deployment';
import { serveControl } from '@squados/event-log/embedded';
import type { GatePool } from '@squados/gates';
import type { Logger } from '@squados/platform';
import { FoldSnapshots, type FoldObserver, type FoldView, type SubmitResult } from '@squados/orchestrator';
import type { AuthorSetup } from '../author/author-setup.js';
import { openDress } from '../author/open-dress.js';
import { controlHandler } from './control.js';
import type { Gateway } from '@squados/portal-gateway';
import type { DataFolder } from './data-folder.js';
import { keepersOf } from './keepers.js';
import { openOwner, type OwnedFolder } from './open-log.js';
import { DEFAULT_SLOTS } from './solo-agents.js';
import { startServices } from './services.js';
import { openAppLog } from './app-log.js';
import type { PageOptions, PageParts } from './page.js';
import { watchedArtifacts, watchedLog } from './storage-watch.js';

export interface SoloOptions {
  readonly folder: DataFolder;
  /** Belongs to whoever made it. */
  readonly pool: GatePool;
  /** Attempts at a time, per agent; absent agents get the default. */
  readonly concurrency: ReadonlyMap<AgentName, number>;
  /** Whoever wants to see the log go by: the live view, `--exit`. */
  readonly observers: readonly FoldObserver[];
  readonly env: NodeJS.ProcessEnv;
  /** Absent: the offline author. */
  readonly author?: AuthorSetup;
  /** Absent: no page. */
  readonly page?: PageOptions;
}

/**
 * Orchestrator and agents of one folder in this process.
 *
 * Invariants:
 * 1. The folder's lock is taken first and given back last: whatever writes below it runs in between.
 * 2. Shutting down: no more commands, agents hand back what is open, the engine folds that and stops, the log closes.
 * 3. A start that fails half way closes what it opened.
 */
export interface Solo {
  readonly artifacts: ArtifactStore;
  readonly fold: FoldView;
  /** The live page, when it was asked for. */
  readonly page: Gateway | undefined;
  /** The product that a DEPLOY card started; it is stopped with everything else. */
  readonly deployer: Deployer;
  /** Rejects when the engine ends against its will, or the disk takes no more; never resolves. */
  readonly failed: Promise<never>;
  submit(command: Command): Promise<SubmitResult>;
  /** Calling it twice is the same stop. */
  stop(): Promise<void>;
}

/** @throws EventLogError `log-locked` when another process runs the folder; ArtifactError or EventLogError for disk trouble. */
export const startSolo = async (options: SoloOptions): Promise<Solo> => {
  const owned = await openOwner(options.folder); // invariant 1
  const closers: (() => Promise<unknown>)[] = [() => owned.close()];
  const stop = closing(closers);
  try {
    return await assemble({ options, owned, closers, stop });
  } catch (error) {
    await stop(); // invariant 3
    throw error;
  }
};

/** Closes in the reverse of opening, once; invariant 2. */
const closing = (closers: (() => Promise<unknown>)[]): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse()) await close();
  };
  return () => (done ??= closeAll());
};

interface Assembly {
  readonly options: SoloOptions;
  readonly owned: OwnedFolder;
  readonly closers: (() => Promise<unknown>)[];
  readonly stop: () => Promise<void>;
}

const assemble = async ({ options, owned: opened, closers, stop }: Assembly): Promise<Solo> => {
  const { folder, env } = options;
  const failure = failing();
  const owned = watched(opened, failure.fail);
  const appLog = openAppLog(folder.appLog, env);
  closers.push(() => appLog.close());
  const keepers = await keepersOf({ folder, owned, logger: appLog.logger, env, onTrouble: failure.fail });
  const page = await pageParts(options.page, owned.artifacts);
  const dress = options.author && (await openDress(options.author, owned, env));
  const services = await startServices({
    owned,
    pool: options.pool,
    dress,
    root: folder.root,
    logger: appLog.logger,
    slots: (agent) => options.concurrency.get(agent) ?? DEFAULT_SLOTS,
    observers: [...keepers, ...page.observers, ...options.observers],
    snapshots: new FoldSnapshots({ blobs: fileBlobs(folder.snapshots), log: owned.log, logger: appLog.logger }),
    onFailure: failure.fail,
  });
  closers.push(() => services.close());
  const { engine } = services;
  const submit = (command: Command): Promise<SubmitResult> => engine.submit(command);
  const source = { log: owned.log, artifacts: owned.artifacts, fold: engine.fold, submit };
  const gateway = await page.open(source, appLog.logger);
  if (gateway) closers.push(() => gateway.close());
  const control = await serveControl(folder.root, controlHandler(submit, gateway));
  closers.push(() => control.close());
  return {
    artifacts: owned.artifacts,
    fold: engine.fold,
    failed: failure.failed,
    page: gateway,
    deployer: services.deployer,
    submit,
    stop,
  };
};

interface PageToBe {
  readonly observers: readonly FoldObserver[];
  open(source: PageParts['source'], logger: Logger): Promise<Gateway | undefined>;
}

/** Loaded only where a page is wanted: it brings a web server along. */
const pageParts = async (options: PageOptions | undefined, artifacts: ArtifactStore): Promise<PageToBe> => {
  if (options === undefined) return { observers: [], open: () => Promise.resolve(undefined) };
  const { openPage, pageObserver } = await import('./page.js');
  const observer = pageObserver(artifacts);
  return { observers: [observer], open: (source, logger) => openPage({ options, source, observer, logger }) };
};

const watched = (owned: OwnedFolder, tell: (error: unknown) => void): OwnedFolder => ({
  ...owned,
  log: watchedLog(owned.log, tell),
  artifacts: watchedArtifacts(owned.artifacts, tell),
});

const failing = (): { readonly failed: Promise<never>; readonly fail: (error: unknown) => void } => {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => (fail = reject));
  failed.catch(() => undefined); // told to whoever waits; nobody has to
  return { failed, fail };
};
