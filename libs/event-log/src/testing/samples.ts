import { randomUUID } from 'node:crypto';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  EMPTY_LANE,
  projectId,
  projectLane,
  revision,
  sha256,
  stampEvent,
  type CardAddress,
  type DraftEvent,
  type Lane,
  type Revision,
  type SquadEvent,
} from '@squados/contracts';
import type { AppendResult, EventLog, NewCommit } from '../event-log.port.js';

/** Events and commits for specs: small, valid, and different from each other. */
export const at = (card: string, agent = 'backend', project = 'P'): CardAddress => ({
  project: projectId(project),
  agent: agentName(agent),
  card: cardId(card),
});

export const eventOf = (draft: DraftEvent): SquadEvent =>
  stampEvent(draft, { id: randomUUID(), time: '2026-01-02T03:04:05.678Z', source: 'spec', subject: 'P' });

export const enqueued = (attempt = 1, feedback?: string): SquadEvent =>
  eventOf({
    type: 'CardEnqueued',
    data: {
      attempt,
      after: EMPTY_LANE,
      inputs: { cardRevision: 1, digest: 'd1' },
      ...(feedback === undefined ? {} : { feedback }),
    },
  });

export const skipped = (): SquadEvent =>
  eventOf({ type: 'CardSkipped', data: { by: { kind: 'person', name: 'Ana' }, reason: 'não é mais preciso' } });

export const started = (delivery: number, worker = `w${delivery}`): SquadEvent =>
  eventOf({ type: 'CardStarted', data: { attempt: 1, delivery, worker } });

export const stepped = (note = 'a'): SquadEvent =>
  eventOf({ type: 'CardStepped', data: { attempt: 1, step: 'executing', note } });

export const completed = (): SquadEvent =>
  eventOf({
    type: 'CardCompleted',
    data: { attempt: 1, author: 'offline', manifest: {}, manifestHash: sha256('0'.repeat(64)), proposals: [] },
  });

export const failed = (): SquadEvent =>
  eventOf({ type: 'CardFailed', data: { attempt: 1, kind: 'retryable', code: 'gate-failed', message: 'falhou' } });

export const paused = (reason = 'pausa'): SquadEvent =>
  eventOf({ type: 'ProjectPaused', data: { by: { kind: 'system', name: 'spec' }, reason, now: false } });

export const commitTo = (lane: Lane, expected: Revision, ...events: readonly SquadEvent[]): NewCommit => ({
  lane,
  expected,
  events,
});

/** The first commit of a card's `decided` lane. */
export const enqueue = (address: CardAddress, ...events: readonly SquadEvent[]): NewCommit =>
  commitTo(decidedLane(address), EMPTY_LANE, ...(events.length > 0 ? events : [enqueued()]));

export const firstAttempt = (address: CardAddress, ...events: readonly SquadEvent[]): NewCommit =>
  commitTo(attemptLane(address), EMPTY_LANE, ...events);

export const pause = (project = 'P'): NewCommit => commitTo(projectLane(projectId(project)), EMPTY_LANE, paused());

/** Appends what must go through. */
export const stored = async (
  log: EventLog,
  commit: NewCommit,
): Promise<Extract<AppendResult, { kind: 'appended' }>> => {
  const result = await log.append(commit);
  if (result.kind !== 'appended') throw new Error(`expected to be appended: ${JSON.stringify(result)}`);
  return result;
};

/** Fills a log with first commits of cards `<prefix>-0 …`, many in flight. */
export const fill = async (log: EventLog, count: number, prefix = 'BE', agent = 'backend'): Promise<void> => {
  for (let from = 0; from < count; from += 1000) {
    const group = Array.from({ length: Math.min(1000, count - from) }, (_, i) =>
      enqueue(at(`${prefix}-${from + i}`, agent)),
    );
    await Promise.all(group.map((commit) => stored(log, commit)));
  }
};

export const NO_REVISION = revision(999_999);
