import type { AgentName, CardId, TokenUsage } from '@squados/contracts';
import data from './models.json' with { type: 'json' };

export type ModelTask = keyof typeof data.tasks;

/** US dollars for a million tokens. */
interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly write5m: number;
  readonly write1h: number;
}

interface Price extends Rates {
  /** First day, UTC. */
  readonly from: string;
  /** Another rate for prompts (cached tokens count) of more than `above` tokens. */
  readonly long?: Rates & { readonly above: number };
}

export interface ModelFacts {
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly prices: readonly Price[];
}

/** Other models than the ones of `models.json`: for a card, else for an agent. */
export interface ModelChoices {
  readonly agents?: Readonly<Record<string, string>>;
  readonly cards?: Readonly<Record<string, string>>;
}

const MODELS: Readonly<Record<string, ModelFacts>> = data.models;
const AGENTS: Readonly<Record<string, string>> = data.agents;

export const KNOWN_MODELS: readonly string[] = Object.keys(MODELS);

/** @throws Error for a model that `models.json` has no prices of: what it costs could not be kept within a budget. */
export const factsOf = (model: string): ModelFacts => {
  const facts = MODELS[model];
  if (!facts)
    throw new Error(`model ${model} is not in models.json (known: ${KNOWN_MODELS.join(', ')}): add its prices first`);
  return facts;
};

/** Who writes a card. */
export const modelFor = (agent: AgentName, card: CardId, choices: ModelChoices): string => {
  const chosen = choices.cards?.[card] ?? choices.agents?.[agent];
  return chosen ?? modelOf((AGENTS[agent] ?? 'code') as ModelTask);
};

export const modelOf = (task: ModelTask): string => data.tasks[task];

/** Who judges what a model wrote: another one. */
export const judgeOf = (author: string | undefined): string =>
  author === modelOf('judgement') ? modelOf('code') : modelOf('judgement');

const NANO_USD_PER_TOKEN = 1_000;

/** What tokens cost at a time, in billionths of a US dollar, rounded up. */
export const costOf = (model: string, usage: TokenUsage, at: number): number => {
  const price = priceAt(model, at);
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
  const rates = price.long && prompt > price.long.above ? price.long : price;
  const millionths =
    usage.input * rates.input +
    usage.output * rates.output +
    usage.cacheRead * rates.cacheRead +
    usage.cacheWrite5m * rates.write5m +
    usage.cacheWrite1h * rates.write1h;
  return Math.ceil(Number((millionths * NANO_USD_PER_TOKEN).toFixed(3)));
};

/** The latest price that has begun; before the first one, the first. */
const priceAt = (model: string, at: number): Price => {
  const { prices } = factsOf(model);
  const day = new Date(at).toISOString().slice(0, 10);
  const price = prices.findLast(({ from }) => from <= day) ?? prices[0];
  if (!price) throw new Error(`model ${model} has no price in models.json`);
  return price;
};
