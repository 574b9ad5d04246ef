import 'reflect-metadata';
import { Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  agentName,
  cardId,
  decidedLane,
  EMPTY_LANE,
  projectId,
  START,
  stampEvent,
  type SquadEvent,
} from '@squados/contracts';
import {
  onAbort,
  openMemoryLog,
  WorkAnswer,
  type AnySignal,
  type EventLog,
  type Work,
  type WorkClaim,
} from '@squados/event-log';
import { until } from '@squados/event-log/testing';
import { randomUUID } from 'node:crypto';
import { Observable } from 'rxjs';
import { agentMicroservice, WorkContext, WorkTransport, type WorkTransportOptions } from './index.js';

const agent = agentName('backend');
const quiet = { info: () => undefined, error: () => undefined };

/** What the handler of a spec does with each piece. */
let handle: (event: SquadEvent, context: WorkContext) => unknown = () => undefined;

class Worker {
  handle(event: SquadEvent, context: WorkContext): unknown {
    return handle(event, context);
  }
}
Controller()(Worker);
EventPattern('CardEnqueued')(Worker.prototype, 'handle', Object.getOwnPropertyDescriptor(Worker.prototype, 'handle')!);
Payload()(Worker.prototype, 'handle', 0);
Ctx()(Worker.prototype, 'handle', 1);
Reflect.defineMetadata('design:paramtypes', [Object, WorkContext], Worker.prototype, 'handle');
class Agent {}
Module({})(Agent);
class Root {}
Module({ controllers: [Worker] })(Root);

let log: EventLog;
let claims: WorkClaim;
let app: INestMicroservice;
let transport: WorkTransport;

const up = async (options: Partial<WorkTransportOptions> = {}): Promise<void> => {
  const given = { claims, agent, worker: 'w', concurrency: 2, leaseMs: 30_000, graceMs: 0, logger: quiet };
  transport = new WorkTransport({ ...given, ...options });
  app = await NestFactory.createMicroservice(Root, { strategy: transport, logger: false });
  await app.listen();
};

const enqueue = async (card: string): Promise<void> => {
  const event = stampEvent(
    { type: 'CardEnqueued', data: { attempt: 1, after: EMPTY_LANE, inputs: { cardRevision: 1, digest: 'd' } } },
    { id: randomUUID(), time: '2026-01-02T03:04:05.678Z', source: 'spec', subject: 'P' },
  );
  const lane = decidedLane({ project: projectId('P'), agent, card: cardId(card) });
  await log.append({ lane, expected: EMPTY_LANE, events: [event] });
};

beforeEach(async () => {
  ({ log, claims } = openMemoryLog());
  await claims.provision(agent, START);
  handle = () => undefined;
});
afterEach(async () => {
  await app.close();
  await claims.close();
  await log.close();
});

/** What nobody takes any more: taken within the lease of the transport it would be invisible. */
const comesAgain = async (withinMs = 100): Promise<readonly { delivery: number }[]> => {
  const source = await claims.open({ agent, worker: 'other', leaseMs: 30_000 });
  const works = await source.take(10, AbortSignal.timeout(withinMs));
  return works.map(({ delivery }) => ({ delivery }));
};

