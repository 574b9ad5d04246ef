import { Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { EngineOptions } from './engine/engine.types.js';
import { OrchestratorEngine } from './engine/orchestrator-engine.js';
import { ENGINE_OPTIONS, ORCHESTRATOR } from './tokens.js';

/**
 * Starts the engine while modules are initialised, so that agents, which begin at application bootstrap, find their claims
 * provisioned; stops it last, so that what agents hand back while they drain is still folded.
 */
@Injectable()
class OrchestratorLifecycle implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(ORCHESTRATOR) private readonly engine: OrchestratorEngine) {}

  onModuleInit(): Promise<void> {
    return this.engine.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.engine.stop();
  }
}

@Module({})
export class OrchestratorModule {
  static register(options: EngineOptions): DynamicModule {
    return {
      module: OrchestratorModule,
      providers: [
        { provide: ENGINE_OPTIONS, useValue: options },
        { provide: ORCHESTRATOR, useFactory: (given: EngineOptions) => new OrchestratorEngine(given), inject: [ENGINE_OPTIONS] },
        OrchestratorLifecycle,
      ],
      exports: [ORCHESTRATOR],
    };
  }
}
