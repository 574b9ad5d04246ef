import { NANO_USD, type RunPolicy } from '@squados/contracts';
import { CliError } from '../cli-error.js';
import { SOLO_AGENTS } from '../solo/solo-agents.js';
import { usd } from '../terminal/usd.js';

/** Who writes in this run. */
export type AuthorSetup =
  | { readonly kind: 'offline'; readonly why: string }
  | {
      readonly kind: 'claude';
      readonly apiKey: string;
      readonly baseUrl?: string;
      readonly choices: { readonly agents: Record<string, string>; readonly cards: Record<string, string> };
      readonly budgetNanoUsd: number;
    }
  /** Answers of models come from the log of this folder, and from nowhere else. */
  | { readonly kind: 'recorded'; readonly folder: string };

/** Services elsewhere write as they are configured; those with a key ask Claude where a project has a budget. */
export interface ServicesSetup {
  readonly kind: 'services';
  /** Absent: no model may be asked. */
  readonly budgetNanoUsd?: number;
}

export interface AuthorOptions {
  readonly author?: string;
  readonly budget?: string;
  readonly model?: readonly string[];
}

/** What a run may cost where nobody said so, in US dollars. */
export const DEFAULT_BUDGET_USD = 5;
const ATTEMPTS_IN_BUDGET = 5;
const MOST_PER_ATTEMPT = 2 * NANO_USD;

/**
 * Claude when there is a key, else the offline author; `--author offline` leaves a key unused.
 * @throws CliError for what is not understood, and for `--author claude` without a key
 */
export const authorOf = (env: NodeJS.ProcessEnv, options: AuthorOptions): AuthorSetup => {
  requireKnown(options.author);
  if (options.author === 'offline') return { kind: 'offline', why: 'asked for' };
  const apiKey = trimmed(env['ANTHROPIC_API_KEY']);
  if (apiKey === undefined) return withoutKey(options);
  const baseUrl = trimmed(env['ANTHROPIC_BASE_URL']);
  return {
    kind: 'claude',
    apiKey,
    ...(baseUrl !== undefined && { baseUrl }),
    choices: choicesOf(options.model),
    budgetNanoUsd: budgetOf(options.budget) ?? DEFAULT_BUDGET_USD * NANO_USD,
  };
};

/** What a project is begun with that services elsewhere run: a limit that was asked for, or the usual one where there is a key here. */
export const authorOfServices = (env: NodeJS.ProcessEnv, { budget }: Pick<AuthorOptions, 'budget'>): ServicesSetup => {
  const hasKey = trimmed(env['ANTHROPIC_API_KEY']) !== undefined;
  const budgetNanoUsd = budgetOf(budget) ?? (hasKey ? DEFAULT_BUDGET_USD * NANO_USD : undefined);
  return { kind: 'services', ...(budgetNanoUsd !== undefined && { budgetNanoUsd }) };
};

const trimmed = (text: string | undefined): string | undefined => text?.trim() || undefined;

const requireKnown = (author: string | undefined): void => {
  if (author === undefined || author === 'claude' || author === 'offline') return;
  throw new CliError(`--author: ${JSON.stringify(author)} is not known`, {
    code: 'usage',
    remedy: ['claude or offline'],
  });
};

const withoutKey = ({ author }: AuthorOptions): AuthorSetup => {
  if (author !== 'claude') return { kind: 'offline', why: 'no ANTHROPIC_API_KEY is set' };
  throw new CliError('--author claude: no ANTHROPIC_API_KEY is set', {
    code: 'no-key',
    remedy: ['set ANTHROPIC_API_KEY, or leave --author out to use the offline author'],
  });
};

