import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Toolchain } from '@squados/gates/toolchains';
import type { StartPlan } from '../product-plan.js';
import { drawnOnce } from '../place-file.js';
import { commandAs } from '../run-as.js';
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
  const made = existsSync(data) || (await initialise(site, { toolchain, initdb, data }));
  if (made !== true) return made;
  const store: Store = { user: USER, password, port, database: 'postgres', says: toolchain.version };
  return { kind: 'staged', store, starts: [serverPlan(site, { toolchain, postgres, data, port })] };
};

const passwordFile = (site: Site): string => join(site.folder.home, 'store-password');

/** Kept beside the data that it opens, readable by the product's account alone. */
const passwordOf = (site: Site): Promise<string> =>
  drawnOnce(passwordFile(site), site.account, () => randomBytes(18).toString('base64url'));

interface Cluster {
  readonly toolchain: Toolchain;
  readonly initdb: string;
  readonly data: string;
}

type Broken = Extract<Staged<{ readonly store: Store }>, { kind: 'broken' }>;

/** Under another name until it is whole: a cluster that was killed half made looks much like one, and never starts. */
const initialise = async (site: Site, { toolchain, initdb, data }: Cluster): Promise<true | Broken> => {
  const fresh = `${data}.new`;
  await rm(fresh, { recursive: true, force: true });
  const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
  const command = [initdb, '-D', fresh, '-U', USER, `--pwfile=${passwordFile(site)}`, ...options] as const;
  const once = { command, cwd: site.folder.home, env: productEnv(site, toolchain.env), timeoutMs: INITDB_MS };
  const ran = await runOnce(site.account, once, site.signal);
  if (!ran.ok) return { kind: 'broken', process: 'store', message: ran.message, excerpt: ran.excerpt };
  await rename(fresh, data);
  return true;
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
