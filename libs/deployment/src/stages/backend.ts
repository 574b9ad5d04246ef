import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { contractBase } from '@squados/contracts';
import type { Toolchain } from '@squados/gates/toolchains';
import type { StartPlan } from '../product-plan.js';
import { drawnOnce } from '../place-file.js';
import { materialise } from '../release-files.js';
import { commandAs } from '../run-as.js';
import { runOnce } from './run-once.js';
import { productEnv, siteSeeing, type Site, type Staged } from './stage.js';
import { stagePostgres, type Store } from './store.js';

export interface BackendRequest {
  readonly files: ReadonlyMap<string, string>;
  readonly port: number;
  readonly storePort: number;
}

/** How the page and people reach the backend once it runs. */
export interface BackendFacts {
  readonly paths: readonly string[];
  readonly apiBase: string;
  readonly health: string;
  readonly pageConfig: Readonly<Record<string, string>>;
  /** What keeps the data, in words. */
  readonly store: string;
}

const FOLDER = 'engenharia/backend';
const HEALTH = '/health/ready';
const BUILD_MS = 300_000;
const MIGRATE_MS = 60_000;

type Language = 'python' | 'go';

const languageOf = (files: ReadonlyMap<string, string>): Language | undefined => {
  if (files.has(`${FOLDER}/go.mod`)) return 'go';
  return files.has(`${FOLDER}/pyproject.toml`) ? 'python' : undefined;
};

/** Writes the service out, prepares its store, and says how both are started. Data in the store stays from release to release. */
export const stageBackend = async (site: Site, request: BackendRequest): Promise<Staged<BackendFacts>> => {
  const language = languageOf(request.files);
  if (language === undefined)
    return {
      kind: 'broken',
      process: 'backend',
      message: `neither go.mod nor pyproject.toml in ${FOLDER}`,
      excerpt: '',
    };
  const found = await site.toolchains.find(language);
  if (found.kind === 'missing') return { kind: 'unavailable', reason: found.reason, remedy: found.remedy };
  const seen = await siteSeeing(site, found.toolchain);
  if (seen.kind !== 'staged') return seen;
  const store = await stageStore(site, language, request.storePort);
  if (store.kind !== 'staged') return store;
  const folder = join(site.folder.home, 'backend');
  await materialise(request.files, { folder, below: FOLDER, account: site.account });
  const token = await tokenOf(site);
  const toolchain = found.toolchain;
  const env = productEnv(site, toolchain.env, {
    DATABASE_URL: store.url,
    API_TOKENS: token,
    HOST: '127.0.0.1',
    PORT: String(request.port),
    ...(language === 'python' ? { PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' } : {}),
  });
  const service: Service = { site: seen.site, toolchain, folder, env, port: request.port };
  const started = language === 'python' ? pythonStarts(service) : await goStarts(service);
  if (started.kind !== 'staged') return started;
  const apiBase = apiBaseIn(request.files);
  return {
    kind: 'staged',
    starts: [...store.starts, ...started.starts],
    paths: [`${apiBase}/`, '/health/', '/openapi.json'],
    apiBase,
    health: HEALTH,
    pageConfig: { apiBase, token },
    store: store.says,
  };
};

const apiBaseIn = (files: ReadonlyMap<string, string>): string =>
  contractBase([...files].find(([path]) => /\/openapi\.(?:ya?ml|json)$/.test(path))?.[1] ?? '');

type StoreStage = Staged<{ readonly url: string; readonly says: string }>;

/** PostgreSQL where it is there; SQLite does for a Python service on a laptop, and it is said. */
const stageStore = async (site: Site, language: Language, port: number): Promise<StoreStage> => {
  const staged = await stagePostgres(site, port);
  if (staged.kind === 'staged')
    return { kind: 'staged', starts: staged.starts, url: urlOf(staged.store), says: staged.store.says };
  if (staged.kind === 'broken' || language === 'go') return staged;
  const file = join(site.folder.home, 'product.sqlite3');
  return { kind: 'staged', starts: [], url: `sqlite:///${file}`, says: 'SQLite, because there is no PostgreSQL here' };
};

const urlOf = ({ user, password, port, database }: Store): string =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;

/** The demo's bearer token: drawn once for this product, known to its page and its service. */
const tokenOf = (site: Site): Promise<string> =>
  drawnOnce(join(site.folder.home, 'api-token'), site.account, () => randomBytes(24).toString('base64url'));

interface Service {
  readonly site: Site;
  readonly toolchain: Toolchain;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
}

const lacking = (what: string, remedy: string): Staged<object> => ({
  kind: 'unavailable',
  reason: `the toolchain has no ${what}`,
  remedy,
});

const pythonStarts = (service: Service): Staged<object> => {
  const python = service.toolchain.program('python');
  if (python === undefined) return lacking('python', 'squados setup python');
  return {
    kind: 'staged',
    starts: [migration(service, [python, '-m', 'app.migrate', 'up']), server(service, [python, '-m', 'app'])],
  };
};

/** Compiling runs nothing of what was generated; it still gets no more than the product's account. */
const goStarts = async (service: Service): Promise<Staged<object>> => {
  const { site, toolchain, folder } = service;
  const go = toolchain.program('go');
  if (go === undefined) return lacking('go', 'squados setup go');
  const binary = join(site.folder.home, 'server');
  const command = [go, 'build', '-o', binary, './cmd/server'] as const;
  // The settings that the toolchain's packages were compiled with: with others all of them are compiled again.
  const env = { ...service.env, GOFLAGS: '-mod=readonly -buildvcs=false' };
  const built = await runOnce(site.account, { command, cwd: folder, env, timeoutMs: BUILD_MS }, site.signal);
  if (!built.ok) return { kind: 'broken', process: 'backend', message: built.message, excerpt: built.excerpt };
  return { kind: 'staged', starts: [migration(service, [binary, 'migrate', 'up']), server(service, [binary])] };
};

const migration = ({ site, folder, env }: Service, command: readonly [string, ...string[]]): StartPlan => ({
  kind: 'step',
  name: 'migrations',
  command: commandAs(site.account, command),
  cwd: folder,
  env,
  timeoutMs: MIGRATE_MS,
});

const server = ({ site, folder, env, port }: Service, command: readonly [string, ...string[]]): StartPlan => ({
  kind: 'process',
  name: 'backend',
  command: commandAs(site.account, command),
  cwd: folder,
  env,
  ready: { kind: 'http', url: `http://127.0.0.1:${port}${HEALTH}` },
  graceMs: 12_000,
  stopSignal: 'SIGTERM',
});
