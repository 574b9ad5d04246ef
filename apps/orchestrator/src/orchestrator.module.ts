import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { OrchestratorEngine } from './engine/orchestrator-engine.js';
import { ORCHESTRATOR } from './tokens.js';

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
  /** The engine belongs to the application from here on: it is started and stopped with it. */
  static register(engine: OrchestratorEngine): DynamicModule {
    return {
      module: OrchestratorModule,
      providers: [{ provide: ORCHESTRATOR, useValue: engine }, OrchestratorLifecycle],
      exports: [ORCHESTRATOR],
    };
  }
}
