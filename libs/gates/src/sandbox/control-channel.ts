import type { Readable, Writable } from 'node:stream';

/** What the launching scripts say on their way (see scripts.ts). */
export type ControlWord = 'ready' | 'inner' | 'started' | 'missing' | 'exit';

const MAX_LINE = 4_096;

/**
 * Lines from the launching scripts. Each word comes at most once; whoever waits for one hears its rest, or undefined when the channel
 * closed before it came.
 */
export class ControlChannel {
  readonly #said = new Map<string, string>();
  readonly #waiting = new Set<() => void>();
  readonly #answers: Writable;
  #text = '';
  #isClosed = false;

  constructor(words: Readable, answers: Writable) {
    this.#answers = answers;
    words.setEncoding('utf8');
    words.on('data', (text: string) => this.#heard(text));
    words.on('error', () => this.close());
    words.on('end', () => this.close());
    answers.on('error', () => undefined);
  }

  heard(word: ControlWord): string | undefined {
    return this.#said.get(word);
  }

  when(word: ControlWord): Promise<string | undefined> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.#said.has(word) && !this.#isClosed) return;
        this.#waiting.delete(look);
        resolve(this.#said.get(word));
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The one line that the scripts wait for. */
  go(): void {
    this.#answers.write('go\n');
  }

  /** Lets go of what the scripts still hold. */
  release(): void {
    this.#answers.end();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  #heard(text: string): void {
    const lines = (this.#text + text).slice(0, MAX_LINE).split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const word = line.split(' ', 1)[0] ?? '';
      if (!this.#said.has(word)) this.#said.set(word, line.slice(word.length + 1));
    }
    this.#wake();
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }
}
