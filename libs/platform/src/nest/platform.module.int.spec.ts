import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  CLOCK,
  createLogger,
  HEALTH,
  LIFECYCLE,
  LOGGER,
  NEW_EVENT_ID,
  PlatformModule,
  serviceProviders,
  type Logger,
} from '../index.js';

const logger = createLogger({ service: 'test', level: 'silent', format: 'json', write: () => undefined });

describe('the platform module', () => {
  it('gives every module logger, clock, ids, health and shutdown by token', async () => {
    const app = await NestFactory.createApplicationContext(PlatformModule.register({ logger }), { logger: false });
    expect(app.get<Logger>(LOGGER)).toBe(logger);
    for (const token of [CLOCK, HEALTH, LIFECYCLE, NEW_EVENT_ID]) expect(app.get<object>(token)).toBeDefined();
    await app.close();
  });
});

describe('a service in an application', () => {
  it('starts after all modules are up and stops before any is torn down, with what it needs injected', async () => {
    const order: string[] = [];
    const TOKEN = Symbol('service');
    const create = (given: Logger) => ({
      start: async () => void order.push(given === logger ? 'start' : 'start without logger'),
      stop: async () => void order.push('stop'),
    });
    class Root {
      onModuleInit() {
        order.push('init');
      }
      onApplicationShutdown() {
        order.push('down');
      }
    }
    Module({
      imports: [PlatformModule.register({ logger })],
      providers: [...serviceProviders({ token: TOKEN, create, inject: [LOGGER] })],
    })(Root);
    const app = await NestFactory.createApplicationContext(Root, { logger: false });
    await app.close();
    expect(order).toEqual(['init', 'start', 'stop', 'down']);
  });
});
