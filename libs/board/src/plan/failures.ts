import type { DraftEvent, EventData, LaneAppend, RunPolicy } from '@squados/contracts';
import type { PlanOptions } from '../board.types.js';
import { onDecided } from '../state/addresses.js';
import type { BoardState, Failure } from '../state/board-state.js';
import { givenUp, rejectionOf } from './rejections.js';
import type { ProjectState } from '../state/project-state.js';

/**
 * For each failed attempt: another try later, or the dead letter; one that blames others gives up those that were rejected too
 * often (the rest is reopened by a decision on the project). Goes on while the project is paused.
 */
export function* failureDecisions(state: BoardState, options: PlanOptions): Generator<LaneAppend> {
  for (const card of state.failed) {
    const failure = state.failures.get(card);
    if (failure === undefined || state.projectOf(card).undecidable) continue;
    const rejection = rejectionOf(state, card);
    if (rejection) yield* givenUp(state, rejection);
    else yield onDecided(state, card, [decision(state, { card, failure }, options)]);
  }
}

interface Failed {
  readonly card: number;
  readonly failure: Failure;
}

const decision = (state: BoardState, { card, failure }: Failed, options: PlanOptions): DraftEvent => {
  const project = state.projectOf(card);
  const attempt = state.cards.attempt(card);
  const retries = state.cards.retries(card);
  const reason = deadLetterReason(project, failure, retries);
  if (reason !== undefined)
    return { type: 'CardDeadLettered', data: { attempt, reason, message: messageOf(reason, failure, retries) } };
  const notBefore = options.now + retryDelay(project.policy, retries + 1, options.draw());
  return { type: 'RetryScheduled', data: { attempt, retry: retries + 1, notBefore } };
};

type Reason = EventData['CardDeadLettered']['reason'];

const deadLetterReason = (project: ProjectState, failure: Failure, retries: number): Reason | undefined => {
  if (failure.kind !== 'retryable') return failure.kind;
  if (failure.repeated) return 'same-error';
  if (project.stopped) return 'stopped';
  return retries >= project.policy.maxRetries ? 'retries-exhausted' : undefined;
};

/** Milliseconds: full jitter, uniform between 0 and base · 2^(retry − 1), that capped. */
export const retryDelay = (policy: RunPolicy, retry: number, draw: number): number =>
  Math.floor(draw * Math.min(policy.retryCapMs, policy.retryBaseMs * 2 ** (retry - 1)));

const messageOf = (reason: Reason, failure: Failure, retries: number): string => {
  const said = `${failure.code}: ${failure.message}`.slice(0, 4_000);
  if (reason === 'same-error') return `parked: the same error with the same inputs twice. ${said}`;
  if (reason === 'retries-exhausted') return `failed after ${retries} retries. ${said}`;
  if (reason === 'stopped') return `the project was stopped. ${said}`;
  return said;
};
