import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { catalogTaskSource, createAgentRuntime, type AgentRuntime, type Role, type Task } from '@squados/agent-runtime';
import { noopRole } from '@squados/agent-runtime/testing';
import { memoryArtifactStore } from '@squados/artifacts';
import { project } from '@squados/board';
import {
  agentName,
  cardId,
  parseLane,
  projectId,
  START,
  type CardSpec,
  type Command,
  type ProjectId,
  type RunPolicy,
} from '@squados/contracts';
import { openMemoryLog, withOffloading, type EventLog, type WorkClaim } from '@squados/event-log';
import { openJetStreamLog } from '@squados/event-log/jetstream';
import { anyNatsServer, startNatsServer, until, WITHOUT_NATS } from '@squados/event-log/testing';
import { OrchestratorEngine, silentLogger, systemClock } from '@squados/orchestrator';

const program = anyNatsServer();
const PRODUCT = agentName('product');
const [P, Q] = [projectId('P'), projectId('Q')];
const WINDOW = 4;
const by = { kind: 'person', name: 'tester' } as const;
const POLICY: RunPolicy = {
  maxRetries: 0,
  retryBaseMs: 1,
  retryCapMs: 1,
  attemptDeadlineMs: 60_000,
  gateProfile: 'quick',
  maxDeliveries: 5,
};

const cardOf = (id: string, priority: CardSpec['priority']): CardSpec => ({
  ...{ id: cardId(id), title: `Card ${id}`, description: '', agent: PRODUCT, priority, dependencies: [] },
  ...{ acceptanceCriteria: [], requirementIds: [], deliverables: [] },
});
const cardsOf = (count: number, priority: CardSpec['priority']): readonly CardSpec[] =>
  Array.from({ length: count }, (_, i) => cardOf(`PROD-${i}`, priority));

interface Opened {
  readonly log: EventLog;
  readonly claims: WorkClaim;
  close(): Promise<void>;
}

const inMemory = async (): Promise<Opened> => {
  const opened = openMemoryLog();
  return { ...opened, close: () => opened.log.close() };
};

const onJetStream = async (): Promise<Opened> => {
  const server = await startNatsServer(program!);
  const log = await openJetStreamLog({ access: server.access(), name: 'spec', stream: { kind: 'make' } });
  const close = async (): Promise<void> => {
    await log.close();
    await server.dispose();
  };
  return { log, claims: log.claims(), close };
};

const LOGS: readonly (readonly [string, () => Promise<Opened>, boolean])[] = [
  ['a log in memory', inMemory, true],
  [`one JetStream log${program === undefined ? WITHOUT_NATS : ''}`, onJetStream, program !== undefined],
];

