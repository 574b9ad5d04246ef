import { createAgentRuntime, catalogTaskSource, type Role } from '@squados/agent-runtime';
import { openFileArtifactStore, type ArtifactStore } from '@squados/artifacts';
import { ClaudeRole, createAnthropicClient, ProviderGate, RecordedCalls } from '@squados/authors/claude';
import { budget, project } from '@squados/board';
import { agentName, cardId, projectId, type CardSpec, type Command, type RunPolicy } from '@squados/contracts';
import { openEmbeddedLog, type EmbeddedLog } from '@squados/event-log/embedded';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
// Past the package's door, which brings Nest along: a life has to begin fast.
import { systemClock } from '../../apps/orchestrator/src/engine/clock.port.js';
import { silentLogger } from '../../apps/orchestrator/src/engine/engine-logger.port.js';
import { OrchestratorEngine } from '../../apps/orchestrator/src/engine/orchestrator-engine.js';

/** What a process needs to begin a run or to go on with it. */
export interface LifeOptions {
  readonly data: string;
  readonly url: string;
  readonly key: string;
  readonly limitNanoUsd: number;
  readonly perAttemptNanoUsd: number;
  readonly cards: number;
  readonly slots: number;
}

/** How it stands when nothing moves any more. */
export interface LifeEnd {
  readonly status: string;
  /** What the log says that was spent. */
  readonly spentNanoUsd: number;
  readonly states: Readonly<Record<string, number>>;
}

const P = projectId('kills');
const PRODUCT = agentName('product');
const BY = { kind: 'person', name: 'harness' } as const;
const POLICY: RunPolicy = {
  ...{ maxRetries: 8, retryBaseMs: 20, retryCapMs: 60, attemptDeadlineMs: 120_000 },
  ...{ gateProfile: 'quick', maxDeliveries: 40 },
};
const DRAFT_LINES = 12;

const cardOf = (n: number): CardSpec => ({
  id: cardId(`PROD-${n}`),
  title: `Lend book ${n}`,
  description: `A librarian lends book ${n} to a member.`,
  agent: PRODUCT,
  priority: 'MEDIUM',
  dependencies: n % 3 === 0 ? [cardId(`PROD-${n - 1}`)] : [],
  acceptanceCriteria: ['a book that is lent is not lent again'],
  requirementIds: [`RF00${n}`],
  deliverables: [],
});

const draftOf = (id: string): string =>
  [`# ${id}`, ...Array.from({ length: DRAFT_LINES }, (_, n) => `${n + 1}. Rule ${n + 1} of ${id} holds.`)].join('\n');

/** One document for each card; a gate that takes nothing unfinished. */
const draftRole: Role = {
  agent: PRODUCT,
  author: 'offline',
  gates: [
    {
      name: 'finished',
      applies: () => 'required',
      run: ({ files }) => {
        const isBad = [...files.values()].some((text) => text.includes('unfinished'));
        return Promise.resolve({
          ...{ outcome: isBad ? 'fail' : 'pass', command: 'look', summary: isBad ? 'unfinished' : 'finished' },
          isolation: { level: 0, by: 'none' },
        });
      },
    },
  ],
  write: ({ card }) =>
    Promise.resolve({
      ...{ kind: 'written', proposals: [], assumptions: [] },
      files: new Map([[`produto/${card.id}.md`, draftOf(card.id)]]),
    }),
};

const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  await wait(ms, undefined, { signal }).catch(() => undefined);
};

const claude = async (log: EmbeddedLog, artifacts: ArtifactStore, { url, key }: LifeOptions): Promise<Role> =>
  new ClaudeRole(draftRole, {
    client: createAnthropicClient({ apiKey: key, baseUrl: url }),
    recorded: await RecordedCalls.load(log, artifacts),
    gate: new ProviderGate({ now: Date.now, sleep, patienceMs: 3_000 }),
    ...{ now: Date.now, sleep, retryAfterMs: [10, 20], choices: {}, prefixTtl: '1h', scrub: (text) => text },
  });

/** What is not on record yet: the start, the limit, the cards. */
const begin = async (engine: OrchestratorEngine, options: LifeOptions): Promise<void> => {
  const { limitNanoUsd: nanoUsd, perAttemptNanoUsd: perAttempt } = options;
  const submit = async (command: Command): Promise<void> => {
    const result = await engine.submit(command);
    if (result.kind === 'rejected') throw new Error(result.message);
  };
  if (!project(engine.fold.board, P))
    await submit({ type: 'StartProject', project: P, title: 'Kills', agents: [PRODUCT], policy: POLICY });
  const limit = budget(engine.fold.board, P)?.limits.find(({ scope }) => scope.kind === 'project')?.nanoUsd;
  if (limit !== nanoUsd)
    await submit({
      ...{ type: 'SetBudget', project: P, by: BY, reason: 'so much', scope: { kind: 'project' } },
      ...{ nanoUsd, perAttempt },
    });
  if (project(engine.fold.board, P)?.total === 0) {
    const cards = Array.from({ length: options.cards }, (_, n) => cardOf(n + 1));
    await submit({ type: 'AddCards', project: P, cards, by: BY, kind: 'import' });
  }
};

const LOOK_MS = 5;
const STILL_MS = 1_500;

/** Until the project is complete, stands still for want of money, or stands still for another reason. */
const untilSettled = async (engine: OrchestratorEngine): Promise<LifeEnd> => {
  for (let movedAt = performance.now(); ; await wait(LOOK_MS)) {
    const view = project(engine.fold.board, P);
    if (!view) continue;
    if (!view.settled) movedAt = performance.now();
    const isOver = view.status === 'completed' || (view.status === 'paused' && view.settled);
    if (!isOver && performance.now() - movedAt < STILL_MS) continue;
    const spentNanoUsd = budget(engine.fold.board, P)?.spent.nanoUsd ?? 0;
    return { status: view.status, spentNanoUsd, states: view.byState };
  }
};

/** Runs beside each other in this process, until nothing moves in any of them; their ends go to standard output. */
export const live = async (runs: readonly LifeOptions[]): Promise<void> => {
  process.stdout.write(JSON.stringify(await Promise.all(runs.map(oneLife))));
};

/** Orchestrator, log and one agent of one run. */
const oneLife = async (options: LifeOptions): Promise<LifeEnd> => {
  const log = await openEmbeddedLog({ dir: options.data, mode: 'owner' });
  const artifacts = await openFileArtifactStore(join(options.data, 'artifacts'));
  const claims = log.claims();
  const engine = new OrchestratorEngine({
    ...{ log, claims, agents: [PRODUCT], window: () => 2 * options.slots },
    ...{ clock: systemClock, draw: Math.random, newId: randomUUID, logger: silentLogger },
  });
  await engine.start();
  await begin(engine, options);
  const tasks = catalogTaskSource(
    () => engine.fold.catalog,
    (position, signal) => engine.caughtUp(position, signal),
  );
  const runtime = createAgentRuntime({
    ...{ log, claims, tasks, artifacts, role: await claude(log, artifacts, options) },
    ...{ worker: `kills-${process.pid}`, concurrency: options.slots, leaseMs: 30_000 },
  });
  await runtime.start();
  const end = await untilSettled(engine);
  await runtime.stop({ graceMs: 0 });
  await engine.stop();
  await log.close();
  return end;
};
