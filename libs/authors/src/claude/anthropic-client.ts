import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { AnswerBuilder } from './answer-builder.js';
import { callErrorOf } from './call-errors.js';
import {
  ModelCallError,
  type AnswerPart,
  type ModelClient,
  type ModelReply,
  type ModelRequest,
  type ProviderLimits,
  type SendOptions,
  type Ttl,
  type Turn,
  type UserPart,
} from './model-client.port.js';

export interface AnthropicClientOptions {
  readonly apiKey: string;
  /** Absent: the service itself. */
  readonly baseUrl?: string;
  /** Longest silence before an answer begins, in milliseconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 600_000;
const OVER_LIMIT = 'the call used more than was set aside for it, and was given up';

/** Claude over the Messages API, always streamed; the SDK's own retries are off, so that every call is one on the bill. */
export const createAnthropicClient = ({
  apiKey,
  baseUrl,
  timeoutMs = TIMEOUT_MS,
}: AnthropicClientOptions): ModelClient => {
  const client = new Anthropic({
    apiKey,
    authToken: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    ...(baseUrl !== undefined && { baseURL: baseUrl }),
  });
  return {
    send: (request, options) => send(client, request, options),
    check: async (signal) => {
      try {
        await client.models.list({ limit: 1 }, { signal });
      } catch (error) {
        throw callErrorOf(error, false);
      }
    },
  };
};

const send = async (client: Anthropic, request: ModelRequest, options: SendOptions): Promise<ModelReply> => {
  const answer = new AnswerBuilder();
  try {
    await streamed({ client, request, options }, answer);
  } catch (error) {
    if (error instanceof APIError && error.headers) options.onLimits?.(limitsOf(error.headers));
    throw callErrorOf(error, answer.hasBegun);
  }
  // The SDK ends an aborted stream without an error.
  if (options.signal.aborted) throw new ModelCallError('aborted', 'the call was given up', { mayBePaid: true });
  if (!answer.isWhole)
    throw new ModelCallError('cut-off', 'the connection ended before the answer did', { mayBePaid: true });
  return answer.reply();
};

interface Sending {
  readonly client: Anthropic;
  readonly request: ModelRequest;
  readonly options: SendOptions;
}

const streamed = async ({ client, request, options }: Sending, answer: AnswerBuilder): Promise<void> => {
  const { data, response } = await client.messages
    .create({ ...bodyOf(request), stream: true }, { signal: options.signal })
    .withResponse();
  options.onLimits?.(limitsOf(response.headers));
  for await (const event of data) {
    answer.take(event);
    const { used } = answer;
    if (used && options.isWithin?.(used) === false)
      throw new ModelCallError('over-limit', OVER_LIMIT, { mayBePaid: true, used });
  }
};

const cached = (ttl: Ttl | undefined): { cache_control?: Anthropic.CacheControlEphemeral } =>
  ttl ? { cache_control: { type: 'ephemeral', ttl } } : {};

const bodyOf = (request: ModelRequest): Anthropic.MessageCreateParamsNonStreaming => ({
  model: request.model,
  max_tokens: request.maxTokens,
  ...(request.tools.length > 0 && {
    tools: request.tools.map(({ name, description, input }) => ({
      ...{ name, description, strict: true },
      input_schema: input as Anthropic.Tool.InputSchema,
    })),
  }),
  system: request.system.map(({ text, cache }) => ({ type: 'text', text, ...cached(cache) })),
  messages: request.turns.map(messageOf),
  ...outputOf(request),
});

const outputOf = ({ format, effort }: ModelRequest): { readonly output_config?: Anthropic.OutputConfig } => {
  if (!format && !effort) return {};
  const shape = format && { format: { type: 'json_schema' as const, schema: { ...format } } };
  return { output_config: { ...shape, ...(effort && { effort }) } };
};

const messageOf = (turn: Turn): Anthropic.MessageParam =>
  turn.role === 'user'
    ? { role: 'user', content: turn.parts.map(userBlock) }
    : { role: 'assistant', content: turn.parts.map(answerBlock) };

const userBlock = (part: UserPart): Anthropic.ContentBlockParam =>
  part.type === 'text'
    ? { type: 'text', text: part.text, ...cached(part.cache) }
    : {
        ...{ type: 'tool_result', tool_use_id: part.id, content: part.text },
        ...(part.isError && { is_error: true }),
        ...cached(part.cache),
      };

const answerBlock = (part: AnswerPart): Anthropic.ContentBlockParam => {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'thinking') return part.raw;
  return { type: 'tool_use', id: part.id, name: part.name, input: part.input };
};

const LIMIT_HEADERS = {
  requestsLeft: 'anthropic-ratelimit-requests-remaining',
  inputTokensLeft: 'anthropic-ratelimit-input-tokens-remaining',
  outputTokensLeft: 'anthropic-ratelimit-output-tokens-remaining',
} as const;
const RESETS = ['requests', 'input-tokens', 'output-tokens'].map((name) => `anthropic-ratelimit-${name}-reset`);

const limitsOf = (headers: Headers): ProviderLimits => {
  const left = Object.entries(LIMIT_HEADERS).flatMap(([name, header]) => {
    const value = headers.get(header);
    return value !== null && /^\d+$/.test(value) ? [[name, Number(value)] as const] : [];
  });
  const resets = RESETS.map((name) => Date.parse(headers.get(name) ?? '')).filter((at) => !Number.isNaN(at));
  return { ...Object.fromEntries(left), ...(resets.length > 0 && { resetAt: Math.max(...resets) }) };
};
