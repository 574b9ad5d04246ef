/**
 * What the service knows of its models. On purpose not read from the author's `models.json`: the stub is the other party, and a
 * wrong price or limit there must show as a difference.
 */
export interface StubModel {
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** Shortest prefix that is cached, in tokens. */
  readonly minCacheTokens: number;
  /** Thinking can't be switched off, forced tool use is refused. */
  readonly alwaysThinks: boolean;
  /** Values of `thinking.type` that it takes. */
  readonly thinking: readonly string[];
  readonly price: StubPrice;
  /** Prompts above `tokens` (cached ones count) cost this instead. */
  readonly longPrompt?: { readonly tokens: number; readonly price: StubPrice };
}

/** USD for a million tokens. */
export interface StubPrice {
  readonly input: number;
  readonly output: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly read: number;
}

const MILLION = 1_000_000;
const price = (input: number, output: number, read: number): StubPrice => ({
  input,
  output,
  write5m: input * 1.25,
  write1h: input * 2,
  read,
});

const limits = { contextTokens: MILLION, maxOutputTokens: 128_000, minCacheTokens: 1_024 };

/** As published in November 2026. */
export const STUB_MODELS: Readonly<Record<string, StubModel>> = {
  'claude-opus-5-5': { ...limits, alwaysThinks: true, thinking: ['adaptive'], price: price(4, 20, 0.2) },
  'claude-sonnet-5-5': {
    ...limits,
    ...{ alwaysThinks: true, thinking: ['adaptive', 'between_tools'], price: price(2, 10, 0.1) },
  },
  'claude-haiku-5-5': {
    ...limits,
    alwaysThinks: false,
    thinking: ['adaptive', 'disabled'],
    price: price(0.1, 0.5, 0.01),
    longPrompt: { tokens: 100_000, price: price(0.5, 2.5, 0.05) },
  },
};

export interface StubUsage {
  readonly input: number;
  readonly output: number;
  readonly read: number;
  readonly write5m: number;
  readonly write1h: number;
}

const NANO_PER_USD_AND_MILLION = 1_000;

/** What a call costs, in billionths of a US dollar. */
export const billedNanoUsd = (model: StubModel, usage: StubUsage): number => {
  const prompt = usage.input + usage.read + usage.write5m + usage.write1h;
  const rate = model.longPrompt && prompt > model.longPrompt.tokens ? model.longPrompt.price : model.price;
  const perMillion =
    usage.input * rate.input +
    usage.output * rate.output +
    usage.read * rate.read +
    usage.write5m * rate.write5m +
    usage.write1h * rate.write1h;
  return Math.round(perMillion * NANO_PER_USD_AND_MILLION);
};
