import { randomUUID } from 'node:crypto';
import type { Intended } from '../gateway-source.port.js';
import type { IntakePreview } from '../wire/index.js';

const MOST = 4;

/** Documents that were shown and wait for a word; the oldest go first, so that nobody fills the memory with uploads. */
export class PreviewShelf {
  readonly #intended = new Map<string, Intended>();

  keep(intended: Intended): IntakePreview {
    const [oldest] = this.#intended.keys();
    if (this.#intended.size >= MOST && oldest !== undefined) this.#intended.delete(oldest);
    const id = randomUUID();
    this.#intended.set(id, intended);
    return { id, ...intended.preview };
  }

  /** Once: who confirms twice begins once. */
  take(id: string): Intended | undefined {
    const intended = this.#intended.get(id);
    this.#intended.delete(id);
    return intended;
  }
}
