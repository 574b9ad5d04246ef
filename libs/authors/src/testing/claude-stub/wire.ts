import { createHash } from 'node:crypto';

/** A request as it came over the wire: nothing of it is believed before it was checked. */
export type Json = Readonly<Record<string, unknown>>;

export interface WireBlock extends Json {
  readonly type: string;
}
export interface WireMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly WireBlock[];
}

/** A checked request, with texts made blocks. */
export interface WireRequest {
  readonly model: string;
  readonly maxTokens: number;
  readonly stream: boolean;
  readonly tools: readonly Json[];
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
  readonly body: Json;
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const blocksOf = (content: unknown): readonly WireBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : (listOf(content) as readonly WireBlock[]);

/** JSON with its keys in order, so that equal requests have equal text. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same request gives the same hash, however its keys are ordered. */
export const requestHashOf = (body: Json): string => sha256Of(canonical(body));

/** The same for the same question, however long its answer may become: that is a matter of who pays, and changes with what is left. */
export const questionHashOf = ({ max_tokens: _most, ...question }: Json): string => requestHashOf(question);

/** Why a request is refused, as the API says it. */
export interface WireError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

export const invalid = (message: string): WireError => ({ status: 400, type: 'invalid_request_error', message });
