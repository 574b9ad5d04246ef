import { randomBytes } from 'node:crypto';
import { fitsSchema } from './check-schema.js';
import { signatureOf } from './check-conversation.js';
import type { CacheUse } from './prompt-cache.js';
import type { MessageReply, ReplyBlock } from './replies.js';
import { tokensIn } from './tokens.js';
import { isObject, type Json, type WireRequest } from './wire.js';

/** A block with the JSON text of a tool's input, which may be cut off. */
export type AnswerBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly signature: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly json: string };

export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: string;
  readonly refusal?: MessageReply['refusal'];
  readonly outputTokens: number;
}

const THINKING_TOKENS = 24;
const BYTES_PER_TOKEN = 3;

const idFor = (kind: string): string => `${kind}_${randomBytes(12).toString('base64url')}`;

/** A script that lets the model say what it could not say; a mistake of the test. */
export class ScriptFault extends Error {
  override readonly name = 'ScriptFault';
}

const blockOf = (block: ReplyBlock, request: WireRequest): AnswerBlock => {
  if (block.type === 'thinking') return { type: 'thinking', signature: signatureOf(request.model, request.messages) };
  if (block.type === 'text') return block;
  const tool = request.tools.find((one) => one['name'] === block.name);
  if (!tool) throw new ScriptFault(`the request offers no tool ${block.name}`);
  if (tool['strict'] === true && !fitsSchema(block.input, tool['input_schema']))
    throw new ScriptFault(`the input of ${block.name} doesn't fit its strict schema`);
  return { type: 'tool_use', id: idFor('toolu'), name: block.name, json: JSON.stringify(block.input) };
};

const tokensOf = (block: AnswerBlock): number => {
  if (block.type === 'thinking') return THINKING_TOKENS;
  return block.type === 'text' ? tokensIn(block.text) : tokensIn(block.json) + tokensIn(block.name);
};

/** As much of a block as fits; undefined for none. */
const cut = (block: AnswerBlock, tokens: number): AnswerBlock | undefined => {
  const characters = tokens * BYTES_PER_TOKEN;
  if (characters <= 0 || block.type === 'thinking') return undefined;
  return block.type === 'text'
    ? { ...block, text: block.text.slice(0, characters) }
    : { ...block, json: block.json.slice(0, characters) };
};

/** The answer that a reply makes to a request: ids drawn, thinking signed, cut at `max_tokens`. */
export const answerOf = (reply: MessageReply, request: WireRequest): Answer => {
  const whole = reply.content.map((block) => blockOf(block, request));
  const blocks: AnswerBlock[] = [];
  let left = request.maxTokens;
  let isCut = false;
  for (const block of whole) {
    const tokens = tokensOf(block);
    const kept = tokens <= left ? block : cut(block, left);
    if (kept) blocks.push(kept);
    isCut = tokens > left;
    left -= Math.min(tokens, left);
    if (isCut) break;
  }
  const stopReason = isCut ? 'max_tokens' : (reply.stopReason ?? naturalStop(blocks));
  if (stopReason === 'end_turn') checkFormat(blocks, request);
  const outputTokens = Math.max(1, request.maxTokens - left);
  return {
    id: idFor('msg'),
    model: request.model,
    blocks,
    stopReason,
    outputTokens,
    ...(reply.refusal && { refusal: reply.refusal }),
  };
};

const naturalStop = (blocks: readonly AnswerBlock[]): string =>
  blocks.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';

/** Structured output: what ends a turn fits the schema that was asked for, but for a turn without a word. */
const checkFormat = (blocks: readonly AnswerBlock[], { body }: WireRequest): void => {
  const format = (body['output_config'] as Json | undefined)?.['format'];
  if (!isObject(format)) return;
  const text = blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');
  if (text === '') return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ScriptFault(`structured output was asked for, the reply is ${text.slice(0, 80)}`);
  }
  if (!fitsSchema(value, format['schema']))
    throw new ScriptFault(`the reply doesn't fit the schema: ${text.slice(0, 80)}`);
};

/** The `usage` object of a message. */
export const usageOf = (cache: CacheUse, outputTokens: number): Json => ({
  input_tokens: cache.input,
  cache_creation_input_tokens: cache.write5m + cache.write1h,
  cache_read_input_tokens: cache.read,
  cache_creation: { ephemeral_5m_input_tokens: cache.write5m, ephemeral_1h_input_tokens: cache.write1h },
  output_tokens: outputTokens,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: 'standard',
  speed: 'standard',
  inference_geo: null,
});

const contentOf = (block: AnswerBlock): Json => {
  if (block.type === 'text') return { type: 'text', text: block.text, citations: null };
  if (block.type === 'thinking') return { type: 'thinking', thinking: '', signature: block.signature };
  return { type: 'tool_use', id: block.id, name: block.name, input: parsed(block.json), caller: { type: 'direct' } };
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
};

/** The message as one JSON object (a request without `stream`). */
export const messageOf = (answer: Answer, cache: CacheUse): Json => ({
  ...openingOf(answer, cache),
  content: answer.blocks.map(contentOf),
  stop_reason: answer.stopReason,
  stop_details: stopDetailsOf(answer),
  usage: usageOf(cache, answer.outputTokens),
});

export const openingOf = (answer: Answer, cache: CacheUse): Json => ({
  id: answer.id,
  type: 'message',
  role: 'assistant',
  model: answer.model,
  content: [],
  container: null,
  diagnostics: null,
  stop_reason: null,
  stop_details: null,
  stop_sequence: null,
  usage: usageOf(cache, 1),
});

export const stopDetailsOf = ({ stopReason, refusal }: Answer): Json | null =>
  stopReason === 'refusal'
    ? { type: 'refusal', category: refusal?.category ?? null, explanation: refusal?.explanation ?? null }
    : null;
