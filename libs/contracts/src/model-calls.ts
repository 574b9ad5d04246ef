import type { Sha256 } from './ids.js';

/** What a model was asked for: to write, to mend what gates found, to judge, to find the cause of a failure. */
export const CALL_PURPOSES = ['author', 'repair', 'judge', 'debugger'] as const;
export type CallPurpose = (typeof CALL_PURPOSES)[number];

/** Tokens of one call as the provider counted them; `input` holds neither what was read from its cache nor what was written to it. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
}

/** Money in billionths of a US dollar (whole numbers, so that sums are exact) and tokens of every kind together. */
export interface Spend {
  readonly nanoUsd: number;
  readonly tokens: number;
}

/** A call that is about to be made, in the log before it is: should nobody live to tell its end, it is charged in full. */
export interface ModelCallBegun {
  readonly attempt: number;
  /** Counts up over the attempt from 1, over deliveries too. */
  readonly call: number;
  readonly purpose: CallPurpose;
  readonly model: string;
  /** SHA-256 of the request's canonical JSON; the artifact store holds it under this hash. */
  readonly request: Sha256;
  /** The most that it can cost. */
  readonly reserved: Spend;
}

/** How a call ended and what it cost. */
export interface ModelCalled {
  readonly attempt: number;
  readonly call: number;
  readonly purpose: CallPurpose;
  readonly model: string;
  readonly request: Sha256;
  /** `recorded`: answered from an earlier call with the same request, at no cost. */
  readonly outcome: 'answered' | 'recorded' | 'failed';
  /** What came back; the artifact store holds it. Absent when nothing did. */
  readonly response?: Sha256;
  readonly stopReason?: string;
  readonly usage: TokenUsage;
  readonly nanoUsd: number;
  /** Nobody told what it used: the whole reservation is charged. */
  readonly estimated?: true;
  readonly durationMs: number;
  /** With `failed`: `overloaded`, `cut-off`, … */
  readonly code?: string;
  readonly message?: string;
}

/** What a limit holds for; an epic's for its card and whatever is a part of it, by `parent`. */
export type BudgetScope =
  | { readonly kind: 'project' }
  | { readonly kind: 'epic'; readonly name: string }
  | { readonly kind: 'agent'; readonly name: string }
  | { readonly kind: 'card'; readonly name: string };

export const tokensOf = ({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: TokenUsage): number =>
  input + output + cacheRead + cacheWrite5m + cacheWrite1h;

export const NANO_USD = 1_000_000_000;
