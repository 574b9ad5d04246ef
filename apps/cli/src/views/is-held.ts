import type { CardRecord } from '@squados/board';
import type { CardState } from '@squados/contracts';

/** Complete, but a required gate is neither passed nor waived: a person must decide. The board still calls it EVALUATING. */
export const isHeld = (state: CardState | undefined, record: CardRecord | undefined): boolean =>
  state === 'AWAITING_APPROVAL' || (state === 'EVALUATING' && record?.attempts.at(-1)?.end?.kind === 'completed');
