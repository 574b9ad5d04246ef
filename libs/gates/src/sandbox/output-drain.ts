import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

/** Reads a stream to its end, keeps the first `capacity` bytes and counts the rest. */
export class OutputDrain {
  readonly #chunks: Buffer[] = [];
  readonly #capacity: number;
  #kept = 0;
  #dropped = 0;

  constructor(stream: Readable, capacity: number) {
    this.#capacity = capacity;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', () => undefined);
  }

  /** All that was read so far, kept or not. */
  get readBytes(): number {
    return this.#kept + this.#dropped;
  }

  get droppedBytes(): number {
    return this.#dropped;
  }

  /** Invalid UTF-8 becomes U+FFFD. */
  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  #take(chunk: Buffer): void {
    const part = chunk.subarray(0, this.#capacity - this.#kept);
    if (part.length > 0) this.#chunks.push(Buffer.from(part));
    this.#kept += part.length;
    this.#dropped += chunk.length - part.length;
  }
}

/** Turns of the event loop without a byte after which a pipe whose writers are dead counts as read: each turn polls it once. */
const QUIET_TURNS = 3;

/**
 * Waits until what dead processes left in the pipes has been read. The pipes don't end here: whoever launched them holds them open.
 */
export const allRead = async (drains: readonly OutputDrain[]): Promise<void> => {
  const total = (): number => drains.reduce((sum, drain) => sum + drain.readBytes, 0);
  let quiet = 0;
  for (let before = total(); quiet < QUIET_TURNS; before = total()) {
    await turn();
    quiet = total() === before ? quiet + 1 : 0;
  }
};
