import {
  agentName,
  cardId,
  projectId,
  sha256,
  type Actor,
  type AgentName,
  type CardSpec,
  type Command,
  type DraftEvent,
  type EventData,
  type Lane,
  type LaneCommit,
  type Position,
  type Proposal,
  type Revision,
  type RunPolicy,
  type SquadEvent,
  type Verdict,
} from '@squados/contracts';

export const P = projectId('demo');
export const PRODUCT: AgentName = agentName('product');
export const ARCH: AgentName = agentName('arch');
export const person: Actor = { kind: 'person', name: 'operator' };

export const policy = (overrides: Partial<RunPolicy> = {}): RunPolicy => ({
  maxRetries: 3,
  retryBaseMs: 1_000,
  retryCapMs: 10_000,
  attemptDeadlineMs: 60_000,
  gateProfile: 'quick',
  maxDeliveries: 5,
  ...overrides,
});

/** A sound card; dependencies as plain ids. Its agent is `product` unless said otherwise. */
export const spec = (
  id: string,
  overrides: Omit<Partial<CardSpec>, 'dependencies'> & { dependencies?: readonly string[] } = {},
): CardSpec => {
  const { dependencies = [], ...rest } = overrides;
  return {
    id: cardId(id),
    title: `Card ${id}`,
    description: `What ${id} is about`,
    agent: PRODUCT,
    priority: 'MEDIUM',
    acceptanceCriteria: [],
    requirementIds: [],
    deliverables: [],
    ...rest,
    dependencies: dependencies.map(cardId),
  };
};

export const startProject = (overrides: Partial<Extract<Command, { type: 'StartProject' }>> = {}): Command => ({
  type: 'StartProject',
  project: P,
  title: 'Demo',
  agents: [PRODUCT, ARCH],
  policy: policy(),
  ...overrides,
});

export const addCards = (cards: readonly CardSpec[], project = P): Command => ({
  type: 'AddCards',
  project,
  cards,
  by: person,
  kind: 'import',
});

/** A valid SHA-256 in hex that differs by text (not its real hash). */
export const fakeHash = (text: string): ReturnType<typeof sha256> => {
  let hex = '';
  for (let i = 0; hex.length < 64; i++) {
    let h = 0x811c9dc5 ^ i;
    for (const char of text) h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 0x01000193);
    hex += (h >>> 0).toString(16).padStart(8, '0');
  }
  return sha256(hex);
};

export const completed = (
  attempt: number,
  overrides: { output?: string; proposals?: readonly CardSpec[]; closing?: readonly CardSpec[] } = {},
): DraftEvent => {
  const hash = fakeHash(overrides.output ?? 'output');
  const proposals: readonly Proposal[] = [
    ...(overrides.proposals ?? []).map((card) => ({ card })),
    ...(overrides.closing ?? []).map((card) => ({ card, closing: true as const })),
  ];
  return {
    type: 'CardCompleted',
    data: { attempt, author: 'offline', manifest: { 'produto/x.md': hash }, manifestHash: hash, proposals },
  };
};

export const failed = (attempt: number, overrides: Partial<EventData['CardFailed']> = {}): DraftEvent => ({
  type: 'CardFailed',
  data: { attempt, kind: 'retryable', code: 'author-error', message: 'it broke', ...overrides },
});

export const started = (attempt: number, delivery = 1, worker = 'w1'): DraftEvent => ({
  type: 'CardStarted',
  data: { attempt, delivery, worker },
});

export const verdict = (attempt: number, overrides: Partial<Verdict> = {}): DraftEvent => ({
  type: 'VerdictRecorded',
  data: {
    attempt,
    verdict: {
      gate: 'schema',
      profile: 'quick',
      outcome: 'pass',
      required: true,
      command: 'check',
      durationMs: 1,
      summary: 'checked',
      isolation: { level: 0, by: 'none' },
      ...overrides,
    },
  },
});

export interface Place {
  readonly lane: Lane;
  readonly position: Position;
  readonly revision: Revision;
}

/** Draft events as they would be read back: ids and times follow from the place, so that the same log is the same bytes. */
export const commitOf = (place: Place, events: readonly DraftEvent[]): LaneCommit => ({
  ...place,
  events: events.map((event, i) => envelope(event, place, i)),
});

const envelope = (event: DraftEvent, place: Place, index: number): SquadEvent =>
  ({
    specversion: '1.0',
    id: `00000000-0000-4000-8000-${String(place.position * 100 + index).padStart(12, '0')}`,
    source: 'test',
    version: 1,
    subject: place.lane,
    time: new Date(1_700_000_000_000 + place.position * 1000).toISOString(),
    ...event,
  }) as SquadEvent;
