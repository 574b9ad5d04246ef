import 'reflect-metadata';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { agentVariables, runService, serviceProviders, type OpenedService, type ServiceHost } from '../index.js';

class Root {}
Module({})(Root);

const hostOf = (env: Record<string, string> = {}) => {
  const signals = new EventEmitter();
  const lines: string[] = [];
  const exits: number[] = [];
  const exited = new Promise<void>((resolve) => signals.once('exit', () => resolve()));
  const host: ServiceHost = {
    env,
    on: (signal, listener) => signals.on(signal, listener),
    off: (signal, listener) => signals.off(signal, listener),
    write: (line) => void lines.push(line),
    exit: (code) => {
      exits.push(code);
      signals.emit('exit');
    },
  };
  return { host, signals, lines, exits, exited };
};

const order: string[] = [];
const opened = (stop: () => Promise<void> = async () => void order.push('stop')): OpenedService => ({
  module: {
    module: Root,
    providers: serviceProviders({
      token: Symbol('s'),
      create: () => ({ start: async () => void order.push('start'), stop }),
    }),
  },
  close: async () => void order.push('close'),
});

describe('a service as a process', () => {
  it('starts, stops with a signal, gives back what it used, and exits 0', async () => {
    order.length = 0;
    const { host, signals, exits, exited, lines } = hostOf();
    await runService({ name: 'agent-x', variables: agentVariables, host, open: async () => opened() });
    signals.emit('SIGTERM');
    await exited;
    expect(order).toEqual(['start', 'stop', 'close']);
    expect(exits).toEqual([0]);
    expect(lines.map((l) => JSON.parse(l).msg)).toEqual(['up', 'shutting down']);
  });
  it('exits 2 with every bad variable named, opening nothing', async () => {
    const { host, exits, lines } = hostOf({ SQUADOS_CONCURRENCY: 'many', SQUADOS_LEASE: '1y' });
    await runService({
      name: 'agent-x',
      variables: agentVariables,
      host,
      open: () => Promise.reject(new Error('opened')),
    });
    expect(exits).toEqual([2]);
    expect(lines.join('')).toMatch(/SQUADOS_CONCURRENCY.*\n.*SQUADOS_LEASE/);
  });
  it('exits 1 and says why when what it works with cannot be opened', async () => {
    const { host, exits, lines } = hostOf({ SQUADOS_LOG_FORMAT: 'plain' });
    await runService({
      name: 'agent-x',
      variables: agentVariables,
      host,
      open: () => Promise.reject(new TypeError('no folder')),
    });
    expect(exits).toEqual([1]);
    expect(lines[0]).toContain("agent-x can't start: no folder");
  });
  it('gives back what it opened when the application does not come up', async () => {
    order.length = 0;
    const { host, exits } = hostOf();
    const broken = {
      ...opened(),
      module: { module: Root, providers: [{ provide: 'x', useFactory: () => Promise.reject(new Error('unbound')) }] },
    };
    await runService({ name: 'agent-x', variables: agentVariables, host, open: async () => broken });
    expect([order, exits]).toEqual([['close'], [1]]);
  });
  it('exits 130 at once when asked twice, and 1 when giving back went wrong', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { host, signals, exits, lines } = hostOf();
    const closing = new Promise<void>((_, reject) => (fail = reject));
    const service = { ...opened(), close: () => closing };
    await runService({ name: 'agent-x', variables: agentVariables, host, open: async () => service });
    signals.emit('SIGINT');
    signals.emit('SIGINT');
    expect(exits).toEqual([130]);
    const later = new Promise<void>((resolve) => signals.once('exit', () => resolve()));
    fail(new Error('torn'));
    await later;
    expect(exits).toEqual([130, 1]);
    expect(lines.join('')).toContain('what it works with failed to close: torn');
  });
});
