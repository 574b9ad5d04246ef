import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig, type Config } from '../config/read-config.js';
import type { serviceVariables } from '../config/service-variables.js';
import type { Variable } from '../config/variable.js';
import type { Logger } from '../logging/logger.port.js';
import { createLogger } from '../logging/pino-logger.js';
import { Lifecycle } from '../shutdown/lifecycle.js';
import { onStopSignal, type SignalSource } from '../shutdown/stop-signals.js';

export interface OpenedService {
  readonly module: DynamicModule;
  /** After the application is down: gives back what the module was made of. */
  close(): Promise<void>;
}

type ServiceVariables = Readonly<Record<string, Variable<unknown>>> & typeof serviceVariables;

/** The process as a service needs it; a test brings its own. */
export interface ServiceHost extends SignalSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  write(line: string): void;
  exit(code: number): void;
}

export interface ServiceDefinition<V extends ServiceVariables> {
  readonly name: string;
  readonly variables: V;
  readonly host: ServiceHost;
  open(config: Config<V>, logger: Logger): Promise<OpenedService>;
}

const INPUT_ERROR = 2;
const STOPPED = 130;
const SHUTDOWN_MS = 20_000;

/**
 * A service's whole life as a process of its own: configuration, logger, application, signals, bounded shutdown.
 * Exits 0 after a stop that was asked for, 1 when it can't start or stops badly, 2 for bad configuration, 130 when hurried.
 */
export const runService = async <V extends ServiceVariables>(service: ServiceDefinition<V>): Promise<void> => {
  const { host } = service;
  const reading = readConfig(service.variables, host.env);
  if (reading.kind === 'unsound') {
    for (const problem of reading.problems) host.write(`${service.name}: ${problem}\n`);
    host.exit(INPUT_ERROR);
    return;
  }
  const { logLevel, logFormat } = reading.config as unknown as Config<typeof serviceVariables>;
  const logger = createLogger({
    service: service.name,
    level: logLevel,
    format: logFormat,
    write: (line) => host.write(line),
  });
  try {
    live(service, logger, await up(service, reading.config, logger));
  } catch (error) {
    logger.error(
      { 'err.type': error instanceof Error ? error.name : typeof error },
      `can't start: ${error instanceof Error ? error.message : String(error)}`,
    );
    host.exit(1);
  }
};

const up = async <V extends ServiceVariables>(
  service: ServiceDefinition<V>,
  config: Config<V>,
  logger: Logger,
): Promise<Lifecycle> => {
  const opened = await service.open(config, logger);
  const lifecycle = new Lifecycle({ logger, boundMs: SHUTDOWN_MS });
  lifecycle.add({ name: 'what it works with', phase: 'close', stop: () => opened.close() });
  try {
    const app = await NestFactory.createApplicationContext(opened.module, { logger: false, abortOnError: false });
    lifecycle.add({ name: 'application', phase: 'drain', stop: () => app.close() });
    return lifecycle;
  } catch (error) {
    await lifecycle.shutdown('the application did not come up');
    throw error;
  }
};

const live = ({ host }: { readonly host: ServiceHost }, logger: Logger, lifecycle: Lifecycle): void => {
  const stop = async (reason: string): Promise<void> => {
    const { problems } = await lifecycle.shutdown(reason);
    host.exit(problems.length > 0 ? 1 : 0);
  };
  onStopSignal(
    host,
    (signal) => void stop(signal),
    () => host.exit(STOPPED),
  );
  logger.info({}, 'up'); // whoever waits for this line may stop the service at once
};

/** This process. A referenced timer holds it until it is told to stop: agents' own waits let it end. */
export const processHost = (): ServiceHost => {
  setInterval(() => undefined, 2 ** 30);
  return {
    env: process.env,
    on: (signal, listener) => process.on(signal, listener),
    off: (signal, listener) => process.off(signal, listener),
    write: (line) => void process.stderr.write(line),
    exit: (code) => process.exit(code),
  };
};
