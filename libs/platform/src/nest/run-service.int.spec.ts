import 'reflect-metadata';
import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import {
  agentVariables,
  runService,
  serviceProviders,
  type OpenedService,
  type ServiceHost,
  type ServiceSignals,
} from '../index.js';

class Root {}
Module({})(Root);

const hostOf = (env: Record<string, string> = {}) => {
  const signals = new EventEmitter();
  const lines: string[] = [];
  const exits: number[] = [];
  const exited = new Promise<void>((resolve) => signals.once('exit', () => resolve()));
  const host: ServiceHost & { readonly env: Record<string, string> } = {
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

const freePort = async (): Promise<string> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return String(port);
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
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      service: 'agent-x',
      http_port: expect.any(Number),
    });
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
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const second = hostOf({ HTTP_PORT: String(port) });
    await runService({ name: 'agent-x', variables: agentVariables, host: second.host, open: async () => opened() });
    taken.close();
    expect(second.exits).toEqual([1]);
    expect(second.lines[0]).toContain(`127.0.0.1:${port} (EADDRINUSE): give another HTTP_PORT`);
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

  it('answers health and metrics from before it opens anything until it is closed', async () => {
    const { host, signals, exited, lines } = hostOf();
    const seen: Record<string, unknown> = {};
    const ask = async (path: string): Promise<{ status: number; body: string }> => {
      const response = await fetch(`http://127.0.0.1:${String(port)}${path}`);
      return { status: response.status, body: await response.text() };
    };
    let port = 0;
    const statuses = async (): Promise<number[]> =>
      Promise.all(['startup', 'live', 'ready'].map(async (probe) => (await ask(`/health/${probe}`)).status));
    const open = async (config: { readonly httpPort: number }, _: unknown, { health }: ServiceSignals) => {
      port = config.httpPort;
      health.expect('log');
      seen['opening'] = await statuses();
      seen['missing'] = JSON.parse((await ask('/health/ready')).body);
      health.report('log', true);
      const stop = async (): Promise<void> => void (seen['draining'] = await statuses());
      return { ...opened(stop), close: async () => void (seen['closing'] = await statuses()) };
    };
    host.env['HTTP_PORT'] = await freePort();
    await runService({ name: 'agent-x', variables: agentVariables, host, open });
    seen['up'] = await statuses();
    seen['metrics'] = (await ask('/metrics')).body;
    signals.emit('SIGTERM');
    await exited;
    expect(seen).toMatchObject({ opening: [503, 200, 503], up: [200, 200, 200] });
    expect(seen).toMatchObject({ draining: [200, 200, 503], closing: [200, 200, 503] });
    expect(seen['missing']).toMatchObject({
      status: 'not ready',
      missing: [{ part: 'application' }, { part: 'log', detail: 'has not reported yet' }],
    });
    expect(seen['metrics']).toMatch(/^process_cpu_seconds_total\{service="agent-x"\} /m);
    expect(lines.every((line) => typeof JSON.parse(line) === 'object')).toBe(true);
    await expect(ask('/health/live')).rejects.toThrow();
  });
  it('stops at once and exits 0 when it is told to while it still waits for what it works with', async () => {
    const { host, signals, exits, exited } = hostOf();
    let opening = (): void => undefined;
    const reached = new Promise<void>((resolve) => (opening = resolve));
    const open = (): Promise<OpenedService> => {
      opening();
      return new Promise(() => undefined);
    };
    void runService({ name: 'agent-x', variables: agentVariables, host, open });
    await reached;
    signals.emit('SIGTERM');
    await exited;
    expect(exits).toEqual([0]);
  });
  it('says in one line what nobody caught, then exits 1', async () => {
    const { host, signals, exits, lines } = hostOf({ SQUADOS_API_KEY: 'hunter2' });
    let crash: (error: unknown) => void = () => undefined;
    let warn: (warning: Error) => void = () => undefined;
    const onTrouble = (crashed: typeof crash, warned: typeof warn): void => void ([crash, warn] = [crashed, warned]);
    const open = async () => opened();
    await runService({ name: 'agent-x', variables: agentVariables, host: { ...host, onTrouble }, open });
    warn(new Error('old'));
    crash(new TypeError('no hunter2 here'));
    expect(exits).toEqual([1]);
    const [warning, error] = lines.slice(-2).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(warning).toMatchObject({ level: 'warn', msg: 'old' });
    expect(error).toMatchObject({ level: 'error', msg: 'crashed: no [SQUADOS_API_KEY] here', 'err.type': 'TypeError' });
    expect(error?.['stack']).toContain('run-service.int.spec');
    const exited = new Promise<void>((resolve) => signals.once('exit', () => resolve()));
    signals.emit('SIGTERM');
    await exited;
  });
});
