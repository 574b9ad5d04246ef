import type { EventData } from '@squados/contracts';
import type { BoardState } from '../state/board-state.js';
import { FLAG, PHASE } from '../state/card-table.js';
import {
  dropProposals,
  finish,
  forgetAttempt,
  setTimer,
  clearTimer,
  startOver,
  toPhase,
  voidAttempt,
} from './card-steps.js';
import { refresh } from './refresh.js';
import { hasWaitingProposals } from '../state/project-state.js';

/**
 * Opens an attempt. One that comes too late (a rollback, pause or skip overtook it on another lane, so that the card isn't
 * waiting or its dependencies aren't met any more) opens void: it changes no state and the orchestrator ends it.
 */
export const cardEnqueued = (state: BoardState, card: number, { attempt, inputs }: EventData['CardEnqueued']): void => {
  const { cards } = state;
  if (state.has(card, FLAG.OPEN) || attempt <= cards.attempt(card)) return;
  const counts = isWaiting(state, card);
  if (counts) state.hashes.setDigest(card, inputs.digest);
  cards.setAttempt(card, attempt);
  cards.setDeliveries(card, 0);
  open(state, card);
  if (counts) begin(state, card, inputs.cardRevision);
  else voidAttempt(state, card);
  refresh(state, card);
};

export const retryScheduled = (state: BoardState, card: number, data: EventData['RetryScheduled']): void => {
  if (!awaitsDecision(state, card, data.attempt) || state.cards.phase(card) !== PHASE.FAILED) return;
  state.failed.delete(card);
  state.cards.setRetries(card, Math.min(0xffff, data.retry));
  setTimer(state, card, data.notBefore);
  toPhase(state, card, PHASE.RETRYING);
};

export const cardDeadLettered = (state: BoardState, card: number, data: EventData['CardDeadLettered']): void => {
  if (!awaitsDecision(state, card, data.attempt) || !mayDie(state, card, data.reason)) return;
  forgetAttempt(state, card);
  if (state.has(card, FLAG.OPEN)) voidAttempt(state, card);
  state.deadLetters.set(card, { attempt: data.attempt, reason: data.reason, message: data.message });
  toPhase(state, card, PHASE.DEAD_LETTERED);
};

export const cardEscalated = (state: BoardState, card: number, data: EventData['CardEscalated']): void => {
  if (state.deadLetters.get(card)?.attempt === data.attempt) state.deadLetters.delete(card);
};

/** What is done can only become a dead letter because others rejected it. */
const mayDie = (state: BoardState, card: number, reason: EventData['CardDeadLettered']['reason']): boolean =>
  !state.has(card, FLAG.MET) || (reason === 'rejected' && state.cards.phase(card) === PHASE.DONE);

/** A skip that comes after the card was done is late and changes nothing. */
export const cardSkipped = (state: BoardState, card: number): void => {
  if (state.has(card, FLAG.MET)) return;
  forgetAttempt(state, card);
  voidAttempt(state, card);
  state.failures.delete(card);
  state.prints.delete(card);
  toPhase(state, card, PHASE.SKIPPED);
};

/** Starts the card over, retries counted anew; while an attempt is at work there is nothing to retry. */
export const cardRetried = (state: BoardState, card: number): void => {
  if (state.has(card, FLAG.OPEN) && !state.has(card, FLAG.VOID)) return;
  const project = state.projectOf(card);
  if (hasWaitingProposals(project)) dropProposals(project, state.id(card));
  state.corrections.delete(card);
  startOver(state, card);
};

/** Waives a gate that this attempt hasn't passed; the last one open makes a completed card DONE. */
export const gateWaived = (state: BoardState, card: number, data: EventData['GateWaived']): void => {
  const gates = state.gates.get(card);
  if (!awaitsDecision(state, card, data.attempt) || !gates?.delete(data.gate)) return;
  state.raise(card, FLAG.WAIVED);
  if (gates.size > 0) return;
  state.gates.delete(card);
  if (state.cards.phase(card) === PHASE.HELD) finish(state, card);
};

/** Decisions about an attempt count only while it is the last one and hasn't been made void. */
const awaitsDecision = (state: BoardState, card: number, attempt: number): boolean =>
  state.cards.attempt(card) === attempt && !state.has(card, FLAG.VOID);

const isWaiting = (state: BoardState, card: number): boolean => {
  const phase = state.cards.phase(card);
  return (phase === PHASE.TODO || phase === PHASE.RETRYING) && state.cards.unmet(card) === 0;
};

const open = (state: BoardState, card: number): void => {
  const at = state.position;
  const agent = state.cards.agent(card);
  const project = state.projectOf(card);
  state.open[agent]?.set(card, at);
  project.open++;
  project.queue(agent).lastServed = at;
  state.raise(card, FLAG.OPEN);
};

const begin = (state: BoardState, card: number, cardRevision: number): void => {
  const { cards } = state;
  clearTimer(state, card);
  if (state.failures.size > 0) state.failures.delete(card);
  state.lower(card, FLAG.VOID | FLAG.ASSUMED | FLAG.WAIVED | FLAG.STALE | FLAG.SUSPECT);
  const areOdd = state.has(card, FLAG.ODD_INPUTS);
  if (areOdd && buildsOnAssumed(state, card)) state.raise(card, FLAG.ASSUMED);
  if (cards.cardRevision(card) !== cardRevision || (areOdd && inputsMayDiffer(state, card)))
    state.raise(card, FLAG.SUSPECT);
  cards.setPhase(card, PHASE.ENQUEUED);
};

/** A direct dependency was skipped, waived, or built on something that was. */
export const buildsOnAssumed = (state: BoardState, card: number): boolean => {
  const { cards, edges } = state;
  const start = cards.depStart(card);
  const end = start + cards.depCount(card);
  for (let edge = start; edge < end; edge++) {
    const dependency = edges.target(edge);
    if (cards.phase(dependency) === PHASE.SKIPPED || state.has(dependency, FLAG.ASSUMED | FLAG.WAIVED)) return true;
  }
  return false;
};

/** A dependency was made more than once, so the writer of CardEnqueued may not have seen the newest manifest. */
const inputsMayDiffer = (state: BoardState, card: number): boolean => {
  const { cards, edges } = state;
  const start = cards.depStart(card);
  const end = start + cards.depCount(card);
  for (let edge = start; edge < end; edge++) if (cards.attempt(edges.target(edge)) > 1) return true;
  return false;
};
