import type { Toolchain, Toolchains } from '@squados/gates/toolchains';
import type { StartPlan } from '../product-plan.js';
import type { ProductFolder } from '../product-folder.js';
import { seeing, type Account } from '../run-as.js';

/** What every stage works with. */
export interface Site {
  readonly folder: ProductFolder;
  readonly account: Account;
  readonly toolchains: Toolchains;
  readonly signal: AbortSignal;
}

/** A part of the product that can be started, or why it can't be here. */
export type Staged<T> =
  | ({ readonly kind: 'staged'; readonly starts: readonly StartPlan[] } & T)
  | { readonly kind: 'unavailable'; readonly reason: string; readonly remedy: string }
  | { readonly kind: 'broken'; readonly process: string; readonly message: string; readonly excerpt: string };

/** The site with an account that can read the toolchain, or why there is none. */
export const siteSeeing = async (site: Site, { name, mounts }: Toolchain): Promise<Staged<{ readonly site: Site }>> => {
  const account = await seeing(
    site.account,
    mounts.map(({ from }) => from),
  );
  if (account) return { kind: 'staged', starts: [], site: { ...site, account } };
  const reason = `the toolchain ${name} lies in a folder that is closed to ${site.account.says}, which the product runs as`;
  return { kind: 'unavailable', reason, remedy: `SQUADOS_TOOLCHAINS=/var/cache/squados squados setup ${name}` };
};

/** Programs look for their tools here after what a toolchain adds. */
export const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';

/** The environment of a product's process: what its toolchain needs, a home of its own, nothing of ours. */
export const productEnv = (
  { folder }: Site,
  ...parts: readonly Readonly<Record<string, string>>[]
): Readonly<Record<string, string>> => {
  const merged: Record<string, string> = Object.assign({}, ...parts) as Record<string, string>;
  const path = parts.flatMap((part) => part['PATH'] ?? []).join(':');
  return {
    ...merged,
    PATH: path === '' ? SYSTEM_PATH : `${path}:${SYSTEM_PATH}`,
    HOME: folder.home,
    TMPDIR: folder.temporary,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  };
};
