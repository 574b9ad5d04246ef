import type { FeedRow } from '@squados/portal-gateway/wire';
import type { Facts, Words } from './words.types.js';

/** What happened, in the reader's language; an event that the page has no words for is told by its name. */
export const feedWords = (row: FeedRow, words: Words): string => {
  const told: Readonly<Partial<Record<string, (facts: Facts) => string>>> = words.told;
  return told[row.type]?.(row.facts) ?? row.type;
};

/** Events that a person who reads along wants to see; the rest is detail. */
const DETAILS: ReadonlySet<string> = new Set([
  'CardEnqueued',
  'CardStepped',
  'VerdictRecorded',
  'RetryScheduled',
  'ModelCallBegun',
  'ModelCalled',
  'BudgetReserved',
]);
export const isDetail = (row: FeedRow): boolean =>
  DETAILS.has(row.type) && !(row.type === 'VerdictRecorded' && row.facts['outcome'] === 'fail');
