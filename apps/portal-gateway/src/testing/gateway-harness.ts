import { openFileArtifactStore, type ArtifactStore } from '@squados/artifacts';
import { agentName, cardId, projectId, type Actor, type CardSpec, type Command } from '@squados/contracts';
import { openEmbeddedLog, type EmbeddedLog } from '@squados/event-log/embedded';
import { OrchestratorEngine, silentLogger, systemClock } from '@squados/orchestrator';
import { createLogger } from '@squados/platform';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { gatewayObserver } from '../gateway-observer.js';
import type { GatewaySource } from '../gateway-source.port.js';
import { startGateway, type Gateway, type GatewayOptions } from '../start-gateway.js';
import { Browser } from './browser.js';
import { tempFolder } from './temp-folder.js';

export const PROJECT = projectId('Shop');
export const person: Actor = { kind: 'person', name: 'ana' };
const arch = agentName('arch');

export const spec = (id: string, dependencies: readonly string[] = []): CardSpec => ({
  id: cardId(id),
  title: `Card ${id}`,
  description: '',
  agent: arch,
  priority: 'MEDIUM',
  dependencies: dependencies.map(cardId),
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
});

export const start: Command = {
  type: 'StartProject',
  project: PROJECT,
  title: 'The shop',
  agents: [arch],
  policy: {
    maxRetries: 3,
    retryBaseMs: 1,
    retryCapMs: 1,
    attemptDeadlineMs: 60_000,
    gateProfile: 'quick',
    maxDeliveries: 5,
  },
};

export const add = (cards: readonly CardSpec[]): Command => ({
  type: 'AddCards',
  project: PROJECT,
  cards,
  by: person,
  kind: 'import',
});

export interface Harness {
  readonly dir: string;
  readonly log: EmbeddedLog;
  readonly artifacts: ArtifactStore;
  readonly engine: OrchestratorEngine;
  readonly gateway: Gateway;
  /** Somebody who came in by a link. */
  readonly browser: Browser;
  submit(command: Command): Promise<void>;
  /** Alternates pause and resume: two events a turn. */
  makeEvents(turns: number): Promise<void>;
  stop(): Promise<void>;
}

type Options = Partial<Pick<GatewayOptions, 'port' | 'heartbeatMs' | 'patienceMs' | 'assets' | 'clock'>> &
  Partial<Pick<GatewaySource, 'intake'>>;

const logger = createLogger({ service: 'test', level: 'silent', format: 'json', write: () => undefined });

/** A real gateway on a real socket over the real embedded log; nothing is enqueued, so only people move it. */
export const openHarness = async ({ intake, ...options }: Options = {}): Promise<Harness> => {
  const folder = tempFolder();
  const log = await openEmbeddedLog({ dir: folder.path, mode: 'owner' });
  const artifacts = await openFileArtifactStore(join(folder.path, 'artifacts'));
  const observer = gatewayObserver(artifacts);
  const engine = new OrchestratorEngine({
    ...{ log, claims: log.claims(), agents: [arch], window: () => 0, clock: systemClock },
    ...{ draw: () => 0, newId: randomUUID, logger: silentLogger, observers: [observer] },
  });
  await engine.start();
  const submit = async (command: Command): Promise<void> => {
    const result = await engine.submit(command);
    if (result.kind === 'rejected') throw new Error(result.message);
  };
  const source: GatewaySource = {
    ...{ log, artifacts, fold: engine.fold, submit: (command: Command) => engine.submit(command) },
    ...(intake === undefined ? {} : { intake }),
  };
  const gateway = await startGateway({ source, observer, actor: person, assets: '', port: 0, logger, ...options });
  const browser = await Browser.cameBy(gateway.link());
  return {
    ...{ dir: folder.path, log, artifacts, engine, gateway, browser, submit },
    makeEvents: async (turns) => {
      for (let i = 0; i < turns; i++) {
        const said = { project: PROJECT, by: person, reason: `turn ${i}` };
        await submit({ type: 'PauseProject', now: false, ...said });
        await submit({ type: 'ResumeProject', ...said });
      }
    },
    stop: async () => {
      await gateway.close();
      await engine.stop();
      await log.close();
      folder.remove();
    },
  };
};
