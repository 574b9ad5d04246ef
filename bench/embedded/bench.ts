import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { catalogTaskSource, createAgentRuntime, type Role } from '@squados/agent-runtime';
import { noopRole } from '@squados/agent-runtime/testing';
import { memoryArtifactStore } from '@squados/artifacts';
import { EMPTY_LANE, projectId, projectLane, stampEvent, type LaneCommit } from '@squados/contracts';
import { withOffloading, type EventLog } from '@squados/event-log';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import { OrchestratorEngine, silentLogger, systemClock, type FoldObserver } from '@squados/orchestrator';
import { AGENT, dagIn, PERSON } from '../queues/ours/graph.js';
import { submitting } from '../queues/ours/submitting.js';

const NAME = 'bench';
const PROJECT = projectId(NAME);

/** When each card's CardEnqueued was handed to the log. */
const watched = (log: EventLog, enqueued: Map<string, number>): EventLog => ({
  logId: log.logId,
  append: (commit, options) => {
    const [event] = commit.events;
    if (event?.type === 'CardEnqueued') enqueued.set(event.subject, performance.now());
    return log.append(commit, options);
  },
  read: (options) => log.read(options),
  follow: (options) => log.follow(options),
  last: (lane) => log.last(lane),
  head: () => log.head(),
  close: () => log.close(),
});

/** A no-op role that notes how long its card was on the way: from the enqueue's append, its sync included, to the author's first line. */
const timed = (enqueued: ReadonlyMap<string, number>, waits: number[]): Role => {
  const role = noopRole(AGENT);
  return {
    ...role,
    write: (task, tools) => {
      waits.push(performance.now() - (enqueued.get(`${PROJECT}/${task.card.id}`) ?? Number.NaN));
      return role.write(task, tools);
    },
  };
};

const completion = (): { readonly observer: FoldObserver; readonly done: Promise<void> } => {
  let resolve: () => void = () => undefined;
  const done = new Promise<void>((r) => (resolve = r));
  const folded = (commit: LaneCommit): void => {
    if (commit.events.some((e) => e.type === 'ProjectCompleted')) resolve();
  };
  return { observer: { folded }, done };
};

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;

/** What one append costs here and now, nobody else waiting: the ground under every figure. Sorted milliseconds. */
const bareAppends = async (parent: string): Promise<readonly number[]> => {
  const folder = mkdtempSync(join(parent, 'bare-'));
  const bare = await openEmbeddedLog({ dir: folder, mode: 'owner' });
  const lane = projectLane(PROJECT);
  const spent: number[] = [];
  let expected = EMPTY_LANE;
  for (let i = 0; i < 300; i++) {
    const draft = { type: 'ProjectResumed', data: { by: PERSON, reason: 'bare' } } as const;
    const event = stampEvent(draft, {
      id: randomUUID(),
      time: new Date().toISOString(),
      source: 'bench',
      subject: PROJECT,
    });
    const from = performance.now();
    const result = await bare.append({ lane, expected, events: [event] });
    spent.push(performance.now() - from);
    if (result.kind === 'appended') expected = result.revision;
  }
  await bare.close();
  rmSync(folder, { recursive: true, force: true });
  return spent.sort((a, b) => a - b);
};

const [file = '', form = 'started-first', slots = '8', home = '.'] = process.argv.slice(2);
const bare = await bareAppends(home);
const dag = dagIn(file);
const dir = mkdtempSync(join(home, 'run-'));
const embedded = await openEmbeddedLog({ dir, mode: 'owner' });
const artifacts = memoryArtifactStore();
const enqueued = new Map<string, number>();
const waits: number[] = [];
const log = watched(withOffloading(embedded, artifacts), enqueued);
const claims = embedded.claims();
const { observer, done } = completion();
const concurrency = Number(slots);
const fail = (error: unknown): never => {
  throw error;
};
const engine = new OrchestratorEngine({
  ...{ log, claims, agents: [AGENT], clock: systemClock, draw: Math.random, newId: randomUUID, logger: silentLogger },
  window: () => 2 * concurrency,
  observers: [observer],
  onFailure: fail,
});
await engine.start();
const tasks = catalogTaskSource(
  () => engine.fold.catalog,
  (position, signal) => engine.caughtUp(position, signal),
);
const announce = form === 'with-end' ? 'with-end' : 'started-first';
const runtime = createAgentRuntime({
  role: timed(enqueued, waits),
  log,
  claims,
  tasks,
  artifacts,
  worker: 'bench',
  concurrency,
  leaseMs: 60_000,
  stepEvents: false,
  announce,
});
await runtime.start();

const { prepare, go } = submitting(engine);
await prepare({ name: NAME, file });
const began = performance.now();
const cpu = process.cpuUsage();
await go({ name: NAME, file });
await done;
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.cpuUsage(cpu);
await runtime.stop({ graceMs: 1_000 });
await engine.stop();
await log.close();
rmSync(dir, { recursive: true, force: true });
waits.sort((a, b) => a - b);
if (waits.length !== dag.n) throw new Error(`${waits.length} starts for ${dag.n} cards`);
process.stdout.write(
  JSON.stringify({
    name: dag.name,
    n: dag.n,
    announce,
    concurrency,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    cardsPerSecond: dag.n / seconds,
    bare50: percentile(bare, 0.5),
    bare95: percentile(bare, 0.95),
    p50: percentile(waits, 0.5),
    p95: percentile(waits, 0.95),
    p99: percentile(waits, 0.99),
  }),
);
