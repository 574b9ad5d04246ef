import { randomUUID } from 'node:crypto';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  EMPTY_LANE,
  projectId,
  stampEvent,
  START,
  type CardAddress,
  type CardSpec,
  type DraftEvent,
  type EventData,
  type Lane,
  type LaneCommit,
  type RunPolicy,
  type SquadEvent,
} from '@squados/contracts';
import type { AppendResult, EventLog } from '@squados/event-log';
import type { Task } from '../role.js';
import type { TaskRequest, TaskSource } from '../task-source.port.js';

export const testPolicy: RunPolicy = {
  maxRetries: 3,
  retryBaseMs: 10,
  retryCapMs: 100,
  attemptDeadlineMs: 60_000,
  gateProfile: 'quick',
  waiveRefer: 'test',
  maxDeliveries: 5,
};

export const testCard = (id: string, more: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: id,
  description: `about ${id}`,
  agent: agentName('product'),
  priority: 'MEDIUM',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  ...more,
});

/** Where a test's card lives. */
export const addressOf = (card: string, project = 'P'): CardAddress => ({
  project: projectId(project),
  agent: agentName('product'),
  card: cardId(card),
});

/** Answers every request with a small task. */
export const fakeTasks = (policy: Partial<RunPolicy> = {}): TaskSource & { readonly requests: TaskRequest[] } => {
  const requests: TaskRequest[] = [];
  const load = (request: TaskRequest): Promise<Task> => {
    requests.push(request);
    const card = testCard(request.card);
    const project = {
      id: request.project,
      title: 'P',
      agents: [card.agent],
      policy: { ...testPolicy, ...policy },
      documents: [],
    };
    return Promise.resolve({ project, card, attempt: request.attempt, dependencies: [], cards: [card] });
  };
  return { requests, load };
};

const stamped = (drafts: readonly DraftEvent[], source: string): readonly SquadEvent[] =>
  drafts.map((d) => stampEvent(d, { id: randomUUID(), time: new Date().toISOString(), source, subject: 'P' }));

/** Appends as the orchestrator, or as another worker, would: after the lane's last commit. */
export const appendAs = async (
  log: EventLog,
  { lane, source, drafts }: { lane: Lane; source: string; drafts: readonly DraftEvent[] },
): Promise<AppendResult> => {
  const expected = (await log.last(lane))?.revision ?? EMPTY_LANE;
  return log.append({ lane, expected, events: stamped(drafts, source) });
};

/** CardEnqueued of an attempt, `after` the attempt lane as it is now. */
export const enqueue = async (
  log: EventLog,
  card: string,
  attempt = 1,
  more: Partial<EventData['CardEnqueued']> = {},
): Promise<AppendResult> => {
  const at = addressOf(card);
  const after = (await log.last(attemptLane(at)))?.revision ?? EMPTY_LANE;
  const data = { attempt, after, inputs: { cardRevision: 1, digest: '' }, ...more };
  return appendAs(log, { lane: decidedLane(at), source: 'orchestrator', drafts: [{ type: 'CardEnqueued', data }] });
};

/** Every commit of a card's attempt lane, oldest first. */
export const attemptCommits = async (log: EventLog, card: string): Promise<readonly LaneCommit[]> => {
  const commits: LaneCommit[] = [];
  for await (const page of log.read({ after: START, filter: { ...addressOf(card), kind: 'attempt' } }))
    commits.push(...page);
  return commits;
};

export const attemptEvents = async (log: EventLog, card: string): Promise<readonly LaneCommit['events'][number][]> =>
  (await attemptCommits(log, card)).flatMap((c) => c.events);