describe.each(LOGS)('two projects on %s', (_, open, isHere) => {
  const itHere = isHere ? it : it.skip;
  let opened: Opened | undefined;
  let log: EventLog;
  let engine: OrchestratorEngine;
  let runtime: AgentRuntime | undefined;
  const tasks: Task[] = [];

  const begin = async (): Promise<void> => {
    opened = await open();
    const artifacts = memoryArtifactStore();
    const { claims } = opened;
    log = withOffloading(opened.log, artifacts);
    engine = new OrchestratorEngine({
      ...{ log, claims, agents: [PRODUCT], window: () => WINDOW, clock: systemClock },
      ...{ draw: () => 0, newId: randomUUID, logger: silentLogger },
    });
    await engine.start();
    const role = noopRole(PRODUCT);
    const write: Role['write'] = async (task, tools) => {
      tasks.push(task);
      await delay(1); // else a log in memory leaves nobody else a turn
      return role.write(task, tools);
    };
    runtime = createAgentRuntime({
      role: { ...role, write },
      tasks: catalogTaskSource(
        () => engine.fold.catalog,
        (position, signal) => engine.caughtUp(position, signal),
      ),
      ...{ log, claims, artifacts, worker: 'w', concurrency: WINDOW, leaseMs: 30_000 },
    });
    for (const id of [P, Q])
      await submit({ type: 'StartProject', project: id, title: id, agents: [PRODUCT], policy: POLICY });
  };
  afterEach(async () => {
    tasks.length = 0;
    await runtime?.stop({ graceMs: 0 });
    await engine?.stop();
    await opened?.close();
    opened = undefined;
    runtime = undefined;
  });

  const submit = async (command: Command): Promise<number> => {
    const result = await engine.submit(command);
    if (result.kind === 'rejected') throw new Error(result.message);
    return result.position;
  };
  const add = (id: ProjectId, cards: readonly CardSpec[]): Promise<number> =>
    submit({ type: 'AddCards', project: id, cards, by, kind: 'import' });
  const done = (id: ProjectId): number => project(engine.fold.board, id)?.byState.DONE ?? 0;
  /** Projects in the order in which their cards were enqueued. */
  const enqueuedAfter = async (position: number): Promise<readonly ProjectId[]> => {
    const found: ProjectId[] = [];
    for await (const page of log.read({ after: START, filter: { kind: 'decided' } }))
      for (const commit of page)
        if (commit.position > position && commit.events.some(({ type }) => type === 'CardEnqueued'))
          found.push(parseLane(commit.lane)!.project);
    return found;
  };

  itHere(
    '10,000 ready LOW cards of one hold up a CRITICAL card of the other by no more than the window',
    async () => {
      await begin();
      await add(P, cardsOf(10_000, 'LOW'));
      await until('the window is full', () => project(engine.fold.board, P)?.byState.ENQUEUED === WINDOW, 30_000);
      const added = await add(Q, [cardOf('PROD-0', 'CRITICAL')]);
      await runtime?.start();
      await until('the card is done', () => done(Q) === 1, 30_000);
      expect((await enqueuedAfter(added)).indexOf(Q)).toBeLessThanOrEqual(WINDOW);
      expect(tasks.findIndex((task) => task.project.id === Q)).toBeLessThanOrEqual(2 * WINDOW);
    },
    60_000,
  );

  itHere(
    'one that is paused starts nothing, and the other goes on to its end',
    async () => {
      await begin();
      await add(P, cardsOf(20, 'CRITICAL'));
      await until('the window is full', () => project(engine.fold.board, P)?.byState.ENQUEUED === WINDOW, 30_000);
      const paused = await submit({ type: 'PauseProject', project: P, by, reason: 'lunch', now: false });
      await add(Q, cardsOf(10, 'LOW'));
      await runtime?.start();
      await until('the other is complete', () => project(engine.fold.board, Q)?.status === 'completed', 30_000);
      expect(new Set(await enqueuedAfter(paused))).toEqual(new Set([Q]));
      expect(project(engine.fold.board, P)).toMatchObject({ status: 'paused', byState: { DONE: WINDOW, TODO: 16 } });
    },
    60_000,
  );

  itHere(
    'neither sees the other’s cards, also where their ids are the same',
    async () => {
      await begin();
      await add(P, [cardOf('PROD-0', 'LOW'), cardOf('PROD-1', 'LOW')]);
      await add(Q, [cardOf('PROD-0', 'LOW'), { ...cardOf('PROD-2', 'LOW'), dependencies: [cardId('PROD-0')] }]);
      await runtime?.start();
      await until('both are complete', () => done(P) === 2 && done(Q) === 2, 30_000);
      const seen = (id: ProjectId): readonly string[][] =>
        tasks.filter((task) => task.project.id === id).map(({ cards }) => cards.map((card) => card.id));
      expect(seen(P)).toEqual([
        ['PROD-0', 'PROD-1'],
        ['PROD-0', 'PROD-1'],
      ]);
      expect(seen(Q)).toEqual([
        ['PROD-0', 'PROD-2'],
        ['PROD-0', 'PROD-2'],
      ]);
      for (const id of [P, Q])
        for await (const page of log.read({ after: START, filter: { project: id } }))
          expect(new Set(page.map(({ lane }) => parseLane(lane)?.project))).toEqual(new Set([id]));
    },
    60_000,
  );
});
