import type { AgentName, BudgetScope, CardId, ProjectId, Spend } from '@squados/contracts';
import type { Board } from './board.types.js';
import { stateOf } from './state/board-state.js';
import { plus, NOTHING } from './state/budget-ledger.js';
import { coversOf } from './state/budget-scope.js';

/** The money of a project. */
export interface BudgetView {
  readonly limits: readonly { readonly scope: BudgetScope; readonly nanoUsd?: number; readonly tokens?: number }[];
  /** Paid, and what calls under way may cost. */
  readonly spent: Spend;
  /** Spent, and set aside for attempts that run. */
  readonly committed: Spend;
  readonly byCard: ReadonlyMap<CardId, Spend>;
  readonly byAgent: ReadonlyMap<AgentName, Spend>;
  /** It stopped the project, and the limit was not changed since. */
  readonly isUsedUp: boolean;
}

/** One limit, and what has been spent of it. */
export type LimitView = BudgetView['limits'][number] & { readonly spent: Spend };

/** In the order in which they were set first. */
export const limits = (board: Board, id: ProjectId): readonly LimitView[] => {
  const state = stateOf(board);
  const ledger = state.project(id)?.budget;
  const views = budget(board, id)?.limits ?? [];
  return ledger ? views.map((limit) => ({ ...limit, spent: ledger.spent(coversOf(state, limit.scope)) })) : [];
};

/** Undefined for a project without calls to a model and without a budget. */
export const budget = (board: Board, id: ProjectId): BudgetView | undefined => {
  const state = stateOf(board);
  const ledger = state.project(id)?.budget;
  if (!ledger) return undefined;
  const byCard = new Map<CardId, Spend>();
  const byAgent = new Map<AgentName, Spend>();
  for (const card of ledger.cards.keys()) {
    const spent = ledger.spent((other) => other === card);
    const agent = state.agents[state.cards.agent(card)] as AgentName;
    byCard.set(state.id(card), spent);
    byAgent.set(agent, plus(byAgent.get(agent) ?? NOTHING, spent));
  }
  const limits = [...ledger.limits.values()].map(({ scope, nanoUsd, tokens }) => ({
    scope,
    ...(nanoUsd === undefined ? {} : { nanoUsd }),
    ...(tokens === undefined ? {} : { tokens }),
  }));
  const all = (): boolean => true;
  return {
    limits,
    spent: ledger.spent(all),
    committed: ledger.committed(all),
    byCard,
    byAgent,
    isUsedUp: ledger.isUsedUp,
  };
};
