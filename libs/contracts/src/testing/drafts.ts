import type { DraftEvent } from '../index.js';
import { EVENT_TYPES, SAMPLE_DATA } from './samples.js';

/** One draft of every event type. */
export const DRAFTS: readonly DraftEvent[] = EVENT_TYPES.map(
  (type) => ({ type, data: SAMPLE_DATA[type] }) as DraftEvent,
);
