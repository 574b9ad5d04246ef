import type { Json, WireRequest } from './wire.js';

/** What the model says next: a piece of an answer. */
export type ReplyBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking' }
  | { readonly type: 'tool_use'; readonly name: string; readonly input: Json };

export interface MessageReply {
  readonly kind: 'message';
  readonly content: readonly ReplyBlock[];
  /** Default: `tool_use` when a tool is called, else `end_turn`; `max_tokens` when the answer doesn't fit. */
  readonly stopReason?: 'end_turn' | 'refusal' | 'pause_turn' | 'model_context_window_exceeded';
  /** With a refusal. */
  readonly refusal?: { readonly category: string | null; readonly explanation: string | null };
  /** Tokens that the service adds to the prompt without being asked, and bills. */
  readonly hiddenTokens?: number;
  /** Milliseconds before each event of the stream. */
  readonly paceMs?: number;
  /** The connection breaks after so many events of the stream. */
  readonly dropAfter?: number;
  /** An `error` event takes the place of the rest after so many events. */
  readonly failAfter?: { readonly events: number; readonly type: string; readonly message: string };
}

export interface ErrorReply {
  readonly kind: 'error';
  readonly status: 400 | 401 | 402 | 403 | 404 | 413 | 429 | 500 | 504 | 529;
  readonly message?: string;
  /** Seconds, as in the header. */
  readonly retryAfter?: number;
}

/** No answer at all: the connection closes. */
export interface HangUp {
  readonly kind: 'hang-up';
}

export type StubReply = MessageReply | ErrorReply | HangUp;

/** Decides what is answered; `index` counts the requests that were let in, from 0. */
export type StubScript = (request: WireRequest, index: number) => StubReply | Promise<StubReply>;

export const says = (text: string, extra: Partial<MessageReply> = {}): MessageReply => ({
  kind: 'message',
  content: [{ type: 'text', text }],
  ...extra,
});

export const calls = (name: string, input: Json): MessageReply => ({
  kind: 'message',
  content: [{ type: 'thinking' }, { type: 'tool_use', name, input }],
});

export const fails = (status: ErrorReply['status'], extra: Partial<ErrorReply> = {}): ErrorReply => ({
  kind: 'error',
  status,
  ...extra,
});

/** One reply after the other; a request too many is a 500 that says so. */
export const inOrder =
  (...replies: readonly StubReply[]): StubScript =>
  (_request, index) =>
    replies[index] ??
    fails(500, { message: `the script holds ${replies.length} replies, this is request ${index + 1}` });
