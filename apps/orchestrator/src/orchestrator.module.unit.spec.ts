import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { OnApplicationShutdown, OnModuleInit, Type } from '@nestjs/common';
import { OrchestratorModule } from './orchestrator.module.js';
import { ORCHESTRATOR } from './tokens.js';

type Lifecycle = Type<OnModuleInit & OnApplicationShutdown>;

describe('the orchestrator in an application', () => {
  it('offers the engine it was given, starts it with the modules and stops it with the application', async () => {
    const calls: string[] = [];
    const note = (call: string) => (): Promise<void> => {
      calls.push(call);
      return Promise.resolve();
    };
    const engine = { start: note('start'), stop: note('stop') };
    const module = OrchestratorModule.register(engine as never);
    expect(module.exports).toEqual([ORCHESTRATOR]);
    const [provided, Living] = module.providers as [unknown, Lifecycle];
    expect(provided).toEqual({ provide: ORCHESTRATOR, useValue: engine });
    const life = new Living(engine);
    await life.onModuleInit();
    await life.onApplicationShutdown();
    expect(calls).toEqual(['start', 'stop']);
  });
});
