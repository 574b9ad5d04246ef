import { LIMITS } from '../limits.js';
import { Must, Optional } from './decorators.js';
import { filled, oneOf } from './rules.js';

/** What a limit holds for; a project's needs no name. */
export class BudgetScopeDto {
  @Must(oneOf(['project', 'epic', 'agent', 'card'])) readonly kind!: string;
  @Optional() @Must(filled(LIMITS.id)) readonly name?: string;
}
