import { cpSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager, type ConsumerConfig, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { agentName, attemptLane, EMPTY_LANE, LOG_STREAM, START } from '@squados/contracts';
import type { EventLog } from '../event-log.port.js';
import { anyNatsServer, WITHOUT_NATS } from '../testing/find-nats-servers.js';
import { bareConnection, openAt } from '../testing/jetstream-harness.js';
import { startNatsServer, type NatsServer } from '../testing/nats-server.js';
import { followFor, positionsOf, readAll, startFollowing } from '../testing/reading.js';
import { at, commitTo, enqueue, enqueued, fill, started, stored } from '../testing/samples.js';
import { SlowWay } from '../testing/slow-way.js';
import { until, within } from '../testing/waiting.js';
import { openJetStreamLog, type JetStreamLog, type JetStreamOptions } from './index.js';

const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;
const backend = agentName('backend');
const forever = new AbortController().signal;

describeHere(`the JetStream log${program === undefined ? WITHOUT_NATS : ''}`, () => {
  let server: NatsServer;
  const opened: EventLog[] = [];
  const open = async (options: Partial<JetStreamOptions> = {}): Promise<JetStreamLog> => {
    const log = await openAt(server.access(), options);
    opened.push(log);
    return log;
  };
  beforeEach(async () => {
    server = await startNatsServer(program!);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
    await server.dispose();
  });
  /** What somebody with the server's tools does. */
  const byHand = async (change: (jsm: JetStreamManager, nc: NatsConnection) => Promise<unknown>): Promise<void> => {
    const nc = await bareConnection(server.access());
    await change(await jetstreamManager(nc), nc);
    await nc.close();
  };

  describe('when the server is killed', () => {
    it('loses no acknowledged append, stores none twice, and its follower goes on without gap or repeat', async () => {
      const log = await open();
      const following = followFor(log, 900);
      await fill(log, 300);
      const during = Array.from({ length: 300 }, (_, i) => stored(log, enqueue(at(`FE-${i}`, 'frontend'))));
      await server.kill();
      const away = Array.from({ length: 300 }, (_, i) => stored(log, enqueue(at(`QA-${i}`, 'qa'))));
      await server.start();
      const places = (await Promise.all([...during, ...away])).map(({ position }) => position);
      const all = await readAll(log);
      expect(all).toHaveLength(900);
      expect(new Set(all.map(({ lane }) => lane)).size).toBe(900);
      expect(new Set(positionsOf(all))).toEqual(new Set([...positionsOf(all), ...places]));
      expect(positionsOf(await following)).toEqual(positionsOf(all));
    }, 60_000);

    it('goes on handing out work, once it is there again', async () => {
      const log = await open({ ackWaitMs: 2_000 });
      await log.claims().provision(backend, START);
      const source = await log.claims().open({ agent: backend, worker: 'w', leaseMs: 30_000 });
      const waiting = source.take(1, forever);
      await server.kill();
      await server.start();
      await fill(log, 1);
      const [work] = await within('work after the restart', waiting, 20_000);
      expect(work?.commit.lane).toContain('BE-0');
      expect(await work?.heartbeat()).toBe(true);
    }, 60_000);

    it('refuses in time what it could not store, and says what to do', async () => {
      const log = await open({ patienceMs: 300 });
      await server.kill();
      await expect(log.append(enqueue(at('BE-1')))).rejects.toMatchObject({ code: 'unreachable' });
      await expect(log.head()).rejects.toMatchObject({ code: 'unreachable' });
    }, 30_000);
  });

  describe('setting up', () => {
    it('is idempotent: two at once make one log, a third changes nothing', async () => {
      const logs = await Promise.all([open(), open()]);
      const third = await open();
      expect(new Set([...logs, third].map(({ logId }) => logId)).size).toBe(1);
    });

    it('waits for the stream when it may not make it, and says who makes it', async () => {
      await expect(open({ stream: 'await', connectMs: 300 })).rejects.toMatchObject({ code: 'log-missing' });
      const waiting = open({ stream: 'await' });
      const maker = await open();
      expect((await waiting).logId).toBe(maker.logId);
    });

    it.each<[string, Partial<StreamConfig>]>([
      ['somebody else’s stream of that name', { subjects: ['squad.*.*.*.*'], description: 'orders' }],
      ['one that forgets by age', { subjects: ['squad.*.*.*.*'], description: 'SquadOS log x', max_age: 1e12 }],
    ])('refuses %s', async (_, config) => {
      await byHand((jsm) => jsm.streams.add({ name: LOG_STREAM, ...config }));
      await expect(open()).rejects.toMatchObject({
        code: 'unsafe-settings',
        message: expect.stringContaining(LOG_STREAM),
      });
    });

    it('refuses subjects that another stream takes', async () => {
      await byHand((jsm) => jsm.streams.add({ name: 'OTHER', subjects: ['squad.>'] }));
      await expect(open()).rejects.toMatchObject({
        code: 'unsafe-settings',
        message: expect.stringContaining('another stream'),
      });
    });

    it('stops its readers when the stream is altered so that it loses data', async () => {
      const log = await open();
      await byHand((jsm) => jsm.streams.update(LOG_STREAM, { max_age: 3_600e9 }));
      await expect(log.head()).rejects.toMatchObject({
        code: 'unsafe-settings',
        message: expect.stringContaining('max_age'),
      });
    });

    it.each<[string, Partial<ConsumerConfig>]>([
      ['max_deliver', { max_deliver: 5 }],
      ['ack_policy', { ack_policy: 'all' }],
    ])('refuses an agent’s durable for its %s', async (field, config) => {
      const log = await open();
      const filter = { filter_subject: 'squad.*.backend.*.decided' };
      await byHand((jsm) =>
        jsm.consumers.add(LOG_STREAM, { durable_name: 'work-backend', ack_policy: 'explicit', ...filter, ...config }),
      );
      await expect(log.claims().provision(backend, START)).rejects.toMatchObject({
        code: 'unsafe-settings',
        message: expect.stringContaining(field),
      });
    });

    it('tells of an agent’s durable that is altered while it is in use, until it is removed, and makes it anew', async () => {
      const told: string[] = [];
      const durable = (_: unknown, what: string, error?: unknown): void => void told.push(`${what} ${String(error)}`);
      const log = await open({ checkMs: 50, observer: { durable } });
      await log.claims().provision(backend, START);
      await byHand((jsm) => jsm.consumers.update(LOG_STREAM, 'work-backend', { inactive_threshold: 3_600e9 }));
      await until('it is told', () => told.some((line) => line.includes('inactive_threshold')));
      await byHand((jsm) => jsm.consumers.delete(LOG_STREAM, 'work-backend'));
      await until('it is made again', () => told.some((line) => line.includes('made again')));
      const source = await log.claims().open({ agent: backend, worker: 'w', leaseMs: 30_000 });
      await fill(log, 1);
      expect(await within('its work', source.take(1, forever))).toHaveLength(1);
    }, 30_000);

    it('ends readers and appends when the stream is deleted, and says what became of it', async () => {
      const log = await open({ patienceMs: 300 });
      await fill(log, 3);
      const follower = startFollowing(log);
      let seen = 0;
      while (seen < 3) seen += (await follower.next())?.commits.length ?? 0;
      const waiting = follower.next();
      await byHand((jsm) => jsm.streams.delete(LOG_STREAM));
      await expect(log.append(enqueue(at('BE-9')))).rejects.toMatchObject({
        code: 'log-missing',
        message: expect.stringContaining('deleted'),
      });
      for (const asked of [log.head(), log.last(enqueue(at('BE-1')).lane), log.claims().provision(backend, START)])
        await expect(asked).rejects.toMatchObject({ code: 'log-missing' });
      await expect(within('the follower’s end', waiting, 20_000)).rejects.toMatchObject({ code: 'log-missing' });
    }, 30_000);

    it('says what is wrong with the address, the credentials, or a server without JetStream', async () => {
      const access = server.access();
      const fails = (change: object) =>
        openJetStreamLog({ access: { ...access, ...change }, name: 'spec', stream: 'await', connectMs: 300 });
      await expect(fails({ servers: ['127.0.0.1:1'] })).rejects.toMatchObject({ code: 'unreachable' });
      await expect(fails({ password: 'wrong' })).rejects.toMatchObject({ code: 'access-refused' });
      const bare = await startNatsServer(program!, { jetstream: false });
      await expect(fails({ servers: bare.access().servers })).rejects.toMatchObject({ code: 'no-jetstream' });
      await bare.dispose();
    }, 30_000);
  });

  describe('a way that carries nothing to the server while it waits for our greeting', () => {
    let impatient: NatsServer;
    let way: SlowWay;
    const openOver = async (holdMs: readonly number[], connectMs: number): Promise<JetStreamLog> => {
      way = await SlowWay.to(impatient.port, holdMs);
      const access = { ...impatient.access(), servers: [`127.0.0.1:${way.port}`] };
      const log = await openAt(access, { connectMs });
      opened.push(log);
      return log;
    };
    beforeEach(async () => {
      impatient = await startNatsServer(program!, { extra: 'authorization: { timeout: 0.2 }' });
    });
    afterEach(async () => {
      await way.close();
      await impatient.dispose();
    });

    it('is waited for, and not taken for refused credentials', async () => {
      const log = await openOver([600, 600], 10_000);
      expect(way.connections).toBe(3);
      await stored(log, enqueue(at('BE-1')));
    }, 30_000);

    it('is told as what it is when it stays so', async () => {
      await expect(openOver([600, 600, 600, 600, 600, 600], 1_000)).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching(
          /is there, but hears nothing from us within 1000 ms .*: check what lies between/,
        ),
      });
    }, 30_000);
  });

  describe('limits', () => {
    it('refuses appends when the log is full, drops nothing, and goes on when there is room', async () => {
      const log = await open({ stream: { kind: 'make', maxBytes: 20_000 } });
      const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => log.append(enqueue(at(`BE-${i}`)))));
      const refused = answers.find(({ kind }) => kind === 'refused');
      expect(refused).toMatchObject({ code: 'log-full', message: expect.stringContaining('max_bytes') });
      const kept = answers.filter(({ kind }) => kind === 'appended').length;
      expect(await readAll(log)).toHaveLength(kept);
      await open({ stream: { kind: 'make', maxBytes: 1_000_000 } });
      await stored(log, enqueue(at('FE-1', 'frontend')));
      expect(await readAll(log)).toHaveLength(kept + 1);
    });

    it('refuses appends when the account has no room left, and goes on when there is', async () => {
      const small = await startNatsServer(program!, { maxStore: '32KB' });
      const log = await openAt(small.access());
      const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => log.append(enqueue(at(`BE-${i}`)))));
      const kept = answers.filter(({ kind }) => kind === 'appended').length;
      expect(answers.find(({ kind }) => kind === 'refused')).toMatchObject({ code: 'log-full' });
      expect(await readAll(log)).toHaveLength(kept);
      await small.kill('SIGTERM');
      await small.start({ maxStore: '32MB' });
      await stored(log, enqueue(at('FE-1', 'frontend')));
      expect(await readAll(log)).toHaveLength(kept + 1);
      await log.close();
      await small.dispose();
    }, 30_000);

    it('names the server’s own limit when a commit is over it', async () => {
      const small = await startNatsServer(program!, { extra: 'max_payload: 2048' });
      const log = await openAt(small.access());
      const long = commitTo(attemptLane(at('BE-1')), EMPTY_LANE, started(1, 'w'.repeat(3000)));
      expect(await log.append(long)).toMatchObject({
        kind: 'refused',
        code: 'too-large',
        message: expect.stringContaining('max_payload'),
      });
      await log.close();
      await small.dispose();
    });

    it('tells a worker at once that it may not answer for another agent', async () => {
      const access = { ...server.access(), user: 'limited', password: 'p' };
      const log = await openAt(access);
      opened.push(log);
      await expect(log.append(commitTo(attemptLane(at('QA-1', 'qa')), EMPTY_LANE, started(1)))).rejects.toMatchObject({
        code: 'access-refused',
      });
      await stored(log, commitTo(attemptLane(at('BE-1')), EMPTY_LANE, started(1)));
    });
  });

  describe('an older state of the log, restored under it,', () => {
    it('ends its readers instead of letting them go on in another past', async () => {
      const log = await open();
      await fill(log, 10);
      await server.kill('SIGTERM');
      cpSync(server.store, `${server.store}-backup`, { recursive: true });
      await server.start();
      await fill(log, 10, 'FE', 'frontend');
      const follower = startFollowing(log);
      let seen = 0;
      while (seen < 20) seen += (await follower.next())?.commits.length ?? 0;
      const waiting = follower.next();
      waiting.catch(() => undefined);
      await server.kill('SIGTERM');
      rmSync(server.store, { recursive: true });
      cpSync(`${server.store}-backup`, server.store, { recursive: true });
      await server.start();
      await expect(waiting).rejects.toMatchObject({ code: 'log-replaced' });
      await expect(log.head()).rejects.toMatchObject({ code: 'log-replaced' });
    }, 60_000);
  });

  describe('work', () => {
    it('comes back when its durable was deleted by hand, and so does what was enqueued meanwhile', async () => {
      const log = await open({ checkMs: 50 });
      const claims = log.claims();
      await claims.provision(backend, START);
      const source = await claims.open({ agent: backend, worker: 'w', leaseMs: 30_000 });
      await fill(log, 1);
      const [first] = await source.take(1, forever);
      await first?.ack();
      const waiting = source.take(1, forever);
      await byHand((jsm) => jsm.consumers.delete(LOG_STREAM, 'work-backend'));
      await stored(log, enqueue(at('BE-9')));
      const [next] = await within('work of the new durable', waiting, 20_000);
      expect(['BE-0', 'BE-9'].some((card) => next?.commit.lane.includes(card))).toBe(true);
    }, 30_000);

    it('that only a newer build can read is handed out, so that it can be handed back, and stays', async () => {
      const log = await open();
      await log.claims().provision(backend, START);
      const source = await log.claims().open({ agent: backend, worker: 'w', leaseMs: 30_000 });
      const newer = { ...enqueued(), version: 99 };
      await byHand((_, nc) => nc.request(enqueue(at('BE-1')).lane, JSON.stringify([newer])));
      const [work] = await source.take(1, forever);
      expect(work?.commit.events[0]).toMatchObject({ type: 'Unknown', originalType: 'CardEnqueued', version: 99 });
      await work?.nak(0);
      expect((await source.take(1, forever))[0]?.delivery).toBe(2);
    });

    it('of a process that is gone comes to another after the server’s waiting time, counted up', async () => {
      const dead = await open({ ackWaitMs: 400 });
      await dead.claims().provision(backend, START);
      await fill(dead, 1);
      const source = await dead.claims().open({ agent: backend, worker: 'dead', leaseMs: 30_000 });
      expect(await source.take(1, forever)).toHaveLength(1);
      await dead.close();
      const heir = await open({ ackWaitMs: 400 });
      const [work] = await within(
        'the work',
        (await heir.claims().open({ agent: backend, worker: 'heir', leaseMs: 30_000 })).take(1, forever),
      );
      expect(work?.delivery).toBe(2);
    });

    it('is kept over leases longer than the server’s waiting time by signs of life', async () => {
      const log = await open({ ackWaitMs: 300 });
      await log.claims().provision(backend, START);
      const [holder, other] = await Promise.all(
        ['holder', 'other'].map((worker) => log.claims().open({ agent: backend, worker, leaseMs: 10_000 })),
      );
      await fill(log, 1);
      const [work] = await holder!.take(1, forever);
      const stop = AbortSignal.timeout(900);
      expect(await other!.take(1, stop)).toEqual([]);
      expect(await work?.heartbeat()).toBe(true);
    });

    it('is given up by a holder that could not show life for so long that another may have it', async () => {
      const log = await open({ ackWaitMs: 300, patienceMs: 10_000 });
      await log.claims().provision(backend, START);
      const source = await log.claims().open({ agent: backend, worker: 'w', leaseMs: 30_000 });
      await fill(log, 1);
      const [work] = await source.take(1, forever);
      await server.kill();
      let kept: boolean | undefined = true;
      await until('the heartbeat says so', () => {
        void work?.heartbeat().then((answer) => (kept = answer));
        return kept === false;
      });
      expect(kept).toBe(false);
    });
  });
});
