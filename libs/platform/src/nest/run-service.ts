import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig, type Config } from '../config/read-config.js';
import type { serviceVariables } from '../config/service-variables.js';
import type { Variable } from '../config/variable.js';
import { HealthState } from '../health/health-state.js';
import { startSignalsServer, type SignalsServer } from '../http/signals-server.js';
import type { Logger, LogLevel } from '../logging/logger.port.js';
import { createLogger } from '../logging/pino-logger.js';
import { secretScrub } from '../logging/secret-scrub.js';
import { ServiceMetrics } from '../metrics/service-metrics.js';
import { Lifecycle } from '../shutdown/lifecycle.js';
import { onStopSignal } from '../shutdown/stop-signals.js';
import type { ServiceHost } from './process-host.js';

export interface OpenedService {
  readonly module: DynamicModule;
  /** Brings the application up; absent: an application context, with nothing that listens. */
  boot?(module: DynamicModule): Promise<Pick<INestApplicationContext, 'close'>>;
  /** The longest that closing the application may take, where that is more than SHUTDOWN_MS. */
  readonly drainMs?: number;
  /** After the application is down: gives back what the module was made of. */
  close(): Promise<void>;
}

/** What a service tells others of itself; its parts report here. */
export interface ServiceSignals {
  readonly health: HealthState;
  readonly metrics: ServiceMetrics;
}

type ServiceVariables = Readonly<Record<string, Variable<unknown>>> & typeof serviceVariables;

export interface ServiceDefinition<V extends ServiceVariables> {
  readonly name: string;
  readonly variables: V;
  readonly host: ServiceHost;
  open(config: Config<V>, logger: Logger, signals: ServiceSignals): Promise<OpenedService>;
}

const INPUT_ERROR = 2;
const STOPPED = 130;
const SHUTDOWN_MS = 20_000;
/** The part of a service's health that says whether its application is up. */
const APPLICATION = 'application';

/**
 * A service's whole life as a process of its own: configuration, logger, health and metrics over HTTP, application, signals, bounded
 * shutdown. Exits 0 after a stop that was asked for, 1 when it can't start, crashes or stops badly, 2 for bad configuration, 130 when
 * hurried.
 *
 * 1. Health answers from before anything is opened until everything is closed, so that a probe always hears why it has to wait.
 * 2. With the first signal it is ready no more; then it drains, then it closes.
 */
export const runService = async <V extends ServiceVariables>(service: ServiceDefinition<V>): Promise<void> => {
  const { host } = service;
  const reading = readConfig(service.variables, host.env);
  if (reading.kind === 'unsound') {
    const logger = loggerOf(service, { logLevel: 'info', logFormat: formatOf(host.env) });
    for (const problem of reading.problems) logger.error({}, problem);
    host.exit(INPUT_ERROR);
    return;
  }
  const shared = reading.config as unknown as Config<typeof serviceVariables>;
  const logger = loggerOf(service, shared);
  tellTrouble(host, logger);
  const signals = { health: new HealthState(), metrics: new ServiceMetrics(service.name) };
  signals.health.expect(APPLICATION);
  const lifecycle = new Lifecycle({ logger, boundMs: SHUTDOWN_MS });
  try {
    const server = await startSignalsServer({ host: shared.httpHost, port: shared.httpPort, ...signals });
    lifecycle.add({ name: 'health and metrics', phase: 'close', stop: () => server.close() });
    const life = { host, logger, lifecycle, signals, server };
    stopWithSignals(life);
    await up(service, reading.config, life);
  } catch (error) {
    if (lifecycle.isStopping) return; // told to stop while it came up
    logger.error({ 'err.type': error instanceof Error ? error.name : typeof error }, `can't start: ${wordsOf(error)}`);
    await lifecycle.shutdown('it did not come up');
    host.exit(1);
  }
};

interface Life {
  readonly host: ServiceHost;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly signals: ServiceSignals;
  readonly server: SignalsServer;
}

const up = async <V extends ServiceVariables>(
  service: ServiceDefinition<V>,
  config: Config<V>,
  { logger, lifecycle, signals, server }: Life,
): Promise<void> => {
  const opened = await service.open(config, logger, signals);
  if (lifecycle.isStopping) return opened.close();
  lifecycle.add({ name: 'what it works with', phase: 'close', stop: () => opened.close() });
  const app = await (opened.boot?.(opened.module) ?? inContext(opened.module));
  if (lifecycle.isStopping) return app.close();
  const bound = opened.drainMs === undefined ? {} : { boundMs: opened.drainMs };
  lifecycle.add({ name: APPLICATION, phase: 'drain', stop: () => app.close(), ...bound });
  signals.health.report(APPLICATION, true);
  logger.info({ http_port: server.port }, 'up'); // whoever waits for this line may stop the service at once
};

const inContext = (module: DynamicModule): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });

/** Invariant 2. Also while it comes up: as the first process of a container nobody else ends it. */
const stopWithSignals = ({ host, lifecycle, signals }: Life): void => {
  const stop = async (reason: string): Promise<void> => {
    signals.health.beginStop();
    const { problems } = await lifecycle.shutdown(reason);
    host.exit(problems.length > 0 ? 1 : 0);
  };
  onStopSignal(
    host,
    (signal) => void stop(signal),
    () => host.exit(STOPPED),
  );
};

const loggerOf = (
  { name, host }: Pick<ServiceDefinition<ServiceVariables>, 'name' | 'host'>,
  { logLevel, logFormat }: { readonly logLevel: LogLevel; readonly logFormat: 'json' | 'plain' },
): Logger =>
  createLogger({
    ...{ service: name, level: logLevel, format: logFormat, scrub: secretScrub(host.env) },
    write: (line) => host.write(line),
  });

/** What is wrong with the configuration is said in the form that was asked for, if that much could be read. */
const formatOf = (env: ServiceHost['env']): 'json' | 'plain' =>
  env['SQUADOS_LOG_FORMAT']?.trim().toLowerCase() === 'plain' ? 'plain' : 'json';

const tellTrouble = (host: ServiceHost, logger: Logger): void => {
  const crashed = (error: unknown): void => {
    const stack = error instanceof Error ? error.stack : undefined;
    logger.error(
      { 'err.type': error instanceof Error ? error.name : typeof error, stack },
      `crashed: ${wordsOf(error)}`,
    );
    host.exit(1);
  };
  host.onTrouble?.(crashed, ({ name, message }) => logger.warn({ 'err.type': name }, message));
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
