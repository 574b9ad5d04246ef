import { Global, Module, type DynamicModule } from '@nestjs/common';
import { HealthState } from '../health/health-state.js';
import type { Logger } from '../logging/logger.port.js';
import { Lifecycle } from '../shutdown/lifecycle.js';
import { newEventId, systemClock } from './clock.js';
import { CLOCK, HEALTH, LIFECYCLE, LOGGER, NEW_EVENT_ID } from './tokens.js';

export interface PlatformOptions {
  readonly logger: Logger;
  /** For each phase of the shutdown; default 10 s. */
  readonly shutdownBoundMs?: number;
}

const DEFAULT_BOUND_MS = 10_000;

/** What every service of a process shares: logger, clock, ids, health, shutdown. */
@Global()
@Module({})
export class PlatformModule {
  static register({ logger, shutdownBoundMs = DEFAULT_BOUND_MS }: PlatformOptions): DynamicModule {
    const providers = [
      { provide: LOGGER, useValue: logger },
      { provide: CLOCK, useValue: systemClock },
      { provide: NEW_EVENT_ID, useValue: newEventId },
      { provide: HEALTH, useFactory: () => new HealthState() },
      { provide: LIFECYCLE, useFactory: () => new Lifecycle({ logger, boundMs: shutdownBoundMs }) },
    ];
    return { module: PlatformModule, providers, exports: providers.map((p) => p.provide) };
  }
}
