/** Per minute. */
export interface StubLimits {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

const MINUTE_MS = 60_000;

class Bucket {
  private level: number;
  private at: number;

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number,
  ) {
    this.level = perMinute;
    this.at = now();
  }

  get remaining(): number {
    const now = this.now();
    this.level = Math.min(this.perMinute, this.level + ((now - this.at) * this.perMinute) / MINUTE_MS);
    this.at = now;
    return this.level;
  }

  take(amount: number): void {
    this.level = this.remaining - amount;
  }

  /** Milliseconds until `amount` is there. */
  waitFor(amount: number): number {
    return Math.max(0, ((amount - this.remaining) * MINUTE_MS) / this.perMinute);
  }

  headers(name: string): Record<string, string> {
    const full = new Date(this.now() + this.waitFor(this.perMinute)).toISOString();
    return {
      [`anthropic-ratelimit-${name}-limit`]: String(this.perMinute),
      [`anthropic-ratelimit-${name}-remaining`]: String(Math.max(0, Math.floor(this.remaining))),
      [`anthropic-ratelimit-${name}-reset`]: full.replace(/\.\d+Z$/, 'Z'),
    };
  }
}

/** Token buckets, refilled all the time; cached tokens that are read don't count as input. */
export class RateLimits {
  private readonly requests: Bucket;
  private readonly input: Bucket;
  private readonly output: Bucket;

  constructor({ requests, inputTokens, outputTokens }: StubLimits, now: () => number) {
    this.requests = new Bucket(requests, now);
    this.input = new Bucket(inputTokens, now);
    this.output = new Bucket(outputTokens, now);
  }

  /** Takes a request in; milliseconds to wait when it is too much now. */
  admit(inputTokens: number): number {
    const wait = Math.max(this.requests.waitFor(1), this.input.waitFor(inputTokens), this.output.waitFor(1));
    if (wait > 0) return wait;
    this.requests.take(1);
    this.input.take(inputTokens);
    return 0;
  }

  produced(outputTokens: number): void {
    this.output.take(outputTokens);
  }

  headers(): Record<string, string> {
    return {
      ...this.requests.headers('requests'),
      ...this.input.headers('input-tokens'),
      ...this.output.headers('output-tokens'),
    };
  }
}
