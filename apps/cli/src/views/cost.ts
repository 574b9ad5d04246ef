import type { BudgetView, LimitView, ProjectRecord } from '@squados/board';
import { counted } from '../terminal/counted.js';
import { printable } from '../terminal/sanitize.js';
import { usd } from '../terminal/usd.js';

/** What models did and cost in a project, from its log alone. */
export interface Cost {
  readonly nanoUsd: number;
  readonly limitNanoUsd?: number;
  readonly calls: number;
  readonly recorded: number;
  readonly repairs: number;
  /** Of the prompts' tokens, the share that was read from the provider's cache, in percent. */
  readonly cacheReadPercent: number;
  /** What the judge said, of every version that came before it. */
  readonly judged: Judged;
  readonly byModel: Readonly<Record<string, number>>;
  readonly byAgent: Readonly<Record<string, number>>;
}

export interface Judged {
  readonly passed: number;
  readonly rejected: number;
  readonly referred: number;
}

const judgedIn = ({ cards }: ProjectRecord): Judged => {
  const verdicts = [...cards.values()].flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.verdicts));
  const given = (outcome: string): number =>
    verdicts.filter((verdict) => verdict.gate === 'judge' && verdict.outcome === outcome).length;
  return { passed: given('pass'), rejected: given('fail'), referred: given('refer') };
};

const judgedLines = ({ passed, rejected, referred }: Judged): readonly string[] =>
  passed + rejected + referred === 0
    ? []
    : [`            the judge passed ${passed}, rejected ${rejected}, referred ${referred}`];

export const costOf = (money: BudgetView, record: ProjectRecord): Cost => {
  const { cards } = record;
  const calls = [...cards.values()].flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.calls ?? []));
  const live = calls.filter(({ outcome }) => outcome === 'answered');
  const prompts = live.map(({ usage: u }) => u.input + u.cacheRead + u.cacheWrite5m + u.cacheWrite1h);
  const read = live.reduce((sum, { usage }) => sum + usage.cacheRead, 0);
  const untold = [...cards.values()].flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.untold ?? []));
  const byModel: Record<string, number> = {};
  const charged = [...calls, ...untold.map(({ model, reserved }) => ({ model, nanoUsd: reserved.nanoUsd }))];
  for (const { model, nanoUsd } of charged) byModel[model] = (byModel[model] ?? 0) + nanoUsd;
  const limit = money.limits.find(({ scope }) => scope.kind === 'project')?.nanoUsd;
  return {
    nanoUsd: money.spent.nanoUsd,
    ...(limit === undefined ? {} : { limitNanoUsd: limit }),
    calls: live.length,
    recorded: calls.filter(({ outcome }) => outcome === 'recorded').length,
    repairs: new Set(calls.filter(({ purpose }) => purpose === 'repair').map(({ request }) => request)).size,
    cacheReadPercent: Math.round(
      (read * 100) /
        Math.max(
          1,
          prompts.reduce((a, b) => a + b, 0),
        ),
    ),
    judged: judgedIn(record),
    byModel,
    byAgent: Object.fromEntries([...money.byAgent].map(([agent, spend]) => [agent, spend.nanoUsd])),
  };
};

const SCOPES = { project: 'the project', epic: 'epic', agent: 'agent', card: 'card' } as const;

/** `limit of agent backend: $0.30 of $1.00`. */
export const limitLine = ({ scope, nanoUsd, tokens, spent }: LimitView): string => {
  const whose = scope.kind === 'project' ? SCOPES.project : `${SCOPES[scope.kind]} ${printable(scope.name)}`;
  const amounts = [
    ...(nanoUsd === undefined ? [] : [`${usd(spent.nanoUsd)} of ${usd(nanoUsd)}`]),
    ...(tokens === undefined ? [] : [`${spent.tokens} of ${counted(tokens, 'token')}`]),
  ];
  return `  limit of ${whose}: ${amounts.join(', ')}`;
};

export const costLines = (cost: Cost): readonly string[] => {
  const of = cost.limitNanoUsd === undefined ? '' : ` of ${usd(cost.limitNanoUsd)}`;
  const recorded = cost.recorded > 0 ? `, ${cost.recorded} answered from the record` : '';
  const mended = cost.repairs > 0 ? `, ${cost.repairs} of them to mend` : '';
  const models = Object.entries(cost.byModel).map(([model, nanoUsd]) => `${model} ${usd(nanoUsd)}`);
  return [
    `  cost      ${usd(cost.nanoUsd)}${of}: ${counted(cost.calls, 'call')}${recorded}${mended}, ${cost.cacheReadPercent} % of the prompts read from the cache`,
    ...(models.length > 0 ? [`            ${models.join(', ')}`] : []),
    ...judgedLines(cost.judged),
  ];
};
