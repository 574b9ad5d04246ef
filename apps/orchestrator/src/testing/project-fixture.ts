import { agentName, cardId, projectId, type CardSpec, type Command, type RunPolicy } from '@squados/contracts';

export const PROJECT = projectId('library');
export const PRODUCT = agentName('product');

export const POLICY: RunPolicy = {
  maxRetries: 3,
  retryBaseMs: 1000,
  retryCapMs: 10_000,
  attemptDeadlineMs: 60_000,
  gateProfile: 'quick',
  maxDeliveries: 5,
};

export const spec = (id: string, dependencies: readonly string[] = []): CardSpec => ({
  id: cardId(id),
  title: `Title of ${id}`,
  description: '',
  agent: PRODUCT,
  priority: 'MEDIUM',
  dependencies: dependencies.map(cardId),
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
});

export const START_PROJECT: Command = {
  type: 'StartProject',
  project: PROJECT,
  title: 'Library',
  agents: [PRODUCT],
  policy: POLICY,
};

export const addCards = (cards: readonly CardSpec[]): Command => ({
  type: 'AddCards',
  project: PROJECT,
  cards,
  by: { kind: 'person', name: 'tester' },
  kind: 'import',
});
