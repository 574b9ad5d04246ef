import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Actor } from '@squados/contracts';
import { systemClock, type Logger, type WallClock } from '@squados/platform';
import express from 'express';
import type { Server } from 'node:http';
import { readPageAssets, servePage, type PageAssets } from './assets/page-assets.js';
import { FeedClients } from './feed/feed-clients.js';
import { GatewayModule } from './gateway.module.js';
import type { GatewayObserver } from './gateway-observer.js';
import type { GatewaySource } from './gateway-source.port.js';
import type { GatewayCore } from './http/gateway-core.js';
import { PERSON_COMMANDS } from './http/person-commands.js';
import { PreviewShelf } from './http/preview-shelf.js';
import { ProblemFilter } from './http/problem.filter.js';
import { listenNear } from './listen.js';
import { Access, type SessionKeeper } from './security/access.js';
import { doorkeeper } from './security/doorkeeper.js';

export interface GatewayOptions {
  readonly source: GatewaySource;
  /** Has been told of the source's log since its first commit. */
  readonly observer: GatewayObserver;
  /** Who sits at the page. */
  readonly actor: Actor;
  /** The built page. */
  readonly assets: string;
  /** Tried first; 0 takes any. Default 7373. */
  readonly port?: number;
  /** Default: this machine alone. Whatever it is, the page answers only to the names of this machine. */
  readonly host?: string;
  readonly logger: Logger;
  readonly clock?: WallClock;
  readonly heartbeatMs?: number;
  readonly patienceMs?: number;
  /** Where sessions outlast the process; default: they end with it. */
  readonly sessions?: SessionKeeper;
}

/**
 * The page of one folder, on this machine alone.
 *
 * Invariants:
 * 1. It reads the source and passes commands on; it closes nothing that it was given.
 * 2. Closing ends the feeds first: a page that stays open never holds up the end.
 */
export interface Gateway {
  readonly port: number;
  /** The port that was asked for was taken. */
  readonly isElsewhere: boolean;
  /** A new link that opens the page once. */
  link(): string;
  /** Calling it twice is safe. */
  close(): Promise<void>;
}

/** Only this machine; a page for others needs more than a link. */
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 7373;
const MEGABYTE = 1_000_000;
const MAX_DOCUMENT_BYTES = 10 * MEGABYTE;
/** Base64 takes four bytes for three, and several documents may come at once. */
const INTAKE_LIMIT = 15 * MEGABYTE;
const COMMAND_LIMIT = 4 * MEGABYTE;
const MOST_CLIENTS = 64;
const HEARTBEAT_MS = 20_000;
const PATIENCE_MS = 15_000;

/** Resolves when the page answers. @throws Error when no port is free. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const core = coreOf(options);
  const { clock = systemClock, sessions: keeper } = options;
  const access = new Access({ now: () => clock.now(), ...(keeper ? { keeper } : {}) });
  let port = 0;
  const app = await NestFactory.create<NestExpressApplication>(GatewayModule.register(core), {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  const assets = await readPageAssets(options.assets);
  furnish(app, { options, assets, door: doorkeeper({ access, port: () => port }) });
  await app.init();
  const server = app.getHttpServer() as Server;
  const wanted = options.port ?? DEFAULT_PORT;
  port = await listenNear(server, { host: options.host ?? DEFAULT_HOST, port: wanted });
  return {
    port,
    isElsewhere: wanted !== 0 && port !== wanted,
    link: () => `http://127.0.0.1:${port}/?t=${access.newLink()}`,
    close: closing(core, app),
  };
};

const coreOf = ({ source, observer, actor, ...options }: GatewayOptions): GatewayCore => {
  const { model, recent } = observer;
  const abilities = {
    commands: PERSON_COMMANDS,
    intake: source.intake !== undefined,
    maxDocumentBytes: MAX_DOCUMENT_BYTES,
  };
  const clients = new FeedClients(
    { log: source.log, model, abilities, recent: () => recent.start },
    {
      clock: options.clock ?? systemClock,
      heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
      patienceMs: options.patienceMs ?? PATIENCE_MS,
      mostClients: MOST_CLIENTS,
    },
  );
  return { source, model, clients, previews: new PreviewShelf(), actor };
};

interface Furniture {
  readonly options: GatewayOptions;
  readonly assets: PageAssets;
  readonly door: express.RequestHandler;
}

/** In the order in which a request meets them. */
const furnish = (app: NestExpressApplication, { options, assets, door }: Furniture): void => {
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.useGlobalFilters(new ProblemFilter(options.logger));
  app.use(door);
  app.use(servePage(assets));
  app.use('/api/intake', express.json({ limit: INTAKE_LIMIT }));
  app.use('/api', express.json({ limit: COMMAND_LIMIT }));
};

const closing = ({ clients, model }: GatewayCore, app: NestExpressApplication): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    clients.close(); // invariant 2
    await model.close();
    (app.getHttpServer() as Server).closeAllConnections();
    await app.close();
  };
  return () => (done ??= close());
};
