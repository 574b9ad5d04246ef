import { afterEach, describe, expect, it } from '@jest/globals';
import { card, cards, project } from '@squados/board';
import { cardId, START, type LaneCommit, type SquadEvent } from '@squados/contracts';
import { openMemoryLog, type EventLog } from '@squados/event-log';
import { randomUUID } from 'node:crypto';
import { HandClock } from '../testing/hand-clock.js';
import { addCards, PRODUCT, PROJECT, spec, START_PROJECT } from '../testing/project-fixture.js';
import { completes, fails, ScriptedAgent, type Script } from '../testing/scripted-agent.js';
import { FoldWatch } from '../testing/until.js';
import { silentLogger } from './engine-logger.port.js';
import type { EngineOptions } from './engine.types.js';
import { OrchestratorEngine } from './orchestrator-engine.js';

const person = { kind: 'person', name: 'tester' } as const;
const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const living of running.splice(0).reverse()) await living.stop();
});

const setUp = async (options: Partial<EngineOptions> & { script?: Script } = {}) => {
  const memory = openMemoryLog();
  const log = options.log ?? memory.log;
  const clock = new HandClock();
  const watch = new FoldWatch();
  const engine = new OrchestratorEngine({
    log,
    claims: memory.claims,
    agents: [PRODUCT],
    window: () => 4,
    clock,
    draw: () => 0.5,
    newId: randomUUID,
    logger: silentLogger,
    observers: [watch],
    ...options,
  });
  await engine.start();
  running.push(engine);
  const agent = new ScriptedAgent({
    log: memory.log,
    claims: memory.claims,
    agent: PRODUCT,
    script: options.script ?? completes,
  });
  return { log: memory.log, claims: memory.claims, clock, engine, agent, watch };
};

type Setting = Awaited<ReturnType<typeof setUp>>;

const startAgent = ({ agent }: Setting): void => {
  agent.start();
  running.push(agent);
};

const begin = async (setting: Setting, ids: readonly [string, readonly string[]][]): Promise<void> => {
  await setting.engine.submit(START_PROJECT);
  await setting.engine.submit(addCards(ids.map(([id, needs]) => spec(id, needs))));
};

const state = (setting: Setting, id: string) => card(setting.engine.fold.board, PROJECT, cardId(id))?.state;
const status = (setting: Setting) => project(setting.engine.fold.board, PROJECT)?.status;

const allEvents = async (log: EventLog): Promise<SquadEvent[]> => {
  const commits: LaneCommit[] = [];
  for await (const page of log.read({ after: START })) commits.push(...page);
  return commits.flatMap((commit) => commit.events as SquadEvent[]);
};

