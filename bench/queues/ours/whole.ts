import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { catalogTaskSource, createAgentRuntime } from '@squados/agent-runtime';
import { memoryArtifactStore } from '@squados/artifacts';
import { withOffloading, type EventLog, type WorkClaim } from '@squados/event-log';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import { openJetStreamLog } from '@squados/event-log/jetstream';
import { OrchestratorEngine, silentLogger, systemClock } from '@squados/orchestrator';
import { participate } from '../participant.mjs';
import { Finish } from './finish.js';
import { AGENT } from './graph.js';
import { access, settings, windowOf } from './settings.js';
import { submitting } from './submitting.js';
import { WatchedRole } from './watched-role.js';

/** Orchestrator and agent in one process, as `npm start` has them, on either log. */
const opened = async (): Promise<EventLog & { claims(): WorkClaim }> =>
  settings.url === undefined
    ? openEmbeddedLog({ dir: mkdtempSync(join(settings.home, 'log-')), mode: 'owner' })
    : openJetStreamLog({ access: access(), name: 'bench', stream: { kind: 'make' } });

const below = await opened();
const artifacts = memoryArtifactStore();
const log = withOffloading(below, artifacts);
const claims = below.claims();
const finish = new Finish();
const engine = new OrchestratorEngine({
  ...{ log, claims, agents: [AGENT], clock: systemClock, draw: Math.random, newId: randomUUID, logger: silentLogger },
  window: () => windowOf(settings),
  observers: [{ folded: (commit) => finish.saw(commit) }],
  onFailure: (error) => {
    throw error;
  },
});
await engine.start();
const watched = new WatchedRole();
const tasks = catalogTaskSource(
  () => engine.fold.catalog,
  (position, signal) => engine.caughtUp(position, signal),
);
const runtime = createAgentRuntime({
  ...{ role: watched.role, log, claims, tasks, artifacts, worker: 'bench', leaseMs: 60_000 },
  concurrency: settings.slots,
  stepEvents: false,
  announce: settings.announce,
});
await runtime.start();
const { prepare, go } = submitting(engine);

participate({
  prepare,
  begin: () => void watched.takeGaps(),
  go: async (told) => {
    await go(told);
    await finish.of(told.name);
  },
  end: () => ({ ...finish.facts, gaps: watched.takeGaps() }),
  stop: async () => {
    await runtime.stop({ graceMs: 1_000 });
    await engine.stop();
    await below.close();
  },
});
