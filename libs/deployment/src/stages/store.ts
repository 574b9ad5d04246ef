import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Toolchain } from '@squados/gates/toolchains';
import type { StartPlan } from '../product-plan.js';
import { commandAs, giveTo } from '../run-as.js';
import { runOnce } from './run-once.js';
import { productEnv, siteSeeing, type Site, type Staged } from './stage.js';

const USER = 'product';
const INITDB_MS = 120_000;

/** A PostgreSQL of the product's own: cluster below its home, password drawn once, loopback only. */
export interface Store {
  readonly user: string;
  readonly password: string;
  readonly port: number;
  readonly database: string;
  readonly says: string;
}

export const stagePostgres = async (from: Site, port: number): Promise<Staged<{ readonly store: Store }>> => {
  const found = await from.toolchains.find('postgres');
  if (found.kind === 'missing') return { kind: 'unavailable', reason: found.reason, remedy: found.remedy };
  const { toolchain } = found;
  const seen = await siteSeeing(from, toolchain);
  if (seen.kind !== 'staged') return seen;
  const { site } = seen;
  const [initdb, postgres] = [toolchain.program('initdb'), toolchain.program('postgres')];
  if (initdb === undefined || postgres === undefined)
    return {
      kind: 'unavailable',
      reason: `${toolchain.version} lacks initdb or postgres`,
      remedy: 'squados setup postgres',
    };
  const data = join(site.folder.home, 'pgdata');
  const password = await passwordOf(site);
  const made = existsSync(join(data, 'PG_VERSION')) || (await initialise(site, { toolchain, initdb, data }));
  if (made !== true) return made;
  const store: Store = { user: USER, password, port, database: 'postgres', says: toolchain.version };
  return { kind: 'staged', store, starts: [serverPlan(site, { toolchain, postgres, data, port })] };
};

const passwordFile = (site: Site): string => join(site.folder.home, 'store-password');

/** Kept beside the data that it opens, readable by the product's account alone. */
const passwordOf = async (site: Site): Promise<string> => {
  const file = passwordFile(site);
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(18).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  await giveTo(site.account, file);
  return password;
};

interface Cluster {
  readonly toolchain: Toolchain;
  readonly initdb: string;
  readonly data: string;
}

type Broken = Extract<Staged<{ readonly store: Store }>, { kind: 'broken' }>;

const initialise = async (site: Site, { toolchain, initdb, data }: Cluster): Promise<true | Broken> => {
  const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
  const command = [initdb, '-D', data, '-U', USER, `--pwfile=${passwordFile(site)}`, ...options] as const;
  const once = { command, cwd: site.folder.home, env: productEnv(site, toolchain.env), timeoutMs: INITDB_MS };
  const ran = await runOnce(site.account, once, site.signal);
  return ran.ok ? true : { kind: 'broken', process: 'store', message: ran.message, excerpt: ran.excerpt };
};

interface Server {
  readonly toolchain: Toolchain;
  readonly postgres: string;
  readonly data: string;
  readonly port: number;
}

const serverPlan = (site: Site, { toolchain, postgres, data, port }: Server): StartPlan => ({
  kind: 'process',
  name: 'store',
  command: commandAs(site.account, [
    postgres,
    ...['-D', data, '-p', String(port), '-k', site.folder.home],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=50'],
  ]),
  cwd: site.folder.home,
  env: productEnv(site, toolchain.env),
  ready: { kind: 'tcp', port },
  graceMs: 10_000,
  stopSignal: 'SIGINT',
});
