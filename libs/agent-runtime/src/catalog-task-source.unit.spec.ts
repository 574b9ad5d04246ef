import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  manifestHash,
  position,
  projectId,
  projectLane,
  sha256,
  type CardSpec,
  type DraftEvent,
  type Position,
} from '@squados/contracts';
import { openMemoryLog, type MemoryEventLog } from '@squados/event-log';
import { catalogTaskSource, followCatalog, type CatalogFollower, type TaskSource } from './index.js';
import { addressOf, appendAs, enqueue, testCard, testPolicy } from './testing/index.js';

let log: MemoryEventLog;
let follower: CatalogFollower;
let tasks: TaskSource;
const project = projectId('P');
const hash = sha256('a'.repeat(64));

const add = (...cards: CardSpec[]) =>
  appendAs(log, {
    lane: projectLane(project),
    source: 'cli',
    drafts: [{ type: 'CardsAdded', data: { origin: { kind: 'import', by: { kind: 'person', name: 'p' } }, cards } }],
  });
const attempt = (card: string, ...drafts: DraftEvent[]) =>
  appendAs(log, { lane: attemptLane(addressOf(card)), source: 'w', drafts });
const completed = (n = 1): DraftEvent => {
  const manifest = { 'produto/a.md': hash };
  return {
    type: 'CardCompleted',
    data: { attempt: n, author: 'offline', manifest, manifestHash: manifestHash(manifest), proposals: [] },
  };
};
const started = (n = 1): DraftEvent => ({ type: 'CardStarted', data: { attempt: n, delivery: 1, worker: 'w' } });
const load = async (card: string, n = 1, at?: Position) =>
  tasks.load({
    project,
    card: cardId(card),
    attempt: n,
    position: at ?? (await log.head()),
    signal: new AbortController().signal,
  });

beforeEach(async () => {
  ({ log } = openMemoryLog());
  follower = followCatalog(log);
  tasks = catalogTaskSource(() => follower.catalog(), follower.waitForPosition);
  const documents = [{ name: 'r.md', sha256: hash }];
  await appendAs(log, {
    lane: projectLane(project),
    source: 'cli',
    drafts: [
      {
        type: 'ProjectStarted',
        data: {
          title: 'Loja',
          agents: [agentName('product')],
          policy: testPolicy,
          source: { kind: 'requirements', documents },
        },
      },
    ],
  });
});
afterEach(async () => {
  await follower.close();
  await log.close();
});

