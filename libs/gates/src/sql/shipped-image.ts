import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** `version` of the package, which decides whether an image fits. */
const versionOf = async (name: string): Promise<string | undefined> => {
  const manifest = createRequire(import.meta.url)
    .resolve.paths(name)
    ?.map((folder) => `${folder}/${name}/package.json`)
    .find((file) => existsSync(file));
  if (manifest === undefined) return undefined;
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { readonly version?: unknown };
  return typeof version === 'string' ? version : undefined;
};

/** PGlite waits for ever for an archive that is none: it is unpacked, and by that checked, here. */
const unpacked = async (file: URL): Promise<Blob | undefined> => {
  try {
    return new Blob([await unzip(await readFile(file))]);
  } catch {
    return undefined;
  }
};

/**
 * An empty database of the installed PGlite, made once when the app was bundled (`tools/bundle.mjs`) and laid beside the bundle: initdb
 * takes three seconds of CPU each time. Undefined where there is none for this version, or a broken one.
 */
export const shippedImage = async (): Promise<Blob | undefined> => {
  const version = await versionOf('@electric-sql/pglite');
  const file = new URL(`./postgres-${version ?? 'none'}.tar.gz`, import.meta.url);
  return existsSync(file) ? unpacked(file) : undefined;
};
