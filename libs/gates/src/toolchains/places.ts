import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where toolchains are installed, and where their pinned sets lie. */
export interface ToolchainPlaces {
  /** Installs lie directly below, one folder each. */
  readonly root: string;
  /** One folder of pins and lock files per toolchain. */
  readonly pins: string;
}

export interface ToolchainOptions {
  /** Folder of the installs; default: `SQUADOS_TOOLCHAINS`, else `.squados-toolchains` in the checkout. */
  readonly root?: string;
  /** Folder of the pinned sets; default: `toolchains` in the checkout. */
  readonly pins?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const MARK = join('toolchains', 'web', 'package.json');

/** The nearest folder above this file that holds the pinned sets; sources and bundles lie at different depths of it. */
const checkout = (from: string): string => {
  if (existsSync(join(from, MARK)) || dirname(from) === from) return from;
  return checkout(dirname(from));
};

export const placesOf = (options: ToolchainOptions = {}): ToolchainPlaces => {
  const home = checkout(dirname(fileURLToPath(import.meta.url)));
  const named = options.root ?? ((options.env ?? process.env)['SQUADOS_TOOLCHAINS'] || undefined);
  return {
    root: resolve(named ?? join(home, '.squados-toolchains')),
    pins: resolve(options.pins ?? join(home, 'toolchains')),
  };
};
