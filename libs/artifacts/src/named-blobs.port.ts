/** Bytes under names that somebody chose, for what can be made again: snapshots. A name is letters, digits, `-`, `.` and `_`. */
export interface NamedBlobs {
  names(): Promise<readonly string[]>;
  /** Undefined when there is none, or it came to harm. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** All or nothing: whoever gets it gets all pieces, one after the other. */
  put(name: string, pieces: readonly Uint8Array[]): Promise<void>;
  /** Idempotent. */
  remove(name: string): Promise<void>;
}
