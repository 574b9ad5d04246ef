import type { SquadEvent } from '@squados/contracts';

/** How an attempt ended, in one line: the event, and what of it decides what follows. */
export const wordsOf = (end: SquadEvent): string => {
  if (end.type === 'CardFailed') return `${end.type} ${end.data.kind} ${end.data.code}`;
  return end.type === 'CardReleased' ? `${end.type} ${end.data.reason}` : end.type;
};
