import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Dress } from '@squados/authors/dress';
import type { AgentName } from '@squados/contracts';
import type { Deployer } from '@squados/deployment';
import type { GatePool } from '@squados/gates';
import {
  OrchestratorEngine,
  OrchestratorModule,
  systemClock,
  type FoldSnapshots,
  type FoldObserver,
} from '@squados/orchestrator';
import { PlatformModule, type Logger } from '@squados/platform';
import { randomUUID } from 'node:crypto';
import { agentModules } from './agent-modules.js';
import { workshopOf, type Workshop } from './workshop.js';
import type { OwnedFolder } from './open-log.js';
import { SOLO_AGENTS } from './solo-agents.js';

export interface ServiceParts {
  readonly owned: OwnedFolder;
  /** The run's folder: a product that is started lives below it. */
  readonly root: string;
  readonly logger: Logger;
  readonly slots: (agent: AgentName) => number;
  readonly observers: readonly FoldObserver[];
  readonly snapshots: FoldSnapshots;
  readonly onFailure: (error: unknown) => void;
  /** Belongs to whoever made it. */
  readonly pool: GatePool;
  /** Another author than the offline one. */
  readonly dress: Dress | undefined;
}

export interface Services {
  readonly engine: OrchestratorEngine;
  readonly deployer: Deployer;
  close(): Promise<void>;
}

@Module({})
class SoloModule {}

/** Twice as many enqueued as can run: the next one is at hand when a slot frees, and priorities still count. */
const WINDOW_PER_SLOT = 2;

const engineOf = ({ owned, logger, slots, observers, snapshots, onFailure }: ServiceParts): OrchestratorEngine =>
  new OrchestratorEngine({
    log: owned.log,
    claims: owned.claims,
    agents: SOLO_AGENTS,
    window: (agent) => WINDOW_PER_SLOT * slots(agent),
    clock: systemClock,
    draw: Math.random,
    newId: randomUUID,
    logger,
    observers,
    snapshots,
    onFailure,
  });

const solo = (parts: ServiceParts, engine: OrchestratorEngine, workshop: Workshop): DynamicModule => ({
  module: SoloModule,
  imports: [
    PlatformModule.register({ logger: parts.logger }),
    OrchestratorModule.register(engine),
    ...agentModules({ ...parts, engine, ...workshop }),
  ],
});

/** One Nest application context with every service of the folder; they are all up when it resolves. */
export const startServices = async (parts: ServiceParts): Promise<Services> => {
  const engine = engineOf(parts);
  const workshop = workshopOf(parts.root, parts.pool);
  const context = await NestFactory.createApplicationContext(solo(parts, engine, workshop), {
    logger: false,
    abortOnError: false,
  });
  const { deployer } = workshop;
  return {
    engine,
    deployer,
    close: async () => {
      await context.close();
      await deployer.down();
    },
  };
};
