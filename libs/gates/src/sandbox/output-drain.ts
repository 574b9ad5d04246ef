import type { Readable } from 'node:stream';

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
