import type { EventType } from '../events.js';
import { LIMITS } from '../limits.js';
import { CALL_PURPOSES } from '../model-calls.js';
import { actor, card, policy, projectSource, verdict } from './card.schema.js';
import {
  agent,
  amount,
  closed,
  filled,
  flag,
  id,
  list,
  mark,
  oneOf,
  record,
  set,
  sha256Hex,
  text,
  whole,
  type JsonSchema,
} from './pieces.js';

const attempt = whole(1);
const reasoned = { by: actor, reason: text(LIMITS.text) };
const blame = closed({ card: id, feedback: text(LIMITS.feedback) });
const spend = closed({ nanoUsd: whole(0), tokens: whole(0) });
const usage = closed({
  input: whole(0),
  output: whole(0),
  cacheRead: whole(0),
  cacheWrite5m: whole(0),
  cacheWrite1h: whole(0),
});
/** A project's needs no name. */
const scope = closed({ kind: oneOf(['project', 'epic', 'agent', 'card']) }, { name: filled(LIMITS.id) });
const call = {
  attempt,
  call: whole(1),
  purpose: oneOf(CALL_PURPOSES),
  model: filled(LIMITS.line),
  request: sha256Hex,
};
const origin: JsonSchema = {
  oneOf: [
    closed({ kind: oneOf(['import', 'person']), by: actor }),
    closed({ kind: oneOf(['proposal']), card: id, attempt }, { closing: mark }),
  ],
};

/** Data of every event, by type; mirrors `EventData`. */
export const EVENT_DATA_SCHEMAS: { readonly [T in EventType]: JsonSchema } = {
  ProjectStarted: closed({ title: filled(LIMITS.title), agents: set(agent, 50), policy }, { source: projectSource }),
  ProjectPaused: closed({ ...reasoned, now: flag }),
  ProjectResumed: closed(reasoned),
  ProjectStopped: closed(reasoned),
  ProjectCompleted: closed({ done: whole(0), skipped: whole(0) }),
  ProjectArchived: closed({
    by: actor,
    file: filled(LIMITS.line),
    sha256: sha256Hex,
    through: whole(0),
    commits: whole(0),
    artifacts: whole(0),
  }),
  CardsAdded: closed({ origin, cards: list(card, LIMITS.cards) }),
  CardsRejected: closed(
    {
      card: id,
      attempt,
      rejected: list(closed({ id: text(LIMITS.text), reasons: list(text(LIMITS.text), LIMITS.items) }), LIMITS.cards),
    },
    { closing: mark },
  ),
  CardChanged: closed({ ...reasoned, card: id, spec: card }),
  CardsRolledBack: closed({ ...reasoned, card: id, reach: set(id, LIMITS.cards) }),
  CardsReopened: closed({
    by: actor,
    cause: closed({ card: id, attempt }),
    cards: list(blame, LIMITS.items),
    reach: set(id, LIMITS.cards),
  }),
  BudgetSet: closed({ ...reasoned, scope }, { nanoUsd: whole(0), tokens: whole(0), perAttempt: whole(0) }),
  BudgetReserved: closed({ card: id, attempt, allowance: spend }),
  BudgetExceeded: closed({ scope, level: oneOf(['warned', 'stopped']), spent: spend, message: text(LIMITS.text) }),
  CardEnqueued: closed(
    { attempt, after: whole(0), inputs: closed({ cardRevision: whole(0), digest: text(LIMITS.id) }) },
    { feedback: text(LIMITS.feedback), allowance: spend },
  ),
  RetryScheduled: closed({ attempt, retry: whole(1), notBefore: amount }),
  CardDeadLettered: closed({
    attempt: whole(0),
    reason: oneOf([
      'terminal',
      'retries-exhausted',
      'same-error',
      'worker-lost',
      'poison',
      'stopped',
      'rejected',
      'refused',
    ]),
    message: text(LIMITS.text),
  }),
  CardEscalated: closed({
    attempt: whole(0),
    to: text(LIMITS.line),
    outcome: oneOf(['delivered', 'failed', 'not-configured']),
    message: text(LIMITS.text),
  }),
  CardSkipped: closed(reasoned),
  CardRetried: closed(reasoned),
  GateWaived: closed({ attempt, gate: filled(LIMITS.line), ...reasoned }),
  ApprovalRequested: closed({
    attempt,
    gate: filled(LIMITS.line),
    role: filled(LIMITS.line),
    manifestHash: sha256Hex,
  }),
  ApprovalDecided: closed({
    attempt,
    role: filled(LIMITS.line),
    decision: oneOf(['approved', 'refused']),
    ...reasoned,
    manifestHash: sha256Hex,
  }),
  CardStarted: closed({ attempt, delivery: whole(1), worker: text(LIMITS.line) }),
  CardStepped: closed({ attempt, step: oneOf(['executing', 'verifying', 'evaluating']) }, { note: text(LIMITS.text) }),
  ModelCallBegun: closed({ ...call, reserved: spend }),
  ModelCalled: closed(
    {
      ...call,
      outcome: oneOf(['answered', 'recorded', 'failed']),
      usage,
      nanoUsd: whole(0),
      durationMs: amount,
    },
    {
      response: sha256Hex,
      stopReason: filled(LIMITS.line),
      estimated: mark,
      code: filled(LIMITS.line),
      message: text(LIMITS.text),
    },
  ),
  VerdictRecorded: closed({ attempt, verdict }),
  CardCompleted: closed(
    {
      attempt,
      author: filled(LIMITS.line),
      manifest: record(sha256Hex),
      manifestHash: sha256Hex,
      proposals: list(closed({ card }, { closing: mark }), LIMITS.cards),
    },
    { metrics: record({ type: 'number' }), assumptions: list(text(LIMITS.text), LIMITS.items) },
  ),
  CardFailed: closed(
    { attempt, kind: oneOf(['retryable', 'terminal']), code: filled(LIMITS.line), message: text(LIMITS.text) },
    { place: text(LIMITS.line), excerpt: text(LIMITS.text), blames: list(blame, LIMITS.items) },
  ),
  CardReleased: closed({ attempt, reason: filled(LIMITS.line), by: actor }, { notBefore: amount }),
};
