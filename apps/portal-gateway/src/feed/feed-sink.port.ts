/** One message to a client, in the words of no transport. */
export interface FeedOut {
  readonly event: 'board' | 'patch' | 'log' | 'reset';
  /** JSON. */
  readonly data: string;
  /** Where the client resumes once it has this message: `<logId>:<position>`. */
  readonly id?: string;
}

/** A client's end of the feed. */
export interface FeedSink {
  /** Resolves true once there is room for more; false when the client is gone, or was dropped because it took too long. */
  send(message: FeedOut): Promise<boolean>;
}
