import type { BudgetScope } from '@squados/contracts';
import type { BoardState } from './board-state.js';

/** Which cards of the board a limit holds for: all of the project, an agent's, one, or an epic with everything that is a part of it. */
export const coversOf = (state: BoardState, scope: BudgetScope): ((card: number) => boolean) => {
  switch (scope.kind) {
    case 'project':
      return () => true;
    case 'agent':
      return (card) => state.agents[state.cards.agent(card)] === scope.name;
    case 'card':
      return (card) => state.id(card) === scope.name;
    case 'epic':
      return (card) => state.parents.isWithin(card, state.find(state.projectOf(card), scope.name));
  }
};
