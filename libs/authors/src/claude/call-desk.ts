import type { AttemptLedger } from '@squados/agent-runtime';
import {
  tokensOf,
  type CallPurpose,
  type EventData,
  type ProjectId,
  type Sha256,
  type Spend,
  type TokenUsage,
} from '@squados/contracts';
import { Allowance, mostPromptTokens } from './allowance.js';
import { costOf } from './model-catalog.js';
import { ModelCallError, type ModelClient, type ModelReply, type ModelRequest } from './model-client.port.js';
import { firstDifference } from './first-difference.js';
import type { ProviderGate } from './provider-gate.js';
import type { RecordedCalls } from './recorded-calls.js';
import { requestBytes } from './request-hash.js';

/** What all attempts of a process share. */
export interface DeskParts {
  /** Absent: nothing is asked live; what is not on record is an error (`rerun --recorded`). */
  readonly client?: ModelClient;
  readonly recorded: RecordedCalls;
  readonly gate: ProviderGate;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds before the own tries after the first; as many as there are. */
  readonly retryAfterMs: readonly number[];
}

export interface DeskAttempt {
  readonly project: ProjectId;
  readonly attempt: number;
  readonly ledger: AttemptLedger;
  readonly signal: AbortSignal;
}

/** A rerun asked for something that was never asked. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
}

const NOTHING: Spend = { nanoUsd: 0, tokens: 0 };
const NO_USAGE = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
/** Worth another try at once; what the provider asks to wait for is the gate's. */
const PASSING = new Set(['provider-error', 'unreachable', 'cut-off']);
const BUSY = new Set(['rate-limited', 'overloaded']);
const MOST_WAITS = 5;
/** A rough guess for the provider's limits, which count real tokens. */
const BYTES_PER_TOKEN = 3;

interface Call {
  readonly purpose: CallPurpose;
  readonly request: ModelRequest;
  readonly hash: Sha256;
}

/**
 * Where one attempt asks models.
 *
 * 1. A call is in the log (ModelCallBegun) before it goes out, with the most that it can cost; what it did cost follows.
 * 2. An answer that the project has on record is not asked for again.
 * 3. Every try of its own sets money aside anew; a call that nobody tells the usage of costs all that was set aside.
 */
export class CallDesk {
  private last = 0;
  private allowance: Allowance | undefined;

  constructor(
    private readonly parts: DeskParts,
    private readonly of: DeskAttempt,
  ) {}

  /** @throws ModelCallError, ProviderBusy, AllowanceSpent, NotRecorded, AttemptAborted */
  async ask(purpose: CallPurpose, request: ModelRequest): Promise<ModelReply> {
    const hash = await this.of.ledger.keep(requestBytes(request));
    const allowance = await this.opened();
    const known = this.parts.recorded.find(this.of.project, hash);
    const call = { purpose, request, hash };
    if (known && !this.isWorthAskingAgain(known)) return this.repeat(call, known);
    if (!this.parts.client) throw new NotRecorded(await firstDifference(this.parts.recorded, this.of.project, request));
    return this.askLive(call, allowance, this.parts.client);
  }

  /** A refusal is no answer to build on: whoever retries the card asks anew. In a rerun it is what was said. */
  private isWorthAskingAgain({ stopReason }: EventData['ModelCalled']): boolean {
    return this.parts.client !== undefined && stopReason === 'refused';
  }

  private async opened(): Promise<Allowance> {
    if (this.allowance) return this.allowance;
    const { last, spent, told } = await this.of.ledger.past();
    for (const called of told) this.parts.recorded.add(this.of.project, called);
    this.last = Math.max(this.last, last);
    return (this.allowance ??= new Allowance(this.of.ledger.allowance, spent));
  }

  private async repeat(call: Call, known: EventData['ModelCalled']): Promise<ModelReply> {
    const reply = await this.parts.recorded.reply(known);
    const { response, stopReason } = known;
    await this.told(++this.last, call, {
      ...{ outcome: 'recorded', usage: known.usage, nanoUsd: 0, durationMs: 0 },
      ...(response && { response: await this.of.ledger.keep(new TextEncoder().encode(JSON.stringify(reply))) }),
      ...(stopReason !== undefined && { stopReason }),
    });
    return reply;
  }

