/** What passed, and the attempt whose run saw it. */
export interface Kept<T> {
  readonly value: T;
  /** `BE-005, attempt 1`. */
  readonly by: string;
}

const MAX_KEPT = 20_000;

/**
 * What was seen to pass, by a digest of all that decides how it comes out. For as long as this process lives:
 *
 * 1. Only what passed is kept; what failed is run again.
 * 2. A verdict that leans on it names the attempt whose run it was.
 * 3. Profile full, and the card that stands for the whole product (`standsForProduct`), ask nothing of it: they run everything.
 */
export class KeptVerdicts<T> {
  readonly #kept = new Map<string, Kept<T>>();

  of(digest: string): Kept<T> | undefined {
    return this.#kept.get(digest);
  }

  /** The first run that saw it stays the one that is named. */
  keep(digest: string, kept: Kept<T>): void {
    if (this.#kept.has(digest)) return;
    this.#kept.set(digest, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
