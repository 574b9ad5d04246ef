import type { CardState } from '@squados/contracts';
import type { Palette } from '../terminal/palette.js';

/** Order in which people read states: what is finished, what goes on, what waits, what went wrong. */
export const STATE_ORDER: readonly CardState[] = [
  'DONE',
  'SKIPPED',
  'EXECUTING',
  'VERIFYING',
  'EVALUATING',
  'AWAITING_APPROVAL',
  'ENQUEUED',
  'RETRYING',
  'TODO',
  'STALE',
  'BLOCKED',
  'DEAD_LETTERED',
];

const WORDS: Readonly<Record<CardState, string>> = {
  DONE: 'done',
  SKIPPED: 'skipped',
  EXECUTING: 'executing',
  VERIFYING: 'verifying',
  EVALUATING: 'evaluating',
  AWAITING_APPROVAL: 'awaiting approval',
  ENQUEUED: 'enqueued',
  RETRYING: 'retrying',
  TODO: 'to do',
  STALE: 'stale',
  BLOCKED: 'blocked',
  DEAD_LETTERED: 'dead-lettered',
};

export const stateWord = (state: CardState): string => WORDS[state];

const PAINT: Readonly<Partial<Record<CardState, keyof Palette>>> = {
  DONE: 'green',
  DEAD_LETTERED: 'red',
  BLOCKED: 'red',
  RETRYING: 'yellow',
  AWAITING_APPROVAL: 'yellow',
  STALE: 'yellow',
  SKIPPED: 'yellow',
  TODO: 'dim',
};

export const paintState = (palette: Palette, state: CardState, text: string): string =>
  palette[PAINT[state] ?? 'cyan'](text);

/** `12 done, 3 executing, 40 to do`; states without a card are left out. */
export const countsText = (counts: Readonly<Partial<Record<CardState, number>>>): string =>
  STATE_ORDER.filter((state) => (counts[state] ?? 0) > 0)
    .map((state) => `${counts[state]} ${stateWord(state)}`)
    .join(', ') || 'none';
