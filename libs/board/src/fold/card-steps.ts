import type { CardId, Proposal } from '@squados/contracts';
import type { BoardState } from '../state/board-state.js';
import { FLAG, PHASE } from '../state/card-table.js';
import type { ProjectState, Undecided } from '../state/project-state.js';
import { endAllowance } from './budget-events.js';
import { judgeStale, refresh } from './refresh.js';

/** Everything that ties a card to its last attempt and the decisions about it, dropped: before it starts over or is left aside. */
export const forgetAttempt = (state: BoardState, card: number): void => {
  if (!state.has(card, FLAG.OPEN)) endAllowance(state, card);
  clearTimer(state, card);
  drop(state.failed, card);
  drop(state.held, card);
  drop(state.lost, card);
  drop(state.deadLetters, card);
  drop(state.gates, card);
  drop(state.heldProposals, card);
  drop(state.approvals, card);
};

/** Most of these are empty most of the time, and asking for the size is cheaper than hashing. */
const drop = (from: { readonly size: number; delete(card: number): boolean }, card: number): void => {
  if (from.size > 0) from.delete(card);
};

/** The current attempt no longer counts; if it is open, the orchestrator has to end it. */
export const voidAttempt = (state: BoardState, card: number): void => {
  state.raise(card, FLAG.VOID);
  if (state.has(card, FLAG.OPEN)) state.voided.add(card);
};

/** Its attempt has ended, however. */
export const closeAttempt = (state: BoardState, card: number): void => {
  endAllowance(state, card);
  state.lower(card, FLAG.OPEN);
  state.open[state.cards.agent(card)]?.delete(card);
  state.projectOf(card).open--;
  drop(state.voided, card);
  drop(state.lost, card);
};

export const toPhase = (state: BoardState, card: number, phase: number): void => {
  state.cards.setPhase(card, phase);
  refresh(state, card);
};

/** Back to TODO with a clean slate; retries are counted anew, attempts go on. */
export const startOver = (state: BoardState, card: number): void => {
  forgetAttempt(state, card);
  voidAttempt(state, card);
  state.prints.delete(card);
  state.cards.setRetries(card, 0);
  toPhase(state, card, PHASE.TODO);
};

/** Its last attempt completed and every required gate has passed or been waived: done, unless people have to approve it. */
export const finish = (state: BoardState, card: number): void => {
  const need = state.approvalNeeds.size === 0 ? undefined : state.approvalNeeds.get(card);
  if (need === undefined) return conclude(state, card);
  state.held.delete(card);
  state.approvals.set(card, { gate: need.gate, missing: need.roles, asked: [] });
  toPhase(state, card, PHASE.AWAITING);
};

/** Nothing stands between it and being done. */
export const conclude = (state: BoardState, card: number): void => {
  const proposals = state.heldProposals.get(card);
  if (proposals) awaitAnswer(state, card, proposals);
  forgetAttempt(state, card);
  drop(state.failures, card);
  drop(state.prints, card);
  if (state.has(card, FLAG.SUSPECT)) judgeStale(state, card);
  toPhase(state, card, PHASE.DONE);
};

/** Its proposals now wait for an answer: at once, or the closing ones when nothing else is left to do. */
const awaitAnswer = (state: BoardState, card: number, all: readonly Proposal[]): void => {
  const { undecided, closing } = state.projectOf(card);
  const of = { card: state.id(card), attempt: state.cards.attempt(card) };
  const last = all.filter((proposal) => proposal.closing === true);
  const proposals = last.length === 0 ? all : all.filter((proposal) => proposal.closing !== true);
  if (proposals.length > 0) undecided.push({ ...of, proposals });
  if (last.length > 0) closing.push({ ...of, proposals: last });
};

/** A card that starts over proposes anew. */
export const dropProposals = (project: ProjectState, card: CardId): void => {
  const isOther = (waiting: Undecided): boolean => waiting.card !== card;
  if (project.undecided.length > 0) project.undecided = project.undecided.filter(isOther);
  if (project.closing.length > 0) project.closing = project.closing.filter(isOther);
};

export const setTimer = (state: BoardState, card: number, notBefore: number): void => {
  const project = state.projectOf(card);
  project.timers.set(card, notBefore);
  project.timerHeap.push(notBefore, card);
  state.raise(card, FLAG.TIMED);
};

export const clearTimer = (state: BoardState, card: number): void => {
  if (!state.has(card, FLAG.TIMED)) return;
  const { timers, timerHeap } = state.projectOf(card);
  state.lower(card, FLAG.TIMED);
  timers.delete(card);
  const isLive = (notBefore: number, of: number): boolean => timers.get(of) === notBefore;
  if (timerHeap.size > 2 * timers.size + 64) timerHeap.compact(isLive, ignore);
  else timerHeap.prune(isLive, ignore);
};
const ignore = (): void => undefined;