describe('the work transport in a Nest microservice', () => {
  it('hands each event to the handler of its type, with its work, and acknowledges it when the handler is done', async () => {
    const seen: string[] = [];
    handle = (event, context) => void seen.push(`${event.type} ${context.work.commit.lane}`);
    await up();
    await enqueue('BE-1');
    await enqueue('BE-2');
    await until('both were handled', () => seen.length === 2 && transport.running === 0);
    expect(seen[0]).toBe('CardEnqueued squad.P.backend.BE-1.decided');
    await app.close();
    expect(await comesAgain()).toEqual([]);
  });

  it('counts a stream as done when it has ended, not when it was made', async () => {
    let end = (): void => undefined;
    handle = () => new Observable((observer) => void (end = () => observer.complete()));
    await up();
    await enqueue('BE-1');
    await until('it is being handled', () => transport.running === 1);
    end();
    await until('it is done', () => transport.running === 0);
    await app.close();
    expect(await comesAgain()).toEqual([]);
  });

  it('takes no more than it has slots for', async () => {
    const releases: (() => void)[] = [];
    handle = () => new Promise<void>((resolve) => releases.push(resolve));
    await up({ concurrency: 2 });
    for (let i = 0; i < 5; i++) await enqueue(`BE-${i}`);
    await until('its slots are full', () => releases.length === 2);
    expect(await comesAgain(30_000)).toHaveLength(3);
    expect(transport.running).toBe(2);
    for (const release of releases) release();
  });

  it('hands back what its handler failed at, and goes on with the rest', async () => {
    let calls = 0;
    handle = () => {
      if (++calls === 1) throw new Error('no');
    };
    await up({ concurrency: 1 });
    await enqueue('BE-1');
    await enqueue('BE-2');
    await until('the failed one came again', () => calls === 3);
  });

  it('settles work as its handler answers', async () => {
    const deliveries: number[] = [];
    handle = (_, { work }) => (deliveries.push(work.delivery) < 3 ? WorkAnswer.again(5) : WorkAnswer.done);
    await up({ concurrency: 1 });
    await enqueue('BE-1');
    await until('it was acknowledged', () => deliveries.length === 3 && transport.running === 0);
    await app.close();
    expect(await comesAgain()).toEqual([]);
  });

  it('lets handlers end within the grace', async () => {
    let finish = (): void => undefined;
    handle = () => new Promise<void>((resolve) => (finish = resolve));
    await up({ graceMs: 5_000 });
    await enqueue('BE-1');
    await until('it is being handled', () => transport.running === 1);
    let closed = false;
    const closing = Promise.all([app.close(), transport.close()]).then(() => (closed = true));
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    finish();
    await closing;
    expect(await comesAgain()).toEqual([]);
  });

  it('tells handlers to stop after the grace, hands their work back, and takes nothing more', async () => {
    handle = (_, { signal }) =>
      new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    await up({ graceMs: 20, concurrency: 1 });
    await enqueue('BE-1');
    await enqueue('BE-2');
    await until('it is being handled', () => transport.running === 1);
    await app.close();
    expect(await comesAgain()).toEqual([{ delivery: 2 }, { delivery: 1 }]);
  });

  it('keeps the lease while a handler works, and tells it when the lease is lost', async () => {
    let aborted = false;
    let settle = (): Promise<unknown> => Promise.resolve();
    handle = (_, { signal, work }) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => ((aborted = true), resolve()));
        settle = () => work.ack();
      });
    await up({ leaseMs: 600 });
    await enqueue('BE-1');
    await until('it is being handled', () => transport.running === 1);
    expect(await comesAgain(900)).toEqual([]);
    expect(aborted).toBe(false);
    await settle(); // from now on the heartbeat answers false
    await until('it was told', () => aborted);
  });
});

describe('an agent as a microservice', () => {
  it('works its cards off through its controller, and gives back within its bound what it does not answer for', async () => {
    const HANDLER = Symbol('HANDLER');
    const given: string[] = [];
    const lived: string[] = [];
    const works = {
      handle: async (work: Work, signal: AnySignal): Promise<WorkAnswer> => {
        given.push(work.commit.lane);
        if (work.commit.lane.includes('BE-1')) return WorkAnswer.done;
        await new Promise<void>((resolve) => onAbort(signal, resolve));
        lived.push((signal.reason as Error).name);
        return WorkAnswer.again(0);
      },
    };
    const agentModule = { module: Agent, providers: [{ provide: HANDLER, useValue: works }], exports: [HANDLER] };
    const options = { claims, agent, worker: 'w', concurrency: 2, leaseMs: 30_000, graceMs: 0, logger: quiet };
    const service = agentMicroservice({ module: agentModule, handler: HANDLER, transport: options });
    app = await service.boot(service.module);
    await enqueue('BE-1');
    await enqueue('BE-2');
    await until('both were taken', () => given.length === 2);
    await app.close();
    expect(lived).toEqual(['WorkInterrupted']);
    expect(await comesAgain()).toEqual([{ delivery: 2 }]);
  });
});
