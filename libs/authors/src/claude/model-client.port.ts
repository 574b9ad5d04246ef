import type { TokenUsage } from '@squados/contracts';

export type Ttl = '5m' | '1h';

/** Everything a model is given before the conversation; its bytes decide what is read from the provider's cache. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input: closed objects, no ranges. */
  readonly input: Readonly<Record<string, unknown>>;
}

export type UserPart =
  | { readonly type: 'text'; readonly text: string; readonly cache?: Ttl }
  | {
      readonly type: 'result';
      readonly id: string;
      readonly text: string;
      readonly isError?: true;
      readonly cache?: Ttl;
    };

/** A model's own thinking, signed by its provider. */
export type Thinking =
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string };

export type AnswerPart =
  | { readonly type: 'text'; readonly text: string }
  /** Goes back as it came. */
  | { readonly type: 'thinking'; readonly raw: Thinking }
  | { readonly type: 'call'; readonly id: string; readonly name: string; readonly input: unknown };

export type Turn =
  | { readonly role: 'user'; readonly parts: readonly UserPart[] }
  | { readonly role: 'assistant'; readonly parts: readonly AnswerPart[] };

/** One request to a model. Plain data: equal requests have equal canonical JSON. */
export interface ModelRequest {
  readonly model: string;
  readonly maxTokens: number;
  readonly system: readonly { readonly text: string; readonly cache?: Ttl }[];
  readonly tools: readonly ToolSpec[];
  readonly turns: readonly Turn[];
  /** JSON Schema that the text of a finished answer has to fit. */
  readonly format?: Readonly<Record<string, unknown>>;
  readonly effort?: 'low' | 'medium' | 'high';
}

export type StopReason = 'done' | 'calls' | 'cut' | 'refused' | 'paused' | 'context-full';

export interface ModelReply {
  readonly parts: readonly AnswerPart[];
  readonly stop: StopReason;
  /** With `refused`: what the provider says about it. */
  readonly refusal?: string;
  readonly usage: TokenUsage;
}

/** Requests and tokens per minute that the provider granted, and what is left of them. */
export interface ProviderLimits {
  readonly requestsLeft?: number;
  readonly inputTokensLeft?: number;
  readonly outputTokensLeft?: number;
  /** Epoch milliseconds when all of it is there again. */
  readonly resetAt?: number;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly onLimits?: (limits: ProviderLimits) => void;
  /** Asked with what has been used whenever the provider tells it on the way; false: the call is given up at once. */
  readonly isWithin?: (usage: TokenUsage) => boolean;
}

/**
 * One call to a model, never repeated by itself. Resolves when the answer is whole; rejects with a ModelCallError.
 */
export interface ModelClient {
  send(request: ModelRequest, options: SendOptions): Promise<ModelReply>;
  /** Asks for nothing that costs: whether the key is let in. @throws ModelCallError */
  check(signal: AbortSignal): Promise<void>;
}

export type CallErrorCode =
  | 'invalid-request'
  | 'not-authorized'
  | 'no-credit'
  | 'not-permitted'
  | 'unknown-model'
  | 'too-large'
  | 'rate-limited'
  | 'overloaded'
  | 'provider-error'
  | 'unreachable'
  | 'cut-off'
  | 'over-limit'
  | 'aborted';

export class ModelCallError extends Error {
  override readonly name = 'ModelCallError';
  constructor(
    readonly code: CallErrorCode,
    message: string,
    readonly facts: {
      readonly retryAfterMs?: number;
      /** The request may have been worked on, and nobody tells how much of it is on the bill. */
      readonly mayBePaid?: boolean;
      /** What it had used by then, where the provider told it. */
      readonly used?: TokenUsage;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: facts.cause });
  }
}
