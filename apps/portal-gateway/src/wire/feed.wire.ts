import type { EventType } from '@squados/contracts';

/** One event as a line of the feed. The words are the page's, in its reader's language; these are the facts in them. */
export interface FeedRow {
  /** `<position>.<index>`: unique in the log, in its order. */
  readonly key: string;
  /** RFC 3339; empty for an event that this version can't read. */
  readonly time: string;
  readonly type: EventType | 'Unknown';
  readonly card?: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface FeedMessage {
  readonly rows: readonly FeedRow[];
}

/** The client's token is another log's: what it shows is not this project. */
export interface ResetMessage {
  readonly logId: string;
}
