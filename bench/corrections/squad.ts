import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { agentService, catalogTaskSource, type AgentService, type Role } from '@squados/agent-runtime';
import { openFileArtifactStore } from '@squados/artifacts';
import { agentName, type Command, type LaneCommit } from '@squados/contracts';
import { withOffloading } from '@squados/event-log';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import {
  Appender,
  EscalationKeeper,
  OrchestratorEngine,
  silentLogger,
  systemClock,
  type Escalation,
  type FoldObserver,
} from '@squados/orchestrator';

export type DeadLetter = Parameters<Escalation['tell']>[0];

export interface Squad {
  submit(command: Command): Promise<void>;
  /** Resolves once a commit fulfils the condition. @throws after `ms` */
  until(what: string, isOver: (commit: LaneCommit) => boolean, ms: number): Promise<void>;
  /** Everything that was recorded, in order. */
  readonly commits: readonly LaneCommit[];
  /** What the Tech Lead was told. */
  readonly letters: readonly DeadLetter[];
  stop(): Promise<void>;
}

const logger = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };

/** The production orchestrator, log and agent runtime over a folder, with roles of the caller's. */
export const openSquad = async (dir: string, roles: readonly Role[]): Promise<Squad> => {
  const embedded = await openEmbeddedLog({ dir, mode: 'owner' });
  const artifacts = await openFileArtifactStore(join(dir, 'artifacts'));
  const log = withOffloading(embedded, artifacts);
  const claims = embedded.claims();
  const commits: LaneCommit[] = [];
  const letters: DeadLetter[] = [];
  const waiting = new Set<() => void>();
  const recorder: FoldObserver = {
    folded: (commit) => {
      commits.push(commit);
      for (const look of waiting) look();
    },
  };
  const techLead = new EscalationKeeper({
    escalation: {
      tell: async (letter) => {
        letters.push(letter);
        return { to: 'tech-lead', outcome: 'delivered', message: 'told' };
      },
    },
    appender: new Appender({ log, newId: randomUUID, now: () => Date.now(), source: 'orchestrator' }),
    logger: silentLogger,
  });
  const engine = new OrchestratorEngine({
    log,
    claims,
    agents: roles.map((role) => agentName(role.agent)),
    window: () => 2,
    clock: systemClock,
    draw: Math.random,
    newId: randomUUID,
    logger: silentLogger,
    observers: [recorder, techLead],
    onFailure: (error) => console.error(error),
  });
  await engine.start();
  const tasks = catalogTaskSource(
    () => engine.fold.catalog,
    (position, signal) => engine.caughtUp(position, signal),
  );
  const services: readonly AgentService[] = roles.map((role) =>
    agentService(role, {
      log,
      claims,
      artifacts,
      tasks,
      worker: `${role.agent}-1`,
      concurrency: 1,
      leaseMs: 30_000,
      graceMs: 1_000,
      logger,
    }),
  );
  for (const service of services) await service.start();
  return {
    commits,
    letters,
    submit: async (command) => {
      const result = await engine.submit(command);
      if (result.kind === 'rejected') throw new Error(`${command.type}: ${result.message}`);
    },
    until: (what, isOver, ms) => once({ what, ms, waiting, isThere: () => commits.some(isOver) }),
    stop: async () => {
      for (const service of services) await service.stop();
      await engine.stop();
      await techLead.close();
      await claims.close();
      await embedded.close();
    },
  };
};

interface Wait {
  readonly what: string;
  readonly ms: number;
  readonly waiting: Set<() => void>;
  readonly isThere: () => boolean;
}

const once = ({ what, ms, waiting, isThere }: Wait): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(`${what} did not come within ${ms} ms`))), ms);
    const end = (tell: () => void): void => {
      clearTimeout(timer);
      waiting.delete(look);
      tell();
    };
    const look = (): void => {
      if (isThere()) end(resolve);
    };
    waiting.add(look);
    look();
  });
