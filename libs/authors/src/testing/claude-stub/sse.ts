import { openingOf, stopDetailsOf, usageOf, type Answer, type AnswerBlock } from './answer.js';
import type { CacheUse } from './prompt-cache.js';
import { tokensIn } from './tokens.js';
import type { Json } from './wire.js';

export interface StreamEvent {
  readonly name: string;
  readonly data: Json;
  /** Output tokens that are produced once this event is out. */
  readonly produced: number;
}

const CHUNK = 48;

const chunksOf = (text: string): readonly string[] => {
  const points = [...text];
  const chunks: string[] = [];
  for (let at = 0; at < points.length; at += CHUNK) chunks.push(points.slice(at, at + CHUNK).join(''));
  return chunks;
};

const startOf = (block: AnswerBlock): Json => {
  if (block.type === 'text') return { type: 'text', text: '', citations: null };
  if (block.type === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  return { type: 'tool_use', id: block.id, name: block.name, input: {}, caller: { type: 'direct' } };
};

const deltasOf = (block: AnswerBlock): readonly Json[] => {
  if (block.type === 'text') return chunksOf(block.text).map((text) => ({ type: 'text_delta', text }));
  if (block.type === 'thinking') return [{ type: 'signature_delta', signature: block.signature }];
  return ['', ...chunksOf(block.json)].map((partial_json) => ({ type: 'input_json_delta', partial_json }));
};

const lengthOf = (delta: Json): number => tokensIn(String(delta['text'] ?? delta['partial_json'] ?? ''));

/** An answer as the server-sent events of a stream, in order. */
export const eventsOf = (answer: Answer, cache: CacheUse): readonly StreamEvent[] => {
  const events: StreamEvent[] = [];
  let produced = 1;
  const add = (name: string, data: Json): void => void events.push({ name, data: { type: name, ...data }, produced });
  add('message_start', { message: openingOf(answer, cache) });
  add('ping', {});
  for (const [index, block] of answer.blocks.entries()) {
    add('content_block_start', { index, content_block: startOf(block) });
    for (const delta of deltasOf(block)) {
      produced = Math.min(answer.outputTokens, produced + lengthOf(delta));
      add('content_block_delta', { index, delta });
    }
    add('content_block_stop', { index });
  }
  produced = answer.outputTokens;
  const delta = {
    stop_reason: answer.stopReason,
    stop_sequence: null,
    stop_details: stopDetailsOf(answer),
    container: null,
  };
  add('message_delta', { delta, usage: usageOf(cache, answer.outputTokens) });
  add('message_stop', {});
  return events;
};

export const written = ({ name, data }: Pick<StreamEvent, 'name' | 'data'>): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
