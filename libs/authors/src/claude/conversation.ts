import type { AnswerPart, ModelRequest, Turn, UserPart } from './model-client.port.js';

type Opening = Omit<ModelRequest, 'turns'>;

/**
 * A conversation that only ever grows: what was said stays byte for byte, so that the provider reads it from its cache and takes its
 * own thinking back. The newest user part carries the moving cache mark.
 */
export class Conversation {
  private readonly turns: Turn[] = [];

  constructor(
    private readonly opening: Opening,
    /** Takes secrets out of everything that is said to the model. */
    private readonly scrub: (text: string) => string,
  ) {}

  user(...parts: readonly UserPart[]): this {
    this.turns.push({
      role: 'user',
      parts: parts.map((part) => ({ ...part, text: wellFormed(this.scrub(part.text)) })),
    });
    return this;
  }

  /** Thinking that nothing follows (the call after it was cut off) is not taken back by the provider. */
  assistant(parts: readonly AnswerPart[]): this {
    const said = parts.slice(0, parts.findLastIndex((part) => part.type !== 'thinking') + 1);
    if (said.length > 0) this.turns.push({ role: 'assistant', parts: said });
    return this;
  }

  /** Without a cache mark: for a question that nothing will follow. Writing the cache costs more than reading plainly. */
  once(): ModelRequest {
    return { ...this.opening, turns: [...this.turns] };
  }

  /** `maxTokens`: how long the answer may become, where that is more than at first. */
  request(maxTokens = this.opening.maxTokens): ModelRequest {
    const last = this.turns.at(-1);
    return { ...this.opening, maxTokens, turns: last ? [...this.turns.slice(0, -1), marked(last)] : [] };
  }
}

/** Half a character, as a cut leaves it behind: a service that reads UTF-8 refuses the whole request. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');

const marked = (turn: Turn): Turn => {
  const part = turn.role === 'user' ? turn.parts.at(-1) : undefined;
  if (turn.role !== 'user' || !part || part.cache) return turn;
  return { role: 'user', parts: [...turn.parts.slice(0, -1), { ...part, cache: '5m' }] };
};
