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
  /** Longest silence before an answer begins, and in the middle of one, in milliseconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 600_000;
const TOO_SILENT = 'the provider fell silent in the middle of an answer, and the call was given up';
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
    send: (request, options) => send({ client, request, options, timeoutMs }),
    check: async (signal) => {
      try {
        await client.models.list({ limit: 1 }, { signal });
      } catch (error) {
        throw callErrorOf(error, false);
      }
    },
  };
};

const send = async (sending: Sending): Promise<ModelReply> => {
  const answer = new AnswerBuilder();
  const silence = new Silence(sending.timeoutMs);
  try {
    await streamed(sending, answer, silence);
  } catch (error) {
    if (error instanceof APIError && error.headers) sending.options.onLimits?.(limitsOf(error.headers));
    throw silence.fault ?? callErrorOf(error, answer.hasBegun);
  } finally {
    silence.end();
  }
  requireWhole(sending, answer, silence);
  return answer.reply();
};

/** The SDK ends an aborted stream without an error. @throws ModelCallError */
const requireWhole = ({ options }: Sending, answer: AnswerBuilder, silence: Silence): void => {
  if (silence.fault) throw silence.fault;
  if (options.signal.aborted) throw new ModelCallError('aborted', 'the call was given up', { mayBePaid: true });
  if (!answer.isWhole)
    throw new ModelCallError('cut-off', 'the connection ended before the answer did', { mayBePaid: true });
};

interface Sending {
  readonly client: Anthropic;
  readonly request: ModelRequest;
  readonly options: SendOptions;
  readonly timeoutMs: number;
}

/** A stream in which nothing comes any more is given up: the SDK only watches over the time until it begins. */
class Silence {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly mostMs: number) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get fault(): ModelCallError | undefined {
    return this.signal.aborted ? new ModelCallError('cut-off', TOO_SILENT, { mayBePaid: true }) : undefined;
  }

  broken(): void {
    this.end();
    this.timer = setTimeout(() => this.controller.abort(), this.mostMs);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

const streamed = async (
  { client, request, options }: Sending,
  answer: AnswerBuilder,
  silence: Silence,
): Promise<void> => {
  const signal = AbortSignal.any([options.signal, silence.signal]);
  const { data, response } = await client.messages
    .create({ ...bodyOf(request), stream: true }, { signal })
    .withResponse();
  options.onLimits?.(limitsOf(response.headers));
  silence.broken();
  for await (const event of data) {
    silence.broken();
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
  return { type: 'tool_use', id: part.id, name: part.name, input: isObject(part.input) ? part.input : {} };
};

/** What was no JSON is told to the model in the result; the service takes an object alone. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
