import { createHash } from 'node:crypto';
import type { Piece } from './tokens.js';

/** How the prompt of one request is billed. */
export interface CacheUse {
  readonly read: number;
  readonly write5m: number;
  readonly write1h: number;
  /** Neither read nor written. */
  readonly input: number;
}

interface Entry {
  readonly ttl: '5m' | '1h';
  expiresAt: number;
}

const TTL_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const;
/** How many pieces before a breakpoint are looked at for an entry. */
const LOOKBACK = 20;

interface Prefix {
  readonly key: string;
  /** Tokens from the start to here. */
  readonly tokens: number;
  readonly breakpoint?: '5m' | '1h';
}

/**
 * The prompt cache by its documented rules: a prefix is read only when every byte before a breakpoint is the same (tools, system
 * and messages, in this order, for one model), from the longest entry at most 20 pieces before a breakpoint; prefixes below the
 * minimum are not cached; an entry lives 5 minutes or 1 hour and a read renews it; it can be read once the answer that writes it
 * has begun.
 */
export class PromptCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly now: () => number) {}

  /** What a request would read and write now. `commit` makes its entries readable: call it when the answer begins. */
  use(model: string, minTokens: number, pieces: readonly Piece[]): CacheUse & { commit(): void } {
    const prefixes = prefixesOf(model, pieces);
    const hit = this.longestHit(prefixes);
    const cacheable = prefixes.filter(({ breakpoint, tokens }) => breakpoint && tokens >= minTokens);
    const read = hit?.tokens ?? 0;
    const longTerm = cacheable.findLast(({ breakpoint, tokens }) => breakpoint === '1h' && tokens > read);
    const last = cacheable.at(-1);
    const write1h = Math.max(0, (longTerm?.tokens ?? read) - read);
    const write5m = Math.max(0, (last?.tokens ?? 0) - read - write1h);
    const total = prefixes.at(-1)?.tokens ?? 0;
    const commit = (): void => {
      if (hit) this.renew(hit.key);
      for (const prefix of cacheable) this.write(prefix);
    };
    return { read, write5m, write1h, input: total - read - write5m - write1h, commit };
  }

  private longestHit(prefixes: readonly Prefix[]): Prefix | undefined {
    for (let at = prefixes.length - 1; at >= 0; at--) {
      if (!prefixes[at]?.breakpoint) continue;
      for (let back = at; back >= Math.max(0, at - LOOKBACK); back--) {
        const prefix = prefixes[back];
        if (prefix && this.isReadable(prefix.key)) return prefix;
      }
    }
    return undefined;
  }

  private isReadable(key: string): boolean {
    const entry = this.entries.get(key);
    return entry !== undefined && entry.expiresAt > this.now();
  }

  private renew(key: string): void {
    const entry = this.entries.get(key);
    if (entry) entry.expiresAt = this.now() + TTL_MS[entry.ttl];
  }

  private write({ key, breakpoint }: Prefix): void {
    if (!breakpoint || this.isReadable(key)) return;
    this.entries.set(key, { ttl: breakpoint, expiresAt: this.now() + TTL_MS[breakpoint] });
  }
}

const prefixesOf = (model: string, pieces: readonly Piece[]): readonly Prefix[] => {
  const hash = createHash('sha256').update(model);
  let tokens = 0;
  return pieces.map(({ text, tokens: own, breakpoint }) => {
    hash.update('\0').update(text);
    tokens += own;
    return { key: hash.copy().digest('hex'), tokens, ...(breakpoint && { breakpoint }) };
  });
};