  private async askLive(call: Call, allowance: Allowance, client: ModelClient): Promise<ModelReply> {
    let tries = 0;
    for (let waits = 0; ;) {
      await this.parts.gate.admit(Math.ceil(mostPromptTokens(call.request) / BYTES_PER_TOKEN), this.of.signal);
      const outcome = await this.once(call, allowance, client);
      if (!(outcome instanceof ModelCallError)) return outcome;
      if (BUSY.has(outcome.code) && waits++ < MOST_WAITS) continue;
      const pause = this.parts.retryAfterMs[tries++];
      if (!PASSING.has(outcome.code) || pause === undefined) throw outcome;
      await this.parts.sleep(pause, this.of.signal);
    }
  }

  /** Invariants 1 and 3. */
  private async once(call: Call, allowance: Allowance, client: ModelClient): Promise<ModelReply | ModelCallError> {
    const { purpose, request, hash } = call;
    const began = this.parts.now();
    const { maxTokens, reserved } = allowance.reserve(request, began);
    const number = ++this.last;
    const { attempt } = this.of;
    const data = { attempt, call: number, purpose, model: request.model, request: hash, reserved };
    await this.of.ledger.record([{ type: 'ModelCallBegun', data }]);
    try {
      const isWithin = (used: TokenUsage): boolean => costOf(request.model, used, began) <= reserved.nanoUsd;
      const reply = await this.sent(client, { ...request, maxTokens }, isWithin);
      const cost = { nanoUsd: costOf(request.model, reply.usage, began), tokens: tokensOf(reply.usage) };
      allowance.settle(reserved, cost);
      const response = await this.of.ledger.keep(new TextEncoder().encode(JSON.stringify(reply)));
      const durationMs = this.parts.now() - began;
      const facts = { response, stopReason: reply.stop, usage: reply.usage, nanoUsd: cost.nanoUsd, durationMs };
      await this.told(number, call, { outcome: 'answered', ...facts });
      return reply;
    } catch (error) {
      if (!(error instanceof ModelCallError)) throw error;
      return this.failed({ number, call, allowance, reserved, maxTokens, began }, error);
    }
  }

  private sent(
    client: ModelClient,
    request: ModelRequest,
    isWithin: (used: TokenUsage) => boolean,
  ): Promise<ModelReply> {
    const { gate } = this.parts;
    return client.send(request, { signal: this.of.signal, onLimits: (limits) => gate.learn(limits), isWithin });
  }

  private async failed(tried: Tried, error: ModelCallError): Promise<ModelCallError> {
    const { number, call, allowance, began } = tried;
    if (BUSY.has(error.code) || error.code === 'unreachable') this.parts.gate.close(error);
    const isPaid = error.facts.mayBePaid === true || error.code === 'aborted';
    const cost = isPaid ? mostOf(tried, error.facts.used) : NOTHING;
    allowance.settle(tried.reserved, cost);
    const facts = { usage: NO_USAGE, nanoUsd: cost.nanoUsd, durationMs: this.parts.now() - began };
    const { code, message } = error;
    await this.told(number, call, { outcome: 'failed', ...facts, ...(isPaid && { estimated: true }), code, message });
    return error;
  }

  private async told(
    number: number,
    { purpose, request, hash }: Call,
    facts: Omit<EventData['ModelCalled'], 'attempt' | 'call' | 'purpose' | 'model' | 'request'>,
  ): Promise<void> {
    const data = { attempt: this.of.attempt, call: number, purpose, model: request.model, request: hash, ...facts };
    this.parts.recorded.add(this.of.project, data);
    await this.of.ledger.record([{ type: 'ModelCalled', data }]);
  }
}

/** What was set aside; where the provider told of a longer prompt than that, the price of it with the longest answer. */
const mostOf = ({ reserved, call, maxTokens, began }: Tried, told: TokenUsage | undefined): Spend => {
  if (!told) return reserved;
  const used = { ...told, output: maxTokens };
  const nanoUsd = Math.max(reserved.nanoUsd, costOf(call.request.model, used, began));
  return { nanoUsd, tokens: Math.max(reserved.tokens, tokensOf(used)) };
};

interface Tried {
  readonly number: number;
  readonly call: Call;
  readonly allowance: Allowance;
  readonly reserved: Spend;
  readonly maxTokens: number;
  readonly began: number;
}
