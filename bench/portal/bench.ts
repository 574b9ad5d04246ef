import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { catalogTaskSource, createAgentRuntime } from '@squados/agent-runtime';
import { noopRole } from '@squados/agent-runtime/testing';
import { memoryArtifactStore } from '@squados/artifacts';
import { agentName, cardId, projectId, type CardSpec, type Command, type LaneCommit } from '@squados/contracts';
import { withOffloading } from '@squados/event-log';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import { OrchestratorEngine, silentLogger, systemClock, type FoldObserver } from '@squados/orchestrator';
import { createLogger } from '@squados/platform';
import { gatewayObserver, startGateway } from '@squados/portal-gateway';

interface Heard {
  readonly events: number;
  readonly bytes: number;
  readonly last: string;
  readonly dropped: number;
}

const PRODUCT = agentName('product');
const PROJECT = projectId('bench');
const PERSON = { kind: 'person', name: 'bench' } as const;
const SLOTS = 8;
const WIDTH = 10;

/** Ten chains side by side. */
const cardOf = (index: number): CardSpec => ({
  ...{ id: cardId(`PROD-${index}`), title: `Card ${index} of many, with a title as long as titles are` },
  ...{
    description: '',
    agent: PRODUCT,
    priority: 'MEDIUM',
    acceptanceCriteria: [],
    requirementIds: [],
    deliverables: [],
  },
  dependencies: index < WIDTH ? [] : [cardId(`PROD-${index - WIDTH}`)],
});

const completion = (): {
  readonly observer: FoldObserver;
  readonly done: Promise<void>;
  readonly events: () => number;
} => {
  let over: () => void = () => undefined;
  let events = 0;
  const done = new Promise<void>((r) => (over = r));
  const folded = (commit: LaneCommit): void => {
    events += commit.events.length;
    if (commit.events.some((event) => event.type === 'ProjectCompleted')) over();
  };
  return { observer: { folded }, done, events: () => events };
};

const [clientCount = '0', cardCount = '10000'] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'squados-bench-portal-'));
const embedded = await openEmbeddedLog({ dir, mode: 'owner' });
const artifacts = memoryArtifactStore();
const log = withOffloading(embedded, artifacts);
const claims = embedded.claims();
const page = gatewayObserver(artifacts);
const { observer, done, events } = completion();
const engine = new OrchestratorEngine({
  ...{ log, claims, agents: [PRODUCT], clock: systemClock, draw: Math.random, newId: randomUUID, logger: silentLogger },
  window: () => 2 * SLOTS,
  observers: [page, observer],
});
await engine.start();
const submit = (command: Command) => engine.submit(command);
const logger = createLogger({ service: 'bench', level: 'silent', format: 'json', write: () => undefined });
const gateway = await startGateway({
  source: { log, artifacts, fold: engine.fold, submit },
  ...{ observer: page, actor: PERSON, assets: '', port: 0, logger },
});
const tasks = catalogTaskSource(
  () => engine.fold.catalog,
  (position, signal) => engine.caughtUp(position, signal),
);
const runtime = createAgentRuntime({
  ...{ role: noopRole(PRODUCT), log, claims, tasks, artifacts, worker: 'bench', concurrency: SLOTS, leaseMs: 60_000 },
  stepEvents: false,
});
await runtime.start();

const accepted = async (command: Command): Promise<void> => {
  const result = await submit(command);
  if (result.kind === 'rejected') throw new Error(result.message);
};
const policy = { maxRetries: 0, retryBaseMs: 1, retryCapMs: 1, attemptDeadlineMs: 60_000, maxDeliveries: 5 } as const;
await accepted({
  ...{ type: 'StartProject', project: PROJECT, title: 'bench', agents: [PRODUCT] },
  policy: { ...policy, gateProfile: 'quick' },
});
await accepted({ type: 'PauseProject', project: PROJECT, by: PERSON, reason: 'until all cards are in', now: false });
const cards = Array.from({ length: Number(cardCount) }, (_, i) => cardOf(i));
await accepted({ type: 'AddCards', project: PROJECT, cards, by: PERSON, kind: 'import' });

const clients = fork(resolve('bench/portal/clients.mjs'), [gateway.link(), clientCount], { execArgv: [] });
await new Promise((ready) => clients.once('message', ready));
await pause(500);

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let peak = 0;
const memory = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
const before = { rss: process.memoryUsage().rss, events: events() };
const began = performance.now();
const cpu = process.cpuUsage();
await accepted({ type: 'ResumeProject', project: PROJECT, by: PERSON, reason: 'go' });
await done;
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.cpuUsage(cpu);
clearInterval(memory);
delay.disable();
await pause(1_000);
const heard = await new Promise<readonly Heard[]>((told) => {
  clients.once('message', (message) => told(message as readonly Heard[]));
  clients.send('over');
});
await gateway.close();
await runtime.stop({ graceMs: 1_000 });
await engine.stop();
await log.close();
rmSync(dir, { recursive: true, force: true });
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
process.stdout.write(
  JSON.stringify({
    ...{ clients: Number(clientCount), cards: Number(cardCount), seconds, cpuSeconds: (user + system) / 1e6 },
    eventsPerSecond: Math.round((events() - before.events) / seconds),
    events: events() - before.events,
    ...{ rssBefore: megabytes(before.rss), rssPeak: megabytes(peak) },
    ...{ delayP50: delay.percentile(50) / 1e6, delayP99: delay.percentile(99) / 1e6, delayMax: delay.max / 1e6 },
    heard,
  }),
);
