import { Controller, Inject, type DynamicModule, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern } from '@nestjs/microservices';
import type { AnySignal, Work, WorkAnswer } from '@squados/event-log';
import { WorkContext } from './work-context.js';
import { WorkTransport, type WorkTransportOptions } from './work-transport.js';

/** What does an agent's work: its runtime. */
export interface WorksOff {
  handle(work: Work, signal: AnySignal, nearlyDone?: () => void): Promise<WorkAnswer>;
}

export interface AgentMicroservice {
  /** The agent's module, which exports what does its work under `handler`; it takes nothing by itself. */
  readonly module: DynamicModule;
  readonly handler: symbol;
  readonly transport: WorkTransportOptions;
}

/** A part of a service as the platform runs it: what to build, and how it is brought up. */
export interface BootableAgent {
  readonly module: DynamicModule;
  boot(module: DynamicModule): Promise<INestMicroservice>;
  /** The longest that its stop may take, in ms. */
  readonly drainMs: number;
}

class AgentWork {}

/** For telling a handler to stop and for closing the source, beyond the grace. */
const AFTER_GRACE_MS = 15_000;

/** An agent as a Nest microservice: the transport brings each `CardEnqueued` to its controller, which has the agent work it off. */
export const agentMicroservice = ({ module, handler, transport }: AgentMicroservice): BootableAgent => ({
  module: { module: AgentWork, imports: [module], controllers: [controllerOf(handler)] },
  boot: async (root) => {
    const strategy = new WorkTransport(transport);
    const app = await NestFactory.createMicroservice(root, { strategy, logger: false, abortOnError: false });
    await app.listen();
    return app;
  },
  drainMs: transport.graceMs + AFTER_GRACE_MS,
});

const controllerOf = (handler: symbol): new (agent: WorksOff) => object => {
  @Controller()
  class WorkController {
    constructor(@Inject(handler) private readonly agent: WorksOff) {}

    @EventPattern('CardEnqueued')
    enqueued(@Ctx() { work, stop, nearlyDone }: WorkContext): Promise<WorkAnswer> {
      return this.agent.handle(work, stop, nearlyDone);
    }
  }
  return WorkController;
};
