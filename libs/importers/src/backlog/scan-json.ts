import type { Fault } from './source-text.js';
import { quoted } from './problem.js';

/** Levels of nesting that are read; a backlog needs a handful. */
export const MAX_DEPTH = 60;

/** What `JSON.parse` can't tell: where the cards begin, keys that stand twice, numbers that lose digits. */
export interface Survey {
  /** Offset of each element of the list of cards. */
  readonly cards: readonly number[];
  readonly repeatedKeys: readonly { readonly key: string; readonly offset: number }[];
  readonly lossyNumbers: readonly { readonly text: string; readonly offset: number }[];
}

interface Frame {
  readonly open: '{' | '[';
  readonly offset: number;
  /** Whether it is the list of cards. */
  readonly isCards: boolean;
  readonly keys: Set<string>;
  key: string;
}

class ScanFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

const PYTHON_WORDS: Readonly<Record<string, string>> = {
  NaN: 'null',
  Infinity: 'null',
  None: 'null',
  undefined: 'null',
  True: 'true',
  False: 'false',
};

/**
 * One strict pass over JSON text. Finds the first fault with its place and a remedy, which `JSON.parse` of Node 20 doesn't, and surveys the
 * rest. Iterative; builds no values (that stays with `JSON.parse`). `place`: the keys that lead to the list of cards.
 */
export const scanJson = (
  text: string,
  place: readonly string[] = ['cards'],
): { kind: 'sound'; survey: Survey } | { kind: 'fault'; fault: Fault } => {
  try {
    return { kind: 'sound', survey: new Scanner(text, place).run() };
  } catch (error) {
    if (error instanceof ScanFault) return { kind: 'fault', fault: error.fault };
    throw error;
  }
};

class Scanner {
  private at = 0;
  private readonly frames: Frame[] = [];
  /** The frame whose opening bracket was read just now. */
  private lastOpened: Frame | undefined;
  private readonly survey = {
    cards: [] as number[],
    repeatedKeys: [] as { key: string; offset: number }[],
    lossyNumbers: [] as { text: string; offset: number }[],
  };

  constructor(
    private readonly text: string,
    private readonly place: readonly string[],
  ) {}

  run(): Survey {
    this.skipSpace();
    this.value();
    while (this.frames.length > 0) this.inside(this.frames.at(-1) as Frame);
    this.skipSpace();
    if (this.at < this.text.length) this.afterEnd();
    return this.survey;
  }

  /** Stands behind a value or an opening bracket of the frame; reads up to the end of the next value or the closing bracket. */
  private inside(frame: Frame): void {
    const closing = frame.open === '{' ? '}' : ']';
    const isFirst = this.lastOpened === frame;
    this.lastOpened = undefined;
    this.skipSpace();
    if (this.text[this.at] === closing) return this.close();
    if (!isFirst) this.comma(closing);
    if (frame.open === '{') this.key(frame);
    else if (frame.isCards) this.survey.cards.push(this.at);
    this.value();
  }
  private close(): void {
    this.at++;
    this.frames.pop();
  }

  private comma(closing: string): void {
    if (this.text[this.at] !== ',')
      this.fail(`expected a comma or ${closing} here`, 'Put the missing comma or bracket');
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === closing)
      this.fail(`a comma stands before ${closing}`, 'Remove the comma after the last element');
  }

  private key(frame: Frame): void {
    const offset = this.at;
    if (this.text[this.at] !== '"') this.fail('expected a key in double quotes here', 'Put the key in double quotes');
    this.string();
    const key = JSON.parse(this.text.slice(offset, this.at)) as string;
    if (frame.keys.has(key)) this.survey.repeatedKeys.push({ key, offset });
    frame.keys.add(key);
    frame.key = key;
    this.skipSpace();
    if (this.text[this.at] !== ':') this.fail(`expected a colon after the key ${quoted(key)}`, 'Put a colon');
    this.at++;
    this.skipSpace();
  }

  private value(): void {
    const char = this.text[this.at];
    if (char === '{' || char === '[') this.open(char);
    else if (char === '"') this.string();
    else if (char !== undefined && /[-0-9]/.test(char)) this.number();
    else this.word();
  }

  private open(open: '{' | '['): void {
    if (this.frames.length >= MAX_DEPTH)
      this.fail(`values nest deeper than ${MAX_DEPTH} levels`, 'Flatten the nested value', 'too-deep');
    const isCards =
      open === '[' &&
      this.frames.length === this.place.length &&
      this.frames.every((frame, depth) => frame.open === '{' && frame.key === this.place[depth]);
    const frame: Frame = { open, offset: this.at, isCards, keys: new Set(), key: '' };
    this.frames.push(frame);
    this.lastOpened = frame;
    this.at++;
  }

  private string(): void {
    const start = this.at++;
    for (let char = this.text[this.at]; char !== '"'; char = this.text[this.at]) {
      if (char === undefined)
        this.failAt(start, 'a text that begins here has no closing quote', 'Put the closing quote');
      if (char < ' ') this.fail('a line break or control character stands inside a text', 'Write it as \\n or \\u0000');
      this.at += char === '\\' ? this.escape() : 1;
    }
    this.at++;
  }

  private escape(): number {
    const found = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 6));
    if (!found) this.fail('a backslash is followed by no escape that JSON knows', 'Write the backslash twice');
    return found[0].length;
  }

  private number(): void {
    const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = this.at;
    const [digits] = pattern.exec(this.text) ?? [];
    if (digits === undefined || /[0-9.]/.test(this.text[this.at + digits.length] ?? ''))
      this.fail('a number is not written as JSON has it', 'Write it without leading zeros, plus sign or stray points');
    if (/^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)))
      this.survey.lossyNumbers.push({ text: digits, offset: this.at });
    this.at += digits.length;
  }

  private word(): void {
    const pattern = /[A-Za-z]+/y;
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.text)?.[0] ?? '';
    if (word !== 'true' && word !== 'false' && word !== 'null') this.noValue(word);
    this.at += word.length;
  }

  private noValue(word: string): never {
    const replacement = Object.hasOwn(PYTHON_WORDS, word) ? PYTHON_WORDS[word] : undefined;
    if (replacement !== undefined) this.fail(`${word} is not JSON`, `Write ${replacement}`);
    const char = this.text[this.at];
    if (char === undefined) this.endsEarly();
    if (char === "'") this.fail('a text stands in single quotes', 'Use double quotes');
    if (char === '/') this.fail('a comment stands here, which JSON does not have', 'Remove the comment');
    return this.fail('expected a value here', 'Put a value or remove what stands here');
  }

  private endsEarly(): never {
    const open = this.frames.at(-1);
    if (!open) return this.fail('the file holds no value', 'Restore the file');
    return this.failAt(
      open.offset,
      `the file ends before the ${open.open} that opens here is closed`,
      'Restore the rest of it',
    );
  }

  private afterEnd(): never {
    const next = this.text[this.at] ?? '';
    if (/[[{"\-0-9tfn]/.test(next))
      return this.fail('a second JSON document begins here', 'Keep one document per file', 'two-documents');
    return this.fail('something follows the end of the document', 'Remove it');
  }

  private skipSpace(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private fail(message: string, remedy: string, code: Fault['code'] = 'not-json'): never {
    if (
      this.at >= this.text.length &&
      this.frames.length > 0 &&
      code === 'not-json' &&
      !message.startsWith('the file ends')
    )
      this.endsEarly();
    throw new ScanFault({ code, offset: this.at, message, remedy });
  }

  private failAt(offset: number, message: string, remedy: string): never {
    throw new ScanFault({ code: 'not-json', offset, message, remedy });
  }
}
