import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { RequestHandler } from 'express';

interface Asset {
  readonly bytes: Buffer;
  readonly type: string;
  readonly cache: string;
}

export type PageAssets = ReadonlyMap<string, Asset>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const FOREVER = 'public, max-age=31536000, immutable';

/** Reads the built page once: afterwards a request can name nothing but what is in memory. Empty when it isn't built. */
export const readPageAssets = async (folder: string): Promise<PageAssets> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined);
  const read = files.map(async (entry): Promise<[string, Asset]> => {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const cache = path.startsWith('/assets/') ? FOREVER : 'no-store';
    return [path, { bytes: await readFile(file), type: TYPES[extname(file)] ?? '', cache }];
  });
  return new Map(await Promise.all(read));
};

const NOT_BUILT = 'The page is not built. Build it with: npm run build\n';

/** Answers for the page's own files; whatever is none of them goes on. */
export const servePage = (assets: PageAssets): RequestHandler => {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const path = request.path === '/' ? '/index.html' : request.path;
    const asset = assets.get(path);
    if (asset) return void response.set('cache-control', asset.cache).type(asset.type).send(asset.bytes);
    if (path === '/index.html') return void response.status(503).type('text/plain').send(NOT_BUILT);
    return next();
  };
};
