import {
  canonical,
  isObject,
  sha256Of,
  type Json,
  type WireBlock,
  type WireMessage,
  type WireRequest,
} from './wire.js';

const MAX_BREAKPOINTS = 4;

/** What is wrong with the turns of a request, in the API's words; undefined when they are sound. */
export const checkConversation = (request: WireRequest): string | undefined =>
  turnFault(request) ??
  inputFault(request) ??
  toolPairFault(request.messages) ??
  breakpointFault(request) ??
  thinkingFault(request);

const turnFault = ({ messages }: WireRequest): string | undefined => {
  if (messages.length === 0) return 'messages: at least one message is required';
  for (const [at, { role, content }] of messages.entries()) {
    if (role !== 'user' && role !== 'assistant') return `messages.${at}.role: Input should be 'user' or 'assistant'`;
    if (content.length === 0) return `messages.${at}: content must not be empty`;
    const fault = textFault(content) ?? markFault(content);
    if (fault) return fault;
  }
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  if (messages.at(-1)?.role !== 'user')
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  const hanging = messages.findIndex(({ role, content }) => role === 'assistant' && isThinking(content.at(-1)));
  return hanging < 0
    ? undefined
    : `messages.${hanging}: The final block in an assistant message cannot be \`thinking\`.`;
};

const isThinking = (block: WireBlock | undefined): boolean => block?.type.endsWith('thinking') === true;

const textOf = ({ type, text }: WireBlock): string | undefined => (type === 'text' ? String(text ?? '') : undefined);

const textFault = (content: readonly WireBlock[]): string | undefined => {
  if (content.some((block) => textOf(block) === '')) return 'messages: text content blocks must be non-empty';
  return content.some((block) => textOf(block)?.trim() === '')
    ? 'messages: text content blocks must contain non-whitespace text'
    : undefined;
};

const markFault = (content: readonly WireBlock[]): string | undefined =>
  content.some((block) => block['cache_control'] && block.type === 'tool_result' && block['content'] === '')
    ? 'cache_control cannot be set for empty text blocks'
    : undefined;

const idsOf = (message: WireMessage | undefined, type: string, key: string): readonly unknown[] =>
  (message?.content ?? []).filter((block) => block.type === type).map((block) => block[key]);

/** Every tool_use is answered in the very next message, and nothing else is. */
const toolPairFault = (messages: readonly WireMessage[]): string | undefined => {
  const known = new Set<unknown>();
  for (const [at, message] of messages.entries()) {
    const fault = idFault(message, known) ?? orderFault(message);
    if (fault) return `messages.${at}: ${fault}`;
    const asked = message.role === 'assistant' ? idsOf(message, 'tool_use', 'id') : [];
    const answered = idsOf(messages[at + 1], 'tool_result', 'tool_use_id');
    const open = asked.filter((id) => !answered.includes(id));
    if (open.length > 0)
      return `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}`;
    const stray = answered.find((id) => !asked.includes(id));
    if (stray !== undefined)
      return `messages.${at + 1}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${String(stray)}`;
  }
  return undefined;
};

const idFault = (message: WireMessage, known: Set<unknown>): string | undefined => {
  for (const id of message.role === 'assistant' ? idsOf(message, 'tool_use', 'id') : []) {
    if (known.has(id)) return '`tool_use` ids must be unique';
    known.add(id);
  }
  const answered = idsOf(message, 'tool_result', 'tool_use_id');
  return new Set(answered).size < answered.length ? 'each tool_use must have a single result' : undefined;
};

/** Results stand before everything else that is said. */
const orderFault = ({ content }: WireMessage): string | undefined => {
  const firstOther = content.findIndex(({ type }) => type !== 'tool_result');
  const lastResult = content.findLastIndex(({ type }) => type === 'tool_result');
  return firstOther >= 0 && firstOther < lastResult
    ? '`tool_result` blocks must come first in the content of a message'
    : undefined;
};

const ttlOf = (holder: Json): string | undefined => {
  const mark = holder['cache_control'];
  if (!isObject(mark)) return undefined;
  return mark['type'] === 'ephemeral' ? ((mark['ttl'] as string | undefined) ?? '5m') : 'unknown';
};

const breakpointFault = (request: WireRequest): string | undefined => {
  const blocks = request.messages.flatMap(({ content }) => content);
  if (blocks.some((block) => block.type.endsWith('thinking') && block['cache_control']))
    return 'cache_control cannot be set on thinking blocks';
  const holders: readonly Json[] = [...request.tools, ...request.system, ...blocks, request.body];
  const ttls = holders.map(ttlOf).filter((ttl) => ttl !== undefined);
  if (ttls.length > MAX_BREAKPOINTS)
    return `A maximum of ${MAX_BREAKPOINTS} blocks with cache_control may be provided. Found ${ttls.length}.`;
  if (ttls.some((ttl) => ttl !== '5m' && ttl !== '1h'))
    return "cache_control: Input should be 'ephemeral' with ttl '5m' or '1h'";
  const firstShort = ttls.indexOf('5m');
  return firstShort >= 0 && ttls.lastIndexOf('1h') > firstShort
    ? "cache_control: a ttl='1h' block must not come after a ttl='5m' block"
    : undefined;
};

/** Signs a thinking block: it is only taken back from the model that made it, after the conversation that it was made in. */
export const signatureOf = (model: string, before: readonly WireMessage[]): string =>
  sha256Of(canonical([model, before.map(({ role, content }) => [role, content.map(unmarked)])]));

const unmarked = ({ cache_control: _mark, ...block }: WireBlock): Json => block;

/** What a tool was given is an object. */
const inputFault = ({ messages }: WireRequest): string | undefined =>
  messages.some(({ content }) => content.some((block) => block.type === 'tool_use' && !isObject(block['input'])))
    ? 'messages: tool_use.input: Input should be a valid dictionary'
    : undefined;

const thinkingFault = ({ model, messages }: WireRequest): string | undefined => {
  for (const [at, { role, content }] of messages.entries()) {
    if (role !== 'assistant') continue;
    const due = signatureOf(model, messages.slice(0, at));
    if (content.some((block) => block.type === 'thinking' && block['signature'] !== due))
      return `messages.${at}: Invalid \`signature\` in \`thinking\` block`;
  }
  return undefined;
};
