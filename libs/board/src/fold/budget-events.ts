import { tokensOf, type EventData } from '@squados/contracts';
import type { BoardState } from '../state/board-state.js';
import { BudgetLedger, scopeKey } from '../state/budget-ledger.js';
import type { ProjectState } from '../state/project-state.js';

const ledgerOf = (project: ProjectState): BudgetLedger => (project.budget ??= new BudgetLedger());

export const budgetSet = (project: ProjectState, data: EventData['BudgetSet']): void =>
  ledgerOf(project).setLimit(data);

export const budgetReserved = (state: BoardState, project: ProjectState, data: EventData['BudgetReserved']): void => {
  const card = state.find(project, data.card);
  if (card >= 0 && data.attempt === state.cards.attempt(card) + 1) ledgerOf(project).reserve(card, data.allowance);
};

export const budgetExceeded = (project: ProjectState, data: EventData['BudgetExceeded']): void => {
  const ledger = ledgerOf(project);
  if (data.level === 'warned') ledger.warned.add(scopeKey(data.scope));
  else ledger.isUsedUp = true;
};

/** Money is spent whether or not the attempt still counts. */
export const modelCallBegun = (state: BoardState, card: number, data: EventData['ModelCallBegun']): void =>
  ledgerOf(state.projectOf(card)).begin(card, data.call, data.reserved);

export const modelCalled = (state: BoardState, card: number, data: EventData['ModelCalled']): void => {
  const tokens = data.outcome === 'recorded' ? 0 : tokensOf(data.usage);
  ledgerOf(state.projectOf(card)).end(card, data.call, { nanoUsd: data.nanoUsd, tokens });
};

/** Calls of the attempt that nobody has told the end of are charged in full. */
export const endAllowance = (state: BoardState, card: number): void => state.projectOf(card).budget?.release(card);

/** Its allowance did not hold the next call. */
export const starve = (state: BoardState, card: number): void => void state.projectOf(card).budget?.starved.add(card);
