import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf, messageOf, ScriptFault } from './answer.js';
import { checkRequest } from './check-request.js';
import { PromptCache, type CacheUse } from './prompt-cache.js';
import { RateLimits, type StubLimits } from './rate-limits.js';
import type { ErrorReply, MessageReply, StubReply, StubScript } from './replies.js';
import { eventsOf, written } from './sse.js';
import { billedNanoUsd, STUB_MODELS, type StubModel, type StubUsage } from './stub-models.js';
import { piecesOf, totalTokens } from './tokens.js';
import { invalid, isObject, questionHashOf, type WireError, type WireRequest } from './wire.js';

/** One request as the service saw it. */
export interface StubCall {
  readonly path: string;
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  /** Absent for what was not let in. */
  readonly request?: WireRequest;
  /** Of the question: equal for calls that ask the same, whatever `max_tokens` they allow. */
  readonly hash?: string;
  readonly usage?: StubUsage;
  /** Billionths of a US dollar; 0 for what is not billed. */
  readonly nanoUsd: number;
  /** The caller went away before the end, or the stub broke the connection. */
  readonly cutOff: boolean;
}

export interface ClaudeStubOptions {
  readonly script: StubScript;
  /** The key that is let in. */
  readonly key: string;
  readonly limits?: StubLimits;
  /** Epoch milliseconds; lets tests move the clock of cache and limits. */
  readonly now?: () => number;
  readonly maxBodyBytes?: number;
}

const VERSIONS = ['2023-01-01', '2023-06-01', '2026-10-21'];
const MAX_BODY_BYTES = 32 * 1024 * 1024;

const ERROR_TYPES: Readonly<Record<ErrorReply['status'], string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

interface Sound {
  readonly request: WireRequest;
  readonly model: StubModel;
  readonly tokens: number;
}

/**
 * A server that speaks the Messages API over HTTP as documented for version 2026-10-21: POST /v1/messages (whole or streamed),
 * POST /v1/messages/count_tokens, GET /v1/models. It refuses what the service refuses, accounts for cached prompts, keeps rate
 * limits, and answers by a script. It counts tokens by length, not with the real tokenizer.
 */
export class ClaudeStub {
  readonly calls: StubCall[] = [];
  private readonly server: Server;
  private readonly cache: PromptCache;
  private readonly limits: RateLimits | undefined;
  private admitted = 0;

