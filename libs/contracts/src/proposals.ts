import type { CardSpec } from './card.js';
import type { CardId } from './ids.js';

/** A card that an attempt would like to see added; the orchestrator decides. */
export interface Proposal {
  readonly card: CardSpec;
  /**
   * Judged last: only once every card of the project is done or skipped and nothing else is undecided. The card that is then added
   * depends on what it names and on every card that nobody depended on until then; the project can't complete before.
   */
  readonly closing?: true;
}

/** A card whose work made another card fail, and what it has to correct. */
export interface Blame {
  readonly card: CardId;
  /** For its author; at most 8,000 characters. */
  readonly feedback: string;
}

/** Whose proposals were answered: those to be judged at once, or the closing ones. */
export interface ProposalOrigin {
  readonly kind: 'proposal';
  readonly card: CardId;
  readonly attempt: number;
  readonly closing?: true;
}
