import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HealthReport } from '../health/health-state.js';

export interface SignalsOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly health: { read(): HealthReport };
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

/** What probes and scrapers ask; calling `close` twice is safe. */
export interface SignalsServer {
  readonly port: number;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

type Route = (options: SignalsOptions) => Answer | Promise<Answer>;

/** How long a probe may take to say what it wants. */
const PATIENCE_MS = 5_000;
const OK = 200;
const NOT_FOUND = 404;
const NOT_ALLOWED = 405;
const BROKEN = 500;
const UNAVAILABLE = 503;
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(body)}\n`,
});

const answer = (is: boolean, word: string, { stopping, parts }: HealthReport): Answer => {
  const missing = Object.entries(parts).flatMap(([part, { ready, detail }]) => (ready ? [] : [{ part, detail }]));
  return json(is ? OK : UNAVAILABLE, { status: is ? word : `not ${word}`, stopping, missing, parts });
};

/** The paths that this server answers; liveness looks at nothing but that it is asked. */
export const SIGNAL_ROUTES: Readonly<Record<string, Route>> = {
  '/health/startup': ({ health }) => answer(health.read().started, 'started', health.read()),
  '/health/live': ({ health }) => json(health.read().live ? OK : UNAVAILABLE, { status: 'live' }),
  '/health/ready': ({ health }) => answer(health.read().ready, 'ready', health.read()),
  '/metrics': async ({ metrics }) => ({ status: OK, type: metrics.contentType, body: await metrics.text() }),
};

const answerOf = async (request: IncomingMessage, options: SignalsOptions): Promise<Answer> => {
  if (!READING.has(request.method ?? '')) return json(NOT_ALLOWED, { status: 'only GET and HEAD' });
  const path = (request.url ?? '').split('?')[0] ?? '';
  const route = Object.hasOwn(SIGNAL_ROUTES, path) ? SIGNAL_ROUTES[path] : undefined;
  if (route === undefined) return json(NOT_FOUND, { status: 'not found', paths: Object.keys(SIGNAL_ROUTES) });
  return route(options);
};

const send = (response: ServerResponse, { status, type, body }: Answer): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
};

/**
 * Answers health and metrics over HTTP, for whoever reaches the port: it shows no secret and changes nothing.
 * @throws Error naming HTTP_PORT and HTTP_HOST when it can't listen there
 */
export const startSignalsServer = async (options: SignalsOptions): Promise<SignalsServer> => {
  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS }, (request, response) => {
    answerOf(request, options).then(
      (found) => send(response, found),
      (error: unknown) => send(response, json(BROKEN, { status: 'failed', message: String(error) })),
    );
  });
  const port = await listening(server, options);
  let closed: Promise<void> | undefined;
  return { port, close: () => (closed ??= end(server)) };
};

const listening = (server: Server, { host, port }: SignalsOptions): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new Error(
          `health and metrics can't listen on ${host}:${port} (${cause.code ?? cause.message}): give another HTTP_PORT or HTTP_HOST`,
          { cause },
        ),
      ),
    );
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port));
  });

const end = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
