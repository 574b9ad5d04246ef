import type { Toolchain, Toolchains } from '../../toolchains/index.js';

/** What the checks of a Go service are run with. */
export interface GoTools {
  readonly version: string;
  readonly gofmt: string;
  /** Where the toolchain has one. */
  readonly staticcheck?: string;
  /** Runs a command beside a PostgreSQL server; absent: tests that need one are skipped. */
  readonly withPostgres?: string;
  readonly mounts: Toolchain['mounts'];
  readonly env: Readonly<Record<string, string>>;
}

export type GoToolsLookup =
  | { readonly kind: 'there'; readonly tools: GoTools }
  | { readonly kind: 'missing'; readonly reason: string; readonly remedy: string };

const SYSTEM_PATH = '/usr/bin:/bin';

/** The Go toolchain, and PostgreSQL where it is there. */
export const findGoTools = async (toolchains: Toolchains): Promise<GoToolsLookup> => {
  const [go, postgres] = await Promise.all([toolchains.find('go'), toolchains.find('postgres')]);
  if (go.kind === 'missing') return go;
  const gofmt = go.toolchain.program('gofmt');
  if (gofmt === undefined)
    return { kind: 'missing', reason: 'the go toolchain has no gofmt', remedy: 'squados setup go' };
  return {
    kind: 'there',
    tools: toolsOf(gofmt, go.toolchain, postgres.kind === 'there' ? postgres.toolchain : undefined),
  };
};

const toolsOf = (gofmt: string, go: Toolchain, server: Toolchain | undefined): GoTools => {
  const staticcheck = go.program('staticcheck');
  const withPostgres = server?.program('with-postgres');
  return {
    version: go.version,
    gofmt,
    ...(staticcheck === undefined ? {} : { staticcheck }),
    ...(withPostgres === undefined ? {} : { withPostgres }),
    mounts: [...go.mounts, ...(server?.mounts ?? [])],
    env: environment(go, server),
  };
};

const environment = (go: Toolchain, server: Toolchain | undefined): Readonly<Record<string, string>> => ({
  ...server?.env,
  ...go.env,
  // What the module files say is what is built: a missing pin is a finding, not something to mend on the way.
  GOFLAGS: '-mod=readonly -buildvcs=false',
  PATH: [go.env['PATH'], server?.env['PATH'], SYSTEM_PATH].filter((part) => part !== undefined).join(':'),
});