describe('the orchestrator engine', () => {
  it('runs a chain of cards to the completed project', async () => {
    const setting = await setUp();
    startAgent(setting);
    await begin(setting, [
      ['PROD-1', []],
      ['PROD-2', ['PROD-1']],
      ['PROD-3', ['PROD-2']],
    ]);
    await setting.watch.until(() => status(setting) === 'completed');
    expect(setting.agent.turns.map((turn) => turn.card)).toEqual(['PROD-1', 'PROD-2', 'PROD-3']);
  });

  it('never enqueues more cards than the window holds', async () => {
    const setting = await setUp({ script: () => undefined });
    await begin(
      setting,
      Array.from({ length: 20 }, (_, i) => [`PROD-${i}`, []] as [string, string[]]),
    );
    await setting.watch.until(
      (fold) =>
        [...cards(fold.board, PROJECT)].filter((id) => card(fold.board, PROJECT, id)?.state === 'ENQUEUED').length ===
        4,
    );
    await setting.engine.submit({
      type: 'SkipCard',
      project: PROJECT,
      card: cardId('PROD-19'),
      by: person,
      reason: 'x',
    });
    const enqueued = (await allEvents(setting.log)).filter((event) => event.type === 'CardEnqueued');
    expect(enqueued).toHaveLength(4);
  });

  it('waits for a retry on one timer and then tries again', async () => {
    let attempts = 0;
    const setting = await setUp({ script: (turn) => (++attempts === 1 ? fails('retryable')(turn) : completes(turn)) });
    startAgent(setting);
    await begin(setting, [['PROD-1', []]]);
    await setting.watch.until(() => state(setting, 'PROD-1') === 'RETRYING');
    await new Promise(setImmediate);
    expect(setting.clock.nextIn).toBeGreaterThan(0);
    setting.clock.turn(setting.clock.nextIn ?? 0);
    await setting.watch.until(() => status(setting) === 'completed');
    expect(setting.agent.turns.map((turn) => turn.attempt)).toEqual([1, 2]);
  });

  it('puts a terminal failure into the dead letters and goes on when a person asks for another try', async () => {
    let attempts = 0;
    const setting = await setUp({ script: (turn) => (++attempts === 1 ? fails('terminal')(turn) : completes(turn)) });
    startAgent(setting);
    await begin(setting, [['PROD-1', []]]);
    await setting.watch.until(() => state(setting, 'PROD-1') === 'DEAD_LETTERED');
    const answer = await setting.engine.submit({
      type: 'RetryCard',
      project: PROJECT,
      card: cardId('PROD-1'),
      by: person,
      reason: 'again',
    });
    expect(answer.kind).toBe('accepted');
    await setting.watch.until(() => status(setting) === 'completed');
  });

  it('answers a command that the board refuses with its reason and records nothing', async () => {
    const setting = await setUp();
    const before = await setting.log.head();
    const answer = await setting.engine.submit(addCards([spec('PROD-1')]));
    expect(answer).toMatchObject({ kind: 'rejected', reason: 'unknown-project' });
    expect(await setting.log.head()).toBe(before);
  });

  it('decides a command again when somebody else wrote to its lane first', async () => {
    const memory = openMemoryLog();
    let stolen = false;
    const thief: EventLog = Object.assign(Object.create(memory.log) as EventLog, {
      append: async (commit: Parameters<EventLog['append']>[0]) => {
        if (!stolen && commit.events[0]?.type === 'ProjectPaused') {
          stolen = true;
          const events = commit.events.map((event) => ({ ...event, id: randomUUID() }));
          await memory.log.append({ ...commit, events });
        }
        return memory.log.append(commit);
      },
      follow: (options: Parameters<EventLog['follow']>[0]) => memory.log.follow(options),
    });
    const setting = await setUp({ log: thief, claims: memory.claims });
    await begin(setting, [['PROD-1', []]]);
    const answer = await setting.engine.submit({
      type: 'PauseProject',
      project: PROJECT,
      by: person,
      reason: 'x',
      now: false,
    });
    expect(stolen).toBe(true);
    expect(answer).toMatchObject({ kind: 'rejected', reason: 'nothing-to-do' });
  });

  it('two engines on one log complete every card exactly once', async () => {
    const setting = await setUp();
    const second = new OrchestratorEngine({
      log: setting.log,
      claims: setting.claims,
      agents: [PRODUCT],
      window: () => 4,
      clock: setting.clock,
      draw: () => 0.5,
      newId: randomUUID,
      logger: silentLogger,
    });
    await second.start();
    running.push(second);
    startAgent(setting);
    await begin(
      setting,
      Array.from({ length: 30 }, (_, i) => [`PROD-${i}`, i > 2 ? [`PROD-${i - 3}`] : []] as [string, string[]]),
    );
    await setting.watch.until(() => status(setting) === 'completed');
    const completed = (await allEvents(setting.log)).filter((event) => event.type === 'CardCompleted');
    expect(completed).toHaveLength(30);
  });

  it('keeps trying while the log refuses, says so once, and goes on when it takes events again', async () => {
    const memory = openMemoryLog();
    let full = true;
    const log: EventLog = Object.assign(Object.create(memory.log) as EventLog, {
      append: async (commit: Parameters<EventLog['append']>[0]) =>
        full && commit.events[0]?.type === 'CardEnqueued'
          ? ({ kind: 'refused', code: 'log-full', message: 'no room' } as const)
          : memory.log.append(commit),
      follow: (options: Parameters<EventLog['follow']>[0]) => memory.log.follow(options),
    });
    const said: string[] = [];
    let heard: () => void = () => undefined;
    const refused = new Promise<void>((resolve) => (heard = resolve));
    const logger = { ...silentLogger, error: (_fields: unknown, message: string) => (said.push(message), heard()) };
    const setting = await setUp({ log, claims: memory.claims, logger });
    startAgent(setting);
    const agent = new ScriptedAgent({ log: memory.log, claims: memory.claims, agent: PRODUCT, script: completes });
    agent.start();
    running.push(agent);
    await begin(setting, [['PROD-1', []]]);
    await refused;
    expect(setting.engine.trouble?.code).toBe('log-full');
    await new Promise(setImmediate);
    setting.clock.turn(setting.clock.nextIn ?? 0);
    await new Promise(setImmediate);
    full = false;
    setting.clock.turn(60_000);
    await setting.watch.until(() => status(setting) === 'completed');
    expect(setting.engine.trouble).toBeUndefined();
    expect(said).toEqual(['no room']);
  });

  it('a restart folds the whole log before it appends anything', async () => {
    const setting = await setUp({ script: () => undefined });
    await begin(setting, [
      ['PROD-1', []],
      ['PROD-2', []],
    ]);
    await setting.watch.until(() => state(setting, 'PROD-2') === 'ENQUEUED');
    await setting.engine.stop();
    const head = await setting.log.head();
    const again = new OrchestratorEngine({
      log: setting.log,
      claims: setting.claims,
      agents: [PRODUCT],
      window: () => 4,
      clock: setting.clock,
      draw: () => 0.5,
      newId: randomUUID,
      logger: silentLogger,
    });
    await again.start();
    running.push(again);
    await new Promise(setImmediate);
    expect(await setting.log.head()).toBe(head);
  });

  it('ends with its failure when the log breaks, instead of deciding on a stale fold', async () => {
    const memory = openMemoryLog();
    const broken = new Error('the disk is gone');
    let break_: (error: Error) => void = () => undefined;
    const log: EventLog = Object.assign(Object.create(memory.log) as EventLog, {
      append: memory.log.append.bind(memory.log),
      async *follow() {
        yield { commits: [], position: START, atHead: true };
        await new Promise((_resolve, reject) => (break_ = reject));
      },
    });
    const failure = new Promise((resolve) => {
      void setUp({ log, claims: memory.claims, onFailure: resolve }).then(() => break_(broken));
    });
    expect(await failure).toBe(broken);
  });
});
