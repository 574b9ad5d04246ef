import { canonical, type Json, type WireBlock, type WireRequest } from './wire.js';

/** A piece of the prompt in the order in which it is rendered: tools, system, messages. */
export interface Piece {
  /** What has to be equal for a cached prefix to be read. */
  readonly text: string;
  readonly tokens: number;
  readonly breakpoint?: '5m' | '1h';
}

const BYTES_PER_TOKEN = 3;
const REQUEST_OVERHEAD = 4;

/** A stand-in for the tokenizer: a third of the bytes, the same for the same text. */
export const tokensIn = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);

const breakpointOf = (holder: Json): Pick<Piece, 'breakpoint'> => {
  const mark = holder['cache_control'] as { readonly ttl?: '5m' | '1h' } | null | undefined;
  return mark ? { breakpoint: mark.ttl ?? '5m' } : {};
};

const pieceOf = (where: string, holder: Json): Piece => {
  const { cache_control: _mark, ...rest } = holder;
  const text = `${where}:${canonical(rest)}`;
  return { text, tokens: tokensIn(canonical(rest)), ...breakpointOf(holder) };
};

/** Changing these leaves tools and system cached, but not the messages. */
const messageSettings = ({ body }: WireRequest): Piece => ({
  text: `settings:${canonical([body['tool_choice'], body['thinking']])}`,
  tokens: REQUEST_OVERHEAD,
});

/** Changing the output format changes what the model is told before everything else. */
const formatPiece = ({ body }: WireRequest): Piece[] => {
  const format = (body['output_config'] as Json | undefined)?.['format'];
  return format ? [{ text: `format:${canonical(format)}`, tokens: tokensIn(canonical(format)) }] : [];
};

/** The prompt in pieces; the automatic breakpoint of the request goes to the last one. */
export const piecesOf = (request: WireRequest): readonly Piece[] => {
  const block = (where: string) => (one: WireBlock) => pieceOf(where, one);
  const pieces = [
    ...request.tools.map((tool) => pieceOf('tool', tool)),
    ...formatPiece(request),
    ...request.system.map(block('system')),
    messageSettings(request),
    ...request.messages.flatMap(({ role, content }) => content.map(block(role))),
  ];
  const last = pieces.at(-1);
  const automatic = breakpointOf(request.body);
  return last && automatic.breakpoint ? [...pieces.slice(0, -1), { ...last, ...automatic }] : pieces;
};

export const totalTokens = (pieces: readonly Piece[]): number => pieces.reduce((sum, { tokens }) => sum + tokens, 0);
