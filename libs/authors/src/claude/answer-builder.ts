import type Anthropic from '@anthropic-ai/sdk';
import type { TokenUsage } from '@squados/contracts';
import type { AnswerPart, ModelReply, StopReason } from './model-client.port.js';

const STOPS: Readonly<Record<Anthropic.StopReason, StopReason>> = {
  end_turn: 'done',
  stop_sequence: 'done',
  tool_use: 'calls',
  max_tokens: 'cut',
  refusal: 'refused',
  pause_turn: 'paused',
  model_context_window_exceeded: 'context-full',
};

interface Counted {
  readonly input_tokens: number | null;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number | null;
  readonly cache_creation_input_tokens: number | null;
  readonly cache_creation?: Anthropic.CacheCreation | null;
}

/** Tokens by kind; where the provider doesn't tell which cache was written, the dearer one is assumed. */
export const usageOf = (usage: Counted): TokenUsage => {
  const written = usage.cache_creation_input_tokens ?? 0;
  const short = usage.cache_creation?.ephemeral_5m_input_tokens ?? 0;
  return {
    input: usage.input_tokens ?? 0,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite5m: short,
    cacheWrite1h: Math.max(0, written - short),
  };
};

const atLeast = (told: TokenUsage, before: TokenUsage): TokenUsage => ({
  input: Math.max(told.input, before.input),
  output: told.output,
  cacheRead: Math.max(told.cacheRead, before.cacheRead),
  cacheWrite5m: before.cacheWrite5m,
  cacheWrite1h: Math.max(before.cacheWrite1h, told.cacheWrite5m + told.cacheWrite1h - before.cacheWrite5m),
});

interface OpenBlock {
  readonly start: Anthropic.ContentBlock;
  text: string;
  signature: string;
}

/** Puts an answer together from the events of its stream. */
export class AnswerBuilder {
  private readonly blocks: OpenBlock[] = [];
  private usage: TokenUsage | undefined;
  private stop: { readonly reason: StopReason; readonly refusal?: string } | undefined;
  private ended = false;

  get hasBegun(): boolean {
    return this.usage !== undefined;
  }

  /** As told so far; undefined before the answer has begun. */
  get used(): TokenUsage | undefined {
    return this.usage;
  }

  get isWhole(): boolean {
    return this.ended && this.stop !== undefined;
  }

  take(event: Anthropic.RawMessageStreamEvent): void {
    switch (event.type) {
      case 'message_start':
        this.usage = usageOf(event.message.usage);
        return;
      case 'content_block_start':
        this.blocks[event.index] = { start: event.content_block as Anthropic.ContentBlock, text: '', signature: '' };
        return;
      case 'content_block_delta':
        return this.grow(event);
      case 'message_delta':
        return this.finish(event);
      case 'message_stop':
        this.ended = true;
        return;
      case 'content_block_stop':
        return;
    }
  }

  /** @throws Error for a stream that has not begun. */
  reply(): ModelReply {
    if (!this.usage || !this.stop) throw new Error('the answer is not whole');
    const { reason, refusal } = this.stop;
    const parts = this.blocks.flatMap((block, at) => partOf(block, reason === 'cut' && at === this.blocks.length - 1));
    return { parts, stop: reason, ...(refusal !== undefined && { refusal }), usage: this.usage };
  }

  private grow({ index, delta }: Anthropic.RawContentBlockDeltaEvent): void {
    const block = this.blocks[index];
    if (!block) return;
    if (delta.type === 'text_delta') block.text += delta.text;
    else if (delta.type === 'input_json_delta') block.text += delta.partial_json;
    else if (delta.type === 'thinking_delta') block.text += delta.thinking;
    else if (delta.type === 'signature_delta') block.signature += delta.signature;
  }

  /** The last word on usage counts all of it; what it leaves out stands as it was at the beginning. */
  private finish({ delta, usage }: Anthropic.RawMessageDeltaEvent): void {
    if (this.usage) this.usage = atLeast(usageOf(usage), this.usage);
    const details = delta.stop_details;
    const refusal = details
      ? [details.category, details.explanation].filter((word) => word !== null).join(': ')
      : undefined;
    this.stop = {
      reason: STOPS[delta.stop_reason ?? 'end_turn'] ?? 'done',
      ...(refusal !== undefined && { refusal }),
    };
  }
}

/** A tool call that was cut off is no call: nobody knows what it was to be. A text of blanks is not taken back by the service. */
const partOf = ({ start, text, signature }: OpenBlock, isCut: boolean): AnswerPart[] => {
  if (start.type === 'text') return text.trim() === '' ? [] : [{ type: 'text', text }];
  if (start.type === 'thinking') return [{ type: 'thinking', raw: { type: 'thinking', thinking: text, signature } }];
  if (start.type === 'redacted_thinking')
    return [{ type: 'thinking', raw: { type: 'redacted_thinking', data: start.data } }];
  if (start.type !== 'tool_use' || isCut) return [];
  return [{ type: 'call', id: start.id, name: start.name, input: inputOf(text) }];
};

const inputOf = (json: string): unknown => {
  try {
    return JSON.parse(json === '' ? '{}' : json) as unknown;
  } catch {
    return undefined;
  }
};