/** `--budget` (or another `option`) in billionths of a US dollar. @throws CliError for what is no amount */
export const budgetOf = (text: string | undefined, option = '--budget'): number | undefined => {
  if (text === undefined) return undefined;
  const amount = /^\d{1,6}(?:\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  if (amount > 0) return Math.round(amount * NANO_USD);
  throw new CliError(`${option}: ${JSON.stringify(text)} is no amount`, {
    code: 'usage',
    remedy: ['US dollars with a point: 5 or 0.50'],
  });
};

/** A model takes minutes for a long answer, and an attempt has several. */
const DEADLINE_WITH_MODEL_MS = 60 * 60_000;

/** The rules of a run as its author needs them. */
export const policyFor = (setup: AuthorSetup | ServicesSetup, policy: RunPolicy): RunPolicy =>
  mayAsk(setup) ? { ...policy, attemptDeadlineMs: DEADLINE_WITH_MODEL_MS } : policy;

/** What a project is begun with. */
export const budgetOfAuthor = (setup: AuthorSetup | ServicesSetup): { readonly budgetNanoUsd?: number } =>
  mayAsk(setup) ? { budgetNanoUsd: setup.budgetNanoUsd } : {};

const mayAsk = <S extends AuthorSetup | ServicesSetup>(setup: S): setup is S & { readonly budgetNanoUsd: number } =>
  'budgetNanoUsd' in setup && setup.budgetNanoUsd !== undefined;

/** The most that one attempt may take of a budget: a fifth, but as long as there is half a dollar, that. */
export const perAttemptOf = (nanoUsd: number): number => {
  const share = Math.max(Math.ceil(nanoUsd / ATTEMPTS_IN_BUDGET), Math.min(nanoUsd, NANO_USD / 2));
  return Math.min(MOST_PER_ATTEMPT, share);
};

const CHOICE = /^([\w-]{1,100})=([a-z0-9.-]{1,80})$/;

/** `backend=claude-…` is an agent's, `BE-003=claude-…` a card's. */
const choicesOf = (pairs: readonly string[] = []): Extract<AuthorSetup, { kind: 'claude' }>['choices'] => {
  const choices = { agents: {} as Record<string, string>, cards: {} as Record<string, string> };
  for (const pair of pairs) {
    const [, name, model] = CHOICE.exec(pair) ?? [];
    if (name === undefined || model === undefined)
      throw new CliError(`--model: ${JSON.stringify(pair)} is not understood`, {
        code: 'usage',
        remedy: ['for example: --model backend=claude-sonnet-5-5 BE-003=claude-haiku-5-5'],
      });
    (isAgent(name) ? choices.agents : choices.cards)[name] = model;
  }
  return choices;
};

/** Ids of cards hold a digit or a capital. @throws CliError for a name that is neither an agent's nor a card's */
const isAgent = (name: string): boolean => {
  if (SOLO_AGENTS.some((agent) => agent === name)) return true;
  if (!/^[a-z]+$/.test(name)) return false;
  throw new CliError(`--model: ${JSON.stringify(name)} is no agent`, {
    code: 'usage',
    remedy: [`agents: ${SOLO_AGENTS.join(', ')}; or the id of a card`],
  });
};

/** Says plainly who writes. */
export const authorLine = (setup: AuthorSetup | ServicesSetup): string => {
  if (setup.kind === 'services') return servicesLine(setup);
  if (setup.kind === 'offline') return `author: offline, no model is asked (${setup.why})`;
  if (setup.kind === 'recorded') return `author: recorded, answers come from ${setup.folder}; no model is asked`;
  const at = setup.baseUrl === undefined ? '' : ` at ${new URL(setup.baseUrl).host}`;
  return `author: Claude${at}, at most ${usd(setup.budgetNanoUsd)} (--budget)`;
};

const servicesLine = ({ budgetNanoUsd }: ServicesSetup): string =>
  budgetNanoUsd === undefined
    ? 'author: offline, no model is asked: no budget is given (--budget)'
    : `author: Claude where the services hold a key, at most ${usd(budgetNanoUsd)} (--budget); offline where they hold none`;
