import type { EventData, Proposal } from '@squados/contracts';
import type { BoardState } from '../state/board-state.js';
import { FLAG, PHASE } from '../state/card-table.js';
import { starve } from './budget-events.js';
import { closeAttempt, finish, forgetAttempt, setTimer, toPhase } from './card-steps.js';
import { failurePrint } from './failure-print.js';
import { refresh } from './refresh.js';

/** What the column holds. */
const MOST = 0xffff;

export const cardStarted = (state: BoardState, card: number, data: EventData['CardStarted']): void => {
  if (!state.isCurrent(card, data.attempt)) return;
  const { cards } = state;
  cards.setDeliveries(card, Math.min(MOST, Math.max(cards.deliveries(card) + 1, data.delivery)));
  const deaths = cards.deliveries(card) - 1; // whoever starts took over from a dead one
  if (deaths >= state.projectOf(card).policy.maxDeliveries) state.lost.add(card);
  if (state.gates.size > 0) state.gates.delete(card);
  toPhase(state, card, PHASE.EXECUTING);
};

/** Somebody put on its lane what nobody can read: whoever holds it is told that it isn't theirs any more. */
export const lockedOut = (state: BoardState, card: number): void => {
  if (state.isCurrent(card, state.cards.attempt(card))) state.lost.add(card);
};

const STEP_PHASE = { executing: PHASE.EXECUTING, verifying: PHASE.VERIFYING, evaluating: PHASE.EVALUATING };

export const cardStepped = (state: BoardState, card: number, data: EventData['CardStepped']): void => {
  if (state.isCurrent(card, data.attempt)) toPhase(state, card, STEP_PHASE[data.step] ?? PHASE.EXECUTING);
};

/** Asking for the size is cheaper than hashing, and mostly there is none. */
const gatesOf = ({ gates }: BoardState, card: number): ReturnType<typeof gates.get> =>
  gates.size > 0 ? gates.get(card) : undefined;

/** Only required gates that did not pass are kept; a later verdict of the same gate replaces the earlier. */
export const verdictRecorded = (state: BoardState, card: number, data: EventData['VerdictRecorded']): void => {
  const { gate, outcome, required } = data.verdict;
  if (!required || !state.isCurrent(card, data.attempt)) return;
  const gates = gatesOf(state, card);
  if (outcome === 'pass') {
    gates?.delete(gate);
    if (gates?.size === 0) state.gates.delete(card);
  } else if (gates) gates.set(gate, outcome);
  else state.gates.set(card, new Map([[gate, outcome]]));
};

export const cardCompleted = (state: BoardState, card: number, data: EventData['CardCompleted']): void => {
  if (!endsAttempt(state, card, data.attempt)) return;
  state.hashes.setManifest(card, data.manifestHash);
  keepProposals(state, card, data.proposals);
  if (!gatesOf(state, card)) return finish(state, card);
  state.held.add(card);
  toPhase(state, card, PHASE.HELD);
};

export const cardFailed = (state: BoardState, card: number, data: EventData['CardFailed']): void => {
  if (!endsAttempt(state, card, data.attempt)) return;
  const print = failurePrint(data, state.hashes.digest(card) ?? '');
  state.failures.set(card, {
    kind: data.kind,
    code: data.code,
    message: data.message,
    ...(data.excerpt === undefined ? {} : { excerpt: data.excerpt }),
    ...(data.blames === undefined || data.blames.length === 0 ? {} : { blames: data.blames }),
    repeated: state.prints.get(card) === print,
  });
  state.prints.set(card, print);
  fail(state, card);
};

/** Handed back: to be enqueued again, at once or later, at no cost in retries. `worker-lost` counts as a failure instead. */
export const cardReleased = (state: BoardState, card: number, data: EventData['CardReleased']): void => {
  if (!endsAttempt(state, card, data.attempt)) return;
  if (data.reason === 'worker-lost') {
    const message = `${state.cards.deliveries(card)} workers started attempt ${data.attempt} and none ended it`;
    state.failures.set(card, { kind: 'worker-lost', code: 'worker-lost', message, repeated: false });
    return fail(state, card);
  }
  if (data.reason === 'budget') starve(state, card);
  forgetAttempt(state, card);
  if (data.notBefore !== undefined) setTimer(state, card, data.notBefore);
  toPhase(state, card, PHASE.TODO);
};

/** True when it ends the attempt that counts. The end of a void one only frees its place; any other is late. */
const endsAttempt = (state: BoardState, card: number, attempt: number): boolean => {
  if (state.cards.attempt(card) !== attempt || !state.has(card, FLAG.OPEN)) return false;
  closeAttempt(state, card);
  if (!state.has(card, FLAG.VOID)) return true;
  refresh(state, card);
  return false;
};

const fail = (state: BoardState, card: number): void => {
  state.gates.delete(card);
  state.failed.add(card);
  toPhase(state, card, PHASE.FAILED);
};

const keepProposals = (state: BoardState, card: number, proposals: readonly Proposal[]): void => {
  if (proposals.length > 0) state.heldProposals.set(card, proposals);
};