  private constructor(private readonly options: ClaudeStubOptions) {
    const now = options.now ?? Date.now;
    this.cache = new PromptCache(now);
    this.limits = options.limits && new RateLimits(options.limits, now);
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(options: ClaudeStubOptions): Promise<ClaudeStub> {
    const stub = new ClaudeStub(options);
    await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  /** For `ANTHROPIC_BASE_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What it would have put on the bill, in billionths of a US dollar. */
  get billed(): number {
    return this.calls.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('request-id', `req_${randomBytes(12).toString('base64url')}`);
    const path = (request.url ?? '').split('?')[0] ?? '';
    const denied = this.denied(request);
    if (denied) return this.refuse(response, path, denied);
    if (request.method === 'GET' && path === '/v1/models') return this.listModels(response, path);
    const known = path === '/v1/messages' || path === '/v1/messages/count_tokens';
    if (request.method !== 'POST' || !known)
      return this.refuse(response, path, { status: 404, type: 'not_found_error', message: 'Not Found' });
    const body = await bodyOf(request, this.options.maxBodyBytes ?? MAX_BODY_BYTES);
    if (body === 'too-large')
      return this.refuse(response, path, {
        status: 413,
        type: 'request_too_large',
        message: 'Request exceeds the maximum size',
      });
    return this.receive(response, path, body);
  }

  private denied(request: IncomingMessage): WireError | undefined {
    const key = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /i, '');
    if (key !== this.options.key) return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
    const version = request.headers['anthropic-version'];
    if (version === undefined) return invalid('anthropic-version: header is required');
    return VERSIONS.includes(String(version))
      ? undefined
      : invalid(`anthropic-version: "${version}" is not a valid version`);
  }

  private listModels(response: ServerResponse, path: string): void {
    const data = Object.keys(STUB_MODELS).map((id) => ({
      type: 'model',
      id,
      display_name: id,
      created_at: '2026-10-07T00:00:00Z',
    }));
    this.note({ path, status: 200, nanoUsd: 0, cutOff: false });
    json(response, 200, { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null });
  }

  private async receive(response: ServerResponse, path: string, body: unknown): Promise<void> {
    const counting = path.endsWith('count_tokens');
    const checked = checkRequest(counting && isObject(body) ? { max_tokens: 1, ...body } : body);
    if (checked.kind === 'refused') return this.refuse(response, path, checked.error);
    const { request, model } = checked;
    const tokens = totalTokens(piecesOf(request));
    if (tokens > model.contextTokens)
      return this.refuse(
        response,
        path,
        invalid(`prompt is too long: ${tokens} tokens > ${model.contextTokens} maximum`),
      );
    if (counting) {
      this.note({ path, status: 200, request, nanoUsd: 0, cutOff: false });
      return json(response, 200, { input_tokens: tokens });
    }
    return this.answer(response, { request, model, tokens });
  }

  private async answer(response: ServerResponse, { request, model }: Sound): Promise<void> {
    const use = this.cache.use(request.model, model.minCacheTokens, piecesOf(request));
    const wait = this.limits?.admit(use.input + use.write5m + use.write1h) ?? 0;
    for (const [name, value] of Object.entries(this.limits?.headers() ?? {})) response.setHeader(name, value);
    if (wait > 0)
      return this.fail(response, request, { kind: 'error', status: 429, retryAfter: Math.ceil(wait / 1000) });
    const reply = await this.replyTo(request);
    if (reply.kind === 'hang-up') {
      this.note({
        path: '/v1/messages',
        status: 0,
        request,
        hash: questionHashOf(request.body),
        nanoUsd: 0,
        cutOff: true,
      });
      return void response.destroy();
    }
    if (reply.kind === 'error') return this.fail(response, request, reply);
    use.commit();
    const billed = { ...use, input: use.input + (reply.hiddenTokens ?? 0) };
    return this.speak({ response, request, model, use: billed, reply });
  }

  /** The script's word; what the service could never have said is a 500, so that the test sees it. */
  private async replyTo(request: WireRequest): Promise<StubReply> {
    try {
      const reply = await this.options.script(request, this.admitted++);
      if (reply.kind === 'message') answerOf(reply, request);
      return reply;
    } catch (error) {
      if (error instanceof ScriptFault) return { kind: 'error', status: 500, message: `stub script: ${error.message}` };
      throw error;
    }
  }

  private fail(response: ServerResponse, request: WireRequest, { status, message, retryAfter }: ErrorReply): void {
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
    const type = ERROR_TYPES[status];
    this.refuse(response, '/v1/messages', { status, type, message: message ?? type }, request);
  }

  private async speak(turn: Turn): Promise<void> {
    const { response, request, use, reply } = turn;
    const answer = answerOf(reply, request);
    if (!request.stream) {
      this.bill(turn, answer.outputTokens, false);
      return json(response, 200, messageOf(answer, use));
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    response.flushHeaders();
    let produced = 0;
    for (const [at, event] of eventsOf(answer, use).entries()) {
      if (reply.paceMs) await pace(response, reply.paceMs);
      if (at === reply.failAfter?.events) {
        const { type, message } = reply.failAfter;
        response.write(written({ name: 'error', data: { type: 'error', error: { type, message } } }));
        this.bill(turn, produced, true);
        return void response.end();
      }
      if (at === reply.dropAfter || response.destroyed) {
        this.bill(turn, produced, true);
        return void response.socket?.destroySoon(); // what was said arrives, the rest never does
      }
      produced = event.produced;
      response.write(written(event));
    }
    this.bill(turn, answer.outputTokens, false);
    response.end();
  }

  private bill({ request, model, use }: Turn, output: number, cutOff: boolean): void {
    this.limits?.produced(output);
    const usage = { input: use.input, output, read: use.read, write5m: use.write5m, write1h: use.write1h };
    const nanoUsd = billedNanoUsd(model, usage);
    this.note({
      path: '/v1/messages',
      status: 200,
      request,
      hash: questionHashOf(request.body),
      usage,
      nanoUsd,
      cutOff,
    });
  }

  private refuse(response: ServerResponse, path: string, error: WireError, request?: WireRequest): void {
    this.note({ path, status: error.status, nanoUsd: 0, cutOff: false, ...(request && { request }) });
    const { type, message } = error;
    json(response, error.status, {
      type: 'error',
      error: { type, message },
      request_id: response.getHeader('request-id'),
    });
  }

  private note(call: StubCall): void {
    this.calls.push(call);
  }
}

interface Turn {
  readonly response: ServerResponse;
  readonly request: WireRequest;
  readonly model: StubModel;
  readonly use: CacheUse;
  readonly reply: MessageReply;
}

/** Waits, or until the caller has gone. */
const pace = (response: ServerResponse, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    response.once('close', done);
  });

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

/** The parsed body; undefined when it is no JSON. */
const bodyOf = async (request: IncomingMessage, most: number): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes <= most) chunks.push(chunk);
  }
  if (bytes > most) return 'too-large';
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
};
