import type { Role, RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, sha256, type CardSpec } from '@squados/contracts';

export interface TestRequirement {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly criteria?: readonly string[];
}

const POLICY: Task['project']['policy'] = {
  maxRetries: 3,
  retryBaseMs: 1,
  retryCapMs: 1,
  attemptDeadlineMs: 60_000,
  gateProfile: 'quick',
  maxDeliveries: 5,
};

const card = (id: string, agent: string, more: Partial<CardSpec>): CardSpec => ({
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

/** A design card and the ARCH card behind it, for each requirement, as the product owner makes them. */
export const cardsOf = (requirements: readonly TestRequirement[], language: 'pt' | 'en'): readonly CardSpec[] => {
  const designs = requirements.map((r, i) =>
    card(`PROD-${String(i * 3 + 1).padStart(3, '0')}`, 'product', {
      title: `${r.id} - Technical Design & Architecture: ${r.title}`,
      description: r.text,
      type: 'design',
      acceptanceCriteria: r.criteria ?? [],
      requirementIds: [r.id],
      language,
      source: { document: 'doc.md', fromLine: 10, toLine: 20 },
    }),
  );
  const archs = designs.map((d) => ({
    ...d,
    id: cardId(d.id.replace('PROD', 'ARCH')),
    agent: agentName('arch'),
    type: 'architecture',
    dependencies: [d.id],
    parent: d.id,
  }));
  return [...designs, ...archs];
};

export const archCards = (cards: readonly CardSpec[]): readonly CardSpec[] => cards.filter((c) => c.agent === 'arch');

export const taskFor = (cards: readonly CardSpec[], own: CardSpec, title = 'Product'): Task => ({
  project: {
    id: projectId('p'),
    title,
    agents: [agentName('product'), agentName('arch')],
    policy: POLICY,
    documents: [{ name: 'doc.md', sha256: sha256('0'.repeat(64)) }],
  },
  card: own,
  attempt: 1,
  dependencies: [],
  cards,
});

export const noTools: RoleTools = {
  signal: new AbortController().signal,
  readArtifact: () => Promise.resolve(new Uint8Array()),
  note: () => undefined,
};

export type Written = Extract<RoleResult, { kind: 'written' }>;

/** What the role writes for a card; throws with the failure's own words when it does not. */
export const written = async (role: Role, task: Task): Promise<Written> => {
  const result = await role.write(task, noTools);
  if (result.kind === 'released') throw new Error(`${task.card.id} was handed back: ${result.reason}`);
  if (result.kind === 'failed') throw new Error(`${task.card.id}: ${result.message} (${result.place ?? ''})`);
  return result;
};
