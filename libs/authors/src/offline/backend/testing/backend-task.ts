import type { RoleTools, Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, sha256, type CardSpec, type DomainModel, type Sha256 } from '@squados/contracts';
import { createHash } from 'node:crypto';
import { writeMigration, writeOpenApi, writeSchema } from '../../arch/index.js';

export interface BackendCase {
  readonly task: Task;
  readonly tools: RoleTools;
}

const card = (id: string, agent: string, more: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: id,
  description: '',
  agent: agentName(agent),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  ...more,
});

/** What an ARCH card hands over for a model. */
const designFiles = (model: DomainModel): Readonly<Record<string, string>> => {
  const { up, down } = writeMigration({ ...model, entities: [] }, model, model.product);
  return {
    'arquitetura/modelo-de-dominio.json': JSON.stringify(model),
    'arquitetura/openapi.yaml': writeOpenApi(model),
    'arquitetura/schema.sql': writeSchema(model),
    'arquitetura/migrations/0001_PROD-001.up.sql': up,
    'arquitetura/migrations/0001_PROD-001.down.sql': down,
  };
};

export interface BackendCaseOptions {
  readonly own?: Partial<CardSpec>;
  readonly policy?: Partial<Task['project']['policy']>;
  /** Replaces files of the design. */
  readonly design?: Readonly<Record<string, string>>;
}

/** A BE card whose ARCH card designed this model. */
export const backendCase = (
  model: DomainModel,
  { own = {}, policy = {}, design = {} }: BackendCaseOptions = {},
): BackendCase => {
  const store = new Map<string, Uint8Array>();
  const manifest: Record<string, Sha256> = {};
  for (const [path, text] of Object.entries({ ...designFiles(model), ...design })) {
    const hash = createHash('sha256').update(text).digest('hex');
    store.set(hash, new TextEncoder().encode(text));
    manifest[path] = sha256(hash);
  }
  const [arch, mine] = [card('ARCH-001', 'arch'), card('BE-001', 'backend', own)];
  const task: Task = {
    project: {
      id: projectId('p'),
      title: model.product,
      agents: [],
      policy: {
        maxRetries: 3,
        retryBaseMs: 1,
        retryCapMs: 1,
        attemptDeadlineMs: 60_000,
        gateProfile: 'quick',
        maxDeliveries: 5,
        ...policy,
      },
      documents: [],
    },
    card: mine,
    attempt: 1,
    dependencies: [{ card: arch, manifest, assumed: false }],
    cards: [arch, mine],
  };
  const tools: RoleTools = {
    signal: new AbortController().signal,
    readArtifact: (hash) => Promise.resolve(store.get(hash) ?? new Uint8Array()),
    note: () => undefined,
  };
  return { task, tools };
};
