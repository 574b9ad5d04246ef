/**
 * `web`: Node packages that generated frontends build and test with. `python`: interpreter and packages. `go`: compiler and
 * module cache. `postgres`: server binaries. `browser`: a Chromium. `nats`: a message server for services that run
 * apart; no gate needs it. `node`: the interpreter that runs us, always there.
 */
export type ToolchainName = 'node' | 'web' | 'python' | 'go' | 'postgres' | 'browser' | 'nats';

/** A toolchain that is installed and pinned. It is read-only: runs mount it and write elsewhere. */
export interface Toolchain {
  readonly name: ToolchainName;
  /** For verdicts: `python 3.11.7, fastapi 0.x, …`: what a person would ask first. */
  readonly version: string;
  /** Where it lies: `web` has its `node_modules` there, `go` its pinned `go.mod` and `go.sum`. */
  readonly folder: string;
  /** Folders that a sandbox must mount, at the same place inside. System folders (/usr, /lib) are always there. */
  readonly mounts: readonly { readonly from: string; readonly at: string }[];
  /** Variables that its programs need (PATH without a trailing system path, GOMODCACHE, …). */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of a program of it: `python`, `pytest`, `go`, `tsc`, `jest`, `initdb`, `chromium`, … Undefined: it has none of that name. */
  program(name: string): string | undefined;
}

export type ToolchainLookup =
  | { readonly kind: 'there'; readonly toolchain: Toolchain }
  /** `remedy` is what to type: `squados setup python`. */
  | { readonly kind: 'missing'; readonly reason: string; readonly remedy: string };

/** What this machine has. A lookup is made once and remembered; `squados setup` is what installs. */
export interface Toolchains {
  find(name: ToolchainName): Promise<ToolchainLookup>;
}
