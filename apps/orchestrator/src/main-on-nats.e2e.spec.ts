import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { START, type Command } from '@squados/contracts';
import { openJetStreamLog, type JetStreamLog } from '@squados/event-log/jetstream';
import { anyNatsServer, startNatsServer, until, WITHOUT_NATS, type NatsServer } from '@squados/event-log/testing';
import { Appender } from './engine/appender.js';
import { FoldProgress } from './engine/fold-progress.js';
import { LogFold } from './engine/fold.js';
import { submitCommand } from './engine/submit-command.js';
import { addCards, PRODUCT, spec, START_PROJECT } from './testing/project-fixture.js';
import { completes, ScriptedAgent } from './testing/scripted-agent.js';
import { startService, type ServiceProcess } from './testing/service-process.js';

const root = resolve(import.meta.dirname, '../../..');
const bundle = join(root, 'apps/orchestrator/dist/main.js');
const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;

describeHere(`orchestrators on NATS${program === undefined ? WITHOUT_NATS : ''}`, () => {
  let server: NatsServer;
  let opened: JetStreamLog | undefined;
  const services: ServiceProcess[] = [];
  beforeAll(() => void execFileSync(process.execPath, [join(root, 'tools/bundle.mjs'), 'apps/orchestrator']), 120_000);
  beforeEach(async () => {
    server = await startNatsServer(program!);
  });
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.end()));
    await opened?.close();
    await server.dispose();
  });

  const orchestrator = (): ServiceProcess => {
    const service = startService(bundle, { NATS_URL: `nats://u0:p0@127.0.0.1:${server.port}` });
    services.push(service);
    return service;
  };
  const open = async (): Promise<JetStreamLog> =>
    (opened = await openJetStreamLog({ access: server.access(), name: 'spec', stream: 'await', connectMs: 30_000 }));
  /** As a gateway does it. */
  const submit = async (log: JetStreamLog, command: Command): Promise<void> => {
    const fold = new LogFold();
    for await (const page of log.read({ after: START })) for (const commit of page) fold.apply(commit);
    const progress = new FoldProgress();
    progress.end();
    const appender = new Appender({ log, newId: randomUUID, source: 'gateway', now: () => Date.now() });
    expect(await submitCommand({ fold, progress, appender }, command)).toMatchObject({ kind: 'accepted' });
  };
  const leads = (service: ServiceProcess): boolean => service.lines('"msg":"leads"').length > 0;

  it('one leads; when it is killed the other takes over within its lease, and every card ends once', async () => {
    const both = [orchestrator(), orchestrator()];
    const log = await open();
    await until('one leads', () => both.some(leads), 60_000);
    const [leader, standby] = leads(both[0]!) ? [both[0]!, both[1]!] : [both[1]!, both[0]!];
    expect(leads(standby)).toBe(false);
    await submit(log, START_PROJECT);
    const ids = Array.from({ length: 30 }, (_, i) => `PROD-${i}`);
    await submit(log, addCards(ids.map((id, i) => spec(id, i >= 3 ? [ids[i - 3]!] : []))));
    const agent = new ScriptedAgent({ log, claims: log.claims(), agent: PRODUCT, script: completes });
    agent.start();
    await until('some cards were worked on', () => agent.turns.length >= 6, 60_000);
    const killedAt = performance.now();
    await leader.end('SIGKILL');
    await until('the other leads', () => leads(standby), 60_000);
    const takeOverMs = performance.now() - killedAt;
    await until('every card was worked on', () => agent.turns.length >= ids.length, 60_000);
    await agent.stop();
    const ends = new Map<string, number>();
    for await (const page of log.read({ after: START, filter: { kind: 'attempt' } }))
      for (const { lane, events } of page)
        for (const event of events) if (event.type === 'CardCompleted') ends.set(lane, (ends.get(lane) ?? 0) + 1);
    expect(ends.size).toBe(ids.length);
    expect(new Set(ends.values())).toEqual(new Set([1]));
    expect(takeOverMs).toBeLessThan(30_000); // 3 s on a quiet machine
  }, 240_000);

  it('one that was stopped and wakes up knows that it leads no more, and does no harm', async () => {
    const both = [orchestrator(), orchestrator()];
    const log = await open();
    await submit(log, START_PROJECT);
    await until('one leads', () => both.some(leads), 60_000);
    const [sleeper, heir] = leads(both[0]!) ? [both[0]!, both[1]!] : [both[1]!, both[0]!];
    process.kill(sleeper.pid, 'SIGSTOP');
    await until('the other leads', () => leads(heir), 60_000);
    await submit(log, addCards([spec('PROD-1')]));
    process.kill(sleeper.pid, 'SIGCONT');
    await until('it stands by', () => sleeper.lines('"msg":"stands by"').length === 1, 60_000);
    await submit(log, addCards([spec('PROD-2')]));
    const seen: string[] = [];
    const filter = { kind: 'decided' } as const;
    for await (const { commits } of log.follow({ after: START, filter, signal: AbortSignal.timeout(60_000) })) {
      for (const { lane, events } of commits) if (events.some(({ type }) => type === 'CardEnqueued')) seen.push(lane);
      if (seen.length >= 2) break;
    }
    expect(seen.map((lane) => lane.split('.')[3])).toEqual(['PROD-1', 'PROD-2']);
    expect(sleeper.isOver).toBe(false);
  }, 240_000);

  it('gives its lease back when it is told to stop, so that the next one leads at once', async () => {
    const first = orchestrator();
    await open();
    await until('it is up and leads', () => leads(first) && first.lines('"msg":"up"').length > 0, 60_000);
    expect(await first.end('SIGTERM')).toBe(0);
    const second = orchestrator();
    await until('the next one leads', () => leads(second), 60_000);
  }, 240_000);

  it('says which address is wrong without showing its password, and exits 2', async () => {
    const service = startService(bundle, { NATS_URL: 'http://user:hunter2@host', SQUADOS_WINDOW: 'many' });
    services.push(service);
    await until('it ended', () => service.isOver, 60_000);
    expect(await service.end()).toBe(2);
    expect(service.lines('NATS_URL')).toHaveLength(1);
    expect(service.lines('SQUADOS_WINDOW')).toHaveLength(1);
    expect(service.lines('hunter2')).toHaveLength(0);
  }, 240_000);
});
