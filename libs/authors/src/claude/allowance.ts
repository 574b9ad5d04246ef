import { tokensOf, type Spend, type TokenUsage } from '@squados/contracts';
import { costOf, factsOf } from './model-catalog.js';
import type { ModelRequest } from './model-client.port.js';
import { requestBytes } from './request-hash.js';

/** The attempt may not spend what the next call could cost. */
export class AllowanceSpent extends Error {
  override readonly name = 'AllowanceSpent';
}

/** A shorter answer than this is of no use. */
const LEAST_ANSWER = 2_000;

/** A token stands for at least one byte: no prompt has more tokens than bytes. */
export const mostPromptTokens = (request: ModelRequest): number => requestBytes(request).byteLength;

const mostUsage = (request: ModelRequest, maxTokens: number): TokenUsage => {
  const prompt = mostPromptTokens(request);
  const marks: readonly object[] = [
    ...request.system,
    ...request.turns.flatMap((turn): readonly object[] => turn.parts),
  ];
  const ttls = new Set(marks.map((mark) => ('cache' in mark ? mark.cache : undefined)));
  const dearest = ttls.has('1h') ? 'cacheWrite1h' : ttls.has('5m') ? 'cacheWrite5m' : 'input';
  return { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: maxTokens, [dearest]: prompt };
};

/** What an attempt may still spend. A call is taken from it in full before it is made, and what it did not cost comes back. */
export class Allowance {
  private spent: Spend;

  constructor(
    private readonly limit: Spend | undefined,
    before: Spend,
  ) {
    this.spent = before;
  }

  /**
   * Sets aside the most that a call can cost; the answer's length is cut to what is left.
   * @throws AllowanceSpent when not even a short answer can be paid
   */
  reserve(request: ModelRequest, now: number): { readonly maxTokens: number; readonly reserved: Spend } {
    const maxTokens = Math.min(
      request.maxTokens,
      factsOf(request.model).maxOutputTokens,
      this.longestAnswer(request, now),
    );
    const usage = mostUsage(request, maxTokens);
    const reserved = { nanoUsd: costOf(request.model, usage, now), tokens: tokensOf(usage) };
    this.add(reserved, 1);
    return { maxTokens, reserved };
  }

  /** What was set aside is replaced by what it was. */
  settle(reserved: Spend, cost: Spend): void {
    this.add(reserved, -1);
    this.add(cost, 1);
  }

  private add(spend: Spend, sign: 1 | -1): void {
    const { nanoUsd, tokens } = this.spent;
    this.spent = { nanoUsd: nanoUsd + sign * spend.nanoUsd, tokens: tokens + sign * spend.tokens };
  }

  private longestAnswer(request: ModelRequest, now: number): number {
    if (!this.limit) return Number.MAX_SAFE_INTEGER;
    const left = { nanoUsd: this.limit.nanoUsd - this.spent.nanoUsd, tokens: this.limit.tokens - this.spent.tokens };
    const prompt = mostUsage(request, 0);
    const perToken = costOf(request.model, { ...prompt, output: 1 }, now) - costOf(request.model, prompt, now);
    const paid = Math.floor((left.nanoUsd - costOf(request.model, prompt, now)) / Math.max(1, perToken)) - 1;
    const longest = Math.min(paid, left.tokens - tokensOf(prompt));
    if (longest < Math.min(LEAST_ANSWER, request.maxTokens))
      throw new AllowanceSpent(`the next call to ${request.model} may cost more than the attempt has left`);
    return longest;
  }
}
