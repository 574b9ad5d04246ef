import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Files, Role, RoleTools, Task } from '@squados/agent-runtime';
import { memoryArtifactStore, type ArtifactStore } from '@squados/artifacts';
import { createArchRole } from '@squados/authors/arch';
import { BACKEND_WRITERS, createBackendRole } from '@squados/authors/backend';
import { createFrontendRole } from '@squados/authors/frontend';
import { createInfraRole } from '@squados/authors/infra';
import { createProductRole } from '@squados/authors/product';
import { agentName, cardId, projectId, type CardSpec, type Proposal, type Sha256 } from '@squados/contracts';

export type Part = 'product' | 'architecture' | 'python' | 'go' | 'frontend' | 'infrastructure';

/** What one author wrote, and the task that it wrote it for. */
export interface Authored {
  readonly task: Task;
  readonly files: Files;
  readonly proposals: readonly Proposal[];
}

/** The files that the offline authors write for one document, each part as a single card that holds all of its requirements. */
export interface AuthoredProject {
  readonly artifacts: ArtifactStore;
  readonly tools: RoleTools;
  readonly parts: Readonly<Record<Part, Authored>>;
}

type Manifest = Readonly<Record<string, Sha256>>;

const POLICY: Task['project']['policy'] = {
  maxRetries: 0,
  retryBaseMs: 1,
  retryCapMs: 1,
  attemptDeadlineMs: 600_000,
  gateProfile: 'quick',
  maxDeliveries: 5,
};

export const benchCard = (id: string, agent: string, more: Partial<CardSpec> = {}): CardSpec => ({
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

export const benchTask = (card: CardSpec, cards: readonly CardSpec[], more: Partial<Task> = {}): Task => ({
  project: { id: projectId('bench'), title: 'Bench', agents: AGENTS, policy: POLICY, documents: [] },
  card,
  attempt: 1,
  dependencies: [],
  cards,
  ...more,
});

const AGENTS = ['product', 'arch', 'infra', 'frontend', 'backend', 'qa'].map(agentName);

/** Stores texts and tells where. */
export const stored = async (artifacts: ArtifactStore, files: Files): Promise<Manifest> => {
  const entries: (readonly [string, Sha256])[] = [];
  for (const [path, text] of files) entries.push([path, await artifacts.put(new TextEncoder().encode(text))]);
  return Object.fromEntries(entries);
};

const written = async (role: Role, task: Task, tools: RoleTools): Promise<Authored> => {
  const result = await role.write(task, tools);
  if (result.kind !== 'written') throw new Error(`${task.card.id}: ${JSON.stringify(result)}`);
  return { task, files: result.files, proposals: result.proposals };
};

/** A card that the last design leads to: its design holds all that the ones before it asked for. */
const derived = (design: CardSpec, id: string, agent: string): CardSpec => ({
  ...design,
  id: cardId(id),
  agent: agentName(agent),
  type: agent === 'arch' ? 'architecture' : agent,
  dependencies: [design.id],
  parent: design.id,
});

const withBackend = (task: Task, backend: 'python' | 'go'): Task => ({
  ...task,
  project: { ...task.project, policy: { ...task.project.policy, backend } },
});

/** Everything that the six owners write for a requirements document. @throws when one of them refuses. */
export const authorProject = async (document: string): Promise<AuthoredProject> => {
  const artifacts = memoryArtifactStore();
  const signal = new AbortController().signal;
  const tools: RoleTools = { signal, readArtifact: (hash) => artifacts.get(hash), note: () => undefined };
  const bytes = new Uint8Array(readFileSync(document));
  const attachment = { name: basename(document), sha256: await artifacts.put(bytes), bytes: bytes.length };
  const epic = benchCard('EPIC-001', 'product', { type: 'epic', attachments: [attachment] });
  const product = await written(createProductRole({ gates: [] }), benchTask(epic, [epic]), tools);
  const cards = product.proposals.map(({ card }) => card);
  const designs = cards.filter(({ type }) => type === 'design');
  const last = designs.at(-1) ?? epic;
  const arch = derived(last, 'ARCH-001', 'arch');
  const whole = (id: string, agent: string): CardSpec => ({
    ...derived(last, id, agent),
    requirementIds: designs.flatMap((card) => card.requirementIds),
    acceptanceCriteria: designs.flatMap((card) => card.acceptanceCriteria),
  });
  const architecture = await written(createArchRole({ gates: [] }), benchTask(arch, [...cards, arch]), tools);
  const manifest = await stored(artifacts, architecture.files);
  const after = (card: CardSpec): Task =>
    benchTask(card, [...cards, arch, card], { dependencies: [{ card: arch, manifest, assumed: false }] });
  const backend = createBackendRole({ gates: [], writers: BACKEND_WRITERS });
  return {
    artifacts,
    tools,
    parts: {
      product,
      architecture,
      python: await written(backend, withBackend(after(whole('BE-001', 'backend')), 'python'), tools),
      go: await written(backend, withBackend(after(whole('BE-001', 'backend')), 'go'), tools),
      frontend: await written(createFrontendRole({ gates: [] }), after(whole('FE-001', 'frontend')), tools),
      infrastructure: await written(createInfraRole({ gates: [] }), after(whole('INFRA-001', 'infra')), tools),
    },
  };
};
