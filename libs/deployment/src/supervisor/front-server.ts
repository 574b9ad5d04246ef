import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import type { ProductPlan } from '../product-plan.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};

/** Path below the root without its slash → bytes. The page lives in memory, so no request can reach the disk. */
export type PageFiles = ReadonlyMap<string, Buffer>;

/** @throws Error when the bundle is not what the deployer writes. */
export const pageFilesOf = (json: string): PageFiles => {
  const entries = Object.entries(JSON.parse(json) as Record<string, string>);
  return new Map(entries.map(([path, base64]) => [path, Buffer.from(base64, 'base64')]));
};

/** The product's one address: the built page, its configuration, and the backend behind the same origin. */
export const createFront = (front: ProductPlan['front'], files: PageFiles): Server => {
  const config = Buffer.from(JSON.stringify(front.config));
  const all = new Map(files).set('config.json', config);
  return createServer((request, response) => {
    const path = pathOf(request);
    if (front.proxied.some((prefix) => path.startsWith(prefix))) proxy(front.backendPort, request, response);
    else serve(all, { path, request, response });
  });
};

const pathOf = (request: IncomingMessage): string => {
  try {
    return decodeURIComponent(new URL(request.url ?? '/', 'http://product').pathname);
  } catch {
    return '/';
  }
};

interface Asked {
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const serve = (files: PageFiles, { path, request, response }: Asked): void => {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'only GET and HEAD are served here');
  const found = fileFor(files, path.slice(1));
  if (!found) return refuse(response, 404, `there is no ${path}`);
  response.writeHead(200, headersOf(found));
  response.end(request.method === 'HEAD' ? undefined : found.body);
};

interface Found {
  readonly name: string;
  readonly body: Buffer;
}

/** A route of the page's own router is no file: it gets the page. */
const fileFor = (files: PageFiles, name: string): Found | undefined => {
  const body = files.get(name);
  if (body) return { name, body };
  const page = extname(name) === '' ? files.get('index.html') : undefined;
  return page && { name: 'index.html', body: page };
};

const headersOf = ({ name, body }: Found): Readonly<Record<string, string | number>> => ({
  'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
  'content-length': body.byteLength,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
});

const refuse = (response: ServerResponse, status: number, detail: string): void => {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title: detail, status }));
};

const proxy = (port: number, request: IncomingMessage, response: ServerResponse): void => {
  const { method, url, headers } = request;
  const onward = forward({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () =>
    response.headersSent ? response.destroy() : refuse(response, 502, 'the backend does not answer'),
  );
  request.once('aborted', () => onward.destroy());
  request.pipe(onward);
};

/** @throws Error `EADDRINUSE` and the like. */
export const listenOn = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });

export const closeServer = (server: Server | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (!server?.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });
