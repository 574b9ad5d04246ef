import { ModelCallError, type ProviderLimits } from './model-client.port.js';

export interface ProviderGateOptions {
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Longer waits are not sat out: the card is handed back until then. */
  readonly patienceMs: number;
}

/** The provider takes nothing until then. */
export class ProviderBusy extends Error {
  override readonly name = 'ProviderBusy';
  constructor(
    /** Epoch milliseconds. */
    readonly until: number,
    message: string,
  ) {
    super(message);
  }
}

const DEFAULT_WAIT_MS = 15_000;
const OUTAGE_WAIT_MS = 30_000;

/**
 * One provider as this process knows it: what it still takes this minute (learned from its headers), and whether it asked to be left
 * alone. Everybody in the process goes through the same gate. A fleet that shares one limit would put a shared one in its place.
 */
export class ProviderGate {
  private left: ProviderLimits = {};
  private closedUntil = 0;

  constructor(private readonly options: ProviderGateOptions) {}

  /** Resolves when a call of so many input tokens may go out. @throws ProviderBusy when that is too far off */
  async admit(inputTokens: number, signal: AbortSignal): Promise<void> {
    for (let wait = this.waitFor(inputTokens); wait > 0; wait = this.waitFor(inputTokens)) {
      if (wait > this.options.patienceMs)
        throw new ProviderBusy(this.options.now() + wait, `the provider takes nothing for ${Math.ceil(wait / 1000)} s`);
      await this.options.sleep(wait, signal);
      if (signal.aborted) throw new ModelCallError('aborted', 'the attempt ended while it waited for the provider');
    }
    if (this.left.requestsLeft !== undefined) this.left = { ...this.left, requestsLeft: this.left.requestsLeft - 1 };
    if (this.left.inputTokensLeft !== undefined)
      this.left = { ...this.left, inputTokensLeft: this.left.inputTokensLeft - inputTokens };
  }

  learn(limits: ProviderLimits): void {
    this.left = limits;
  }

  /** It asked to wait (429, 529), or can't be reached. */
  close(error: ModelCallError): void {
    const wait = error.facts.retryAfterMs ?? (error.code === 'unreachable' ? OUTAGE_WAIT_MS : DEFAULT_WAIT_MS);
    this.closedUntil = Math.max(this.closedUntil, this.options.now() + wait);
  }

  /** Epoch milliseconds; in the past: it is open. */
  get opensAt(): number {
    return this.closedUntil;
  }

  private waitFor(inputTokens: number): number {
    const now = this.options.now();
    if (this.closedUntil > now) return this.closedUntil - now;
    if (!this.isSpent(inputTokens)) return 0;
    const { resetAt = 0 } = this.left;
    if (resetAt <= now) this.left = {};
    return Math.max(0, resetAt - now);
  }

  private isSpent(inputTokens: number): boolean {
    const { requestsLeft = 1, inputTokensLeft = inputTokens, outputTokensLeft = 1 } = this.left;
    return requestsLeft < 1 || inputTokensLeft < inputTokens || outputTokensLeft < 1;
  }
}
