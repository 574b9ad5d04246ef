import type { Actor, EventOn, SquadEvent, SquadEventOf } from '@squados/contracts';
import type { AttemptRecord } from './catalog.types.js';
import type { AttemptText, CardText } from './card-text.js';

export const note = (card: CardText, event: SquadEvent, said: { readonly text: string; readonly by?: Actor }): void => {
  card.decisions.push({ at: event.time, type: event.type, ...said });
};

// eslint-disable-next-line complexity -- one line per event type, and no default
export const tellDecided = (card: CardText, event: EventOn<'decided'>): void => {
  switch (event.type) {
    case 'CardEnqueued':
      return enqueued(card, event);
    case 'RetryScheduled':
      return note(card, event, { text: retryText(event) });
    case 'CardDeadLettered':
      return note(card, event, { text: `${event.data.reason}: ${event.data.message}` });
    case 'CardEscalated':
      return note(card, event, { text: `to ${event.data.to}, ${event.data.outcome}: ${event.data.message}` });
    case 'CardSkipped':
    case 'CardRetried':
      return note(card, event, { text: event.data.reason, by: event.data.by });
    case 'GateWaived':
      return waived(card, event);
    case 'ApprovalRequested':
      return note(card, event, {
        text: `${event.data.gate} waits for ${event.data.role}, manifest ${event.data.manifestHash}`,
      });
    case 'ApprovalDecided':
      return note(card, event, { text: approvalText(event), by: event.data.by });
  }
};

// eslint-disable-next-line complexity -- one line per event type, and no default
export const tellAttempt = (card: CardText, event: EventOn<'attempt'>): void => {
  const attempt = card.attempt(event.data.attempt);
  if (!attempt || attempt.end) return;
  switch (event.type) {
    case 'CardStarted':
      return started(attempt, event);
    case 'CardStepped':
      return stepped(attempt, event);
    case 'ModelCallBegun':
      return void (attempt.untold ??= []).push(event.data);
    case 'ModelCalled':
      return called(attempt, event);
    case 'VerdictRecorded':
      return void attempt.verdicts.push(event.data.verdict);
    case 'CardCompleted':
      return end(attempt, { kind: 'completed', at: event.time, ...event.data });
    case 'CardFailed':
      return end(attempt, { kind: 'failed', at: event.time, failure: event.data });
    case 'CardReleased':
      return end(attempt, { kind: 'released', at: event.time, release: event.data });
  }
};

const enqueued = (card: CardText, { time, data }: SquadEventOf<'CardEnqueued'>): void => {
  if (data.attempt <= (card.attempts.at(-1)?.attempt ?? 0)) return;
  const { attempt, inputs, feedback } = data;
  card.attempts.push({
    attempt,
    enqueuedAt: time,
    inputs,
    ...(feedback === undefined ? {} : { feedback }),
    deliveries: 0,
    verdicts: [],
    waivers: [],
  });
};

const waived = (card: CardText, { data }: SquadEventOf<'GateWaived'>): void => {
  card.attempt(data.attempt)?.waivers.push({ gate: data.gate, by: data.by, reason: data.reason });
};

/** A take-over starts the attempt afresh: what the worker before had found out is gone with it. */
const started = (attempt: AttemptText, { time, data }: SquadEventOf<'CardStarted'>): void => {
  attempt.deliveries = Math.max(attempt.deliveries + 1, data.delivery);
  attempt.startedAt = time;
  attempt.worker = data.worker;
  attempt.verdicts.length = 0;
};

const called = (attempt: AttemptText, { data }: SquadEventOf<'ModelCalled'>): void => {
  (attempt.calls ??= []).push(data);
  const others = (attempt.untold ?? []).filter(({ call }) => call !== data.call);
  if (others.length > 0) attempt.untold = others;
  else delete attempt.untold;
};

const stepped = (attempt: AttemptText, { data }: SquadEventOf<'CardStepped'>): void => {
  attempt.step = data.step;
};

const end = (attempt: AttemptText, how: NonNullable<AttemptRecord['end']>): void => {
  attempt.end = how;
};

const approvalText = ({ data }: SquadEventOf<'ApprovalDecided'>): string =>
  `${data.decision} as ${data.role}: ${data.reason} (manifest ${data.manifestHash})`;

const retryText = ({ data }: SquadEventOf<'RetryScheduled'>): string =>
  `retry ${data.retry} of attempt ${data.attempt} not before ${timeText(data.notBefore)}`;

/** Outside RFC 3339's years the number itself is told. */
const timeText = (ms: number): string => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms));
