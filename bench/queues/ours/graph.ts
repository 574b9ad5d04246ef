import { readFileSync } from 'node:fs';
import { agentName, cardId, projectId, type CardSpec, type Command, type RunPolicy } from '@squados/contracts';

interface Dag {
  readonly name: string;
  readonly n: number;
  /** For each card the indexes of those it waits for. */
  readonly deps: readonly (readonly number[])[];
}

export const AGENT = agentName('product');
export const PERSON = { kind: 'person', name: 'bench' } as const;
export const POLICY: RunPolicy = {
  maxRetries: 0,
  retryBaseMs: 1_000,
  retryCapMs: 1_000,
  attemptDeadlineMs: 60_000,
  gateProfile: 'quick',
  maxDeliveries: 5,
};

const cardOf = (index: number, deps: readonly number[]): CardSpec => ({
  id: cardId(`PROD-${index}`),
  title: `Card ${index}`,
  description: '',
  agent: AGENT,
  priority: 'MEDIUM',
  dependencies: deps.map((d) => cardId(`PROD-${d}`)),
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
});

export const dagIn = (file: string): Dag => JSON.parse(readFileSync(file, 'utf8')) as Dag;

/** The commands that bring a graph onto the board, where it waits for `release`. */
export const recorded = (name: string, file: string): readonly Command[] => {
  const project = projectId(name);
  const { deps } = dagIn(file);
  const cards = deps.map((those, i) => cardOf(i, those));
  return [
    { type: 'StartProject', project, title: name, agents: [AGENT], policy: POLICY },
    { type: 'PauseProject', project, by: PERSON, reason: 'until all cards are in', now: false },
    { type: 'AddCards', project, cards, by: PERSON, kind: 'import' },
  ];
};

export const released = (name: string): Command => ({
  type: 'ResumeProject',
  project: projectId(name),
  by: PERSON,
  reason: 'go',
});