describe('a task from the catalog', () => {
  it('knows the project, the card, its feedback, and every card in natural order', async () => {
    await add(testCard('PROD-10'), testCard('PROD-2'), testCard('PROD-1'));
    await enqueue(log, 'PROD-2');
    const task = await load('PROD-2');
    expect(task).toMatchObject({
      attempt: 1,
      card: { id: 'PROD-2' },
      project: { title: 'Loja', policy: testPolicy, documents: [{ name: 'r.md' }] },
      dependencies: [],
    });
    expect(task?.cards.map((c) => c.id)).toEqual(['PROD-1', 'PROD-2', 'PROD-10']);
    expect(task && 'feedback' in task).toBe(false);
  });

  it('sees cards that came later, and changed ones, in their place', async () => {
    await add(testCard('PROD-1'), testCard('PROD-3'));
    await enqueue(log, 'PROD-1');
    const before = await load('PROD-1');
    expect(before?.cards).toHaveLength(2);
    await add(testCard('PROD-2'), testCard('PROD-0'), testCard('PROD-12'));
    const changed: DraftEvent = {
      type: 'CardChanged',
      data: {
        by: { kind: 'person', name: 'p' },
        card: cardId('PROD-3'),
        reason: 'r',
        spec: testCard('PROD-3', { title: 'new' }),
      },
    };
    await appendAs(log, { lane: projectLane(project), source: 'cli', drafts: [changed] });
    const after = await load('PROD-1');
    expect(after?.cards.map((c) => c.id)).toEqual(['PROD-0', 'PROD-1', 'PROD-2', 'PROD-3', 'PROD-12']);
    expect(after?.cards[3]?.title).toBe('new');
    expect(before?.cards).toHaveLength(2);
  });

  it('hands over what DONE dependencies delivered, and marks the output of skipped and imported ones as assumed', async () => {
    const dependencies = ['PROD-1', 'PROD-2', 'PROD-3'].map(cardId);
    await add(
      testCard('PROD-1'),
      testCard('PROD-2'),
      testCard('PROD-3', { importedAs: 'done' }),
      testCard('PROD-4', { dependencies }),
    );
    await enqueue(log, 'PROD-1');
    await attempt('PROD-1', started(), completed());
    await appendAs(log, {
      lane: decidedLane(addressOf('PROD-2')),
      source: 'cli',
      drafts: [{ type: 'CardSkipped', data: { by: { kind: 'person', name: 'p' }, reason: 'r' } }],
    });
    await enqueue(log, 'PROD-4');
    const task = await load('PROD-4');
    expect(task?.dependencies.map((d) => [d.card.id, d.manifest, d.assumed])).toEqual([
      ['PROD-1', { 'produto/a.md': hash }, false],
      ['PROD-2', {}, true],
      ['PROD-3', {}, true],
    ]);
  });

  it('does not hand over what was rolled back', async () => {
    await add(testCard('PROD-1'), testCard('PROD-4', { dependencies: [cardId('PROD-1')] }));
    await enqueue(log, 'PROD-1');
    await attempt('PROD-1', started(), completed());
    await enqueue(log, 'PROD-4');
    expect((await load('PROD-4'))?.dependencies[0]?.assumed).toBe(false);
    const rolled: DraftEvent = {
      type: 'CardsRolledBack',
      data: { by: { kind: 'person', name: 'p' }, card: cardId('PROD-1'), reason: 'r', reach: [cardId('PROD-1')] },
    };
    await appendAs(log, { lane: projectLane(project), source: 'cli', drafts: [rolled] });
    expect((await load('PROD-4'))?.dependencies[0]).toMatchObject({ manifest: {}, assumed: true });
  });

  it('is unknown for a card, an attempt, or a project that the log doesn’t have', async () => {
    await add(testCard('PROD-1'));
    expect(await load('PROD-1', 1)).toBeUndefined();
    expect(await load('PROD-9')).toBeUndefined();
    expect(
      await tasks.load({
        project: projectId('Q'),
        card: cardId('PROD-1'),
        attempt: 1,
        position: position(1),
        signal: new AbortController().signal,
      }),
    ).toBeUndefined();
  });

  it('waits until the catalog has come to the position', async () => {
    await add(testCard('PROD-1'));
    const loading = load('PROD-1', 1, position((await log.head()) + 1));
    await enqueue(log, 'PROD-1');
    expect((await loading)?.card.id).toBe('PROD-1');
  });
});

describe('a catalog that follows the log', () => {
  it('tells when it has caught up', async () => {
    await add(testCard('PROD-1'));
    const late = followCatalog(log);
    await late.caughtUp();
    await late.close();
  });
  it('ends a wait when its signal aborts', async () => {
    const abort = new AbortController();
    const waiting = follower.waitForPosition(position(1_000), abort.signal);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(follower.waitForPosition(position(1_000), AbortSignal.abort())).rejects.toThrow(/abort/);
  });
  it('rejects every wait once it is closed or the log is', async () => {
    const waiting = expect(follower.waitForPosition(position(1_000), new AbortController().signal)).rejects.toThrow();
    await follower.close();
    await waiting;
    await expect(follower.waitForPosition(position(1_000), new AbortController().signal)).rejects.toThrow('closed');
    const broken = followCatalog({
      ...log,
      follow: () => {
        throw new Error('torn');
      },
    } as never);
    await expect(broken.caughtUp()).rejects.toThrow('torn');
  });
});
