import { budget, limits, type AttemptRecord } from '@squados/board';
import { tokensOf } from '@squados/contracts';
import type { CliContext } from '../cli-context.js';
import { printable } from '../terminal/sanitize.js';
import { table } from '../terminal/table.js';
import { usd } from '../terminal/usd.js';
import { costLines, costOf, limitLine } from '../views/cost.js';
import type { ProjectAt } from '../views/project-of.js';
import { readProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

/** What one model did in one attempt; rows add up to what was spent. */
interface Row {
  readonly agent: string;
  readonly card: string;
  readonly attempt: number;
  readonly model: string;
  readonly calls: number;
  readonly tokens: number;
  readonly nanoUsd: number;
}

/** `squados cost`: one line for each attempt and model, then the sums. */
export const showCost = async (
  context: CliContext,
  options: PlaceOptions & { readonly json?: boolean },
): Promise<void> => {
  const { fold, at } = await readProject(context, options);
  const money = budget(fold.board, at.view.id);
  const rows = rowsOf(at);
  const { terminal } = context;
  const set = limits(fold.board, at.view.id);
  if (options.json)
    return terminal.out(
      JSON.stringify(
        { project: at.view.id, rows, ...(money && { cost: costOf(money, at.record), limits: set }) },
        undefined,
        2,
      ),
    );
  if (!money) return terminal.out('no model was asked in this project');
  for (const line of table(HEADS, rows.map(cells))) terminal.out(line);
  for (const line of [...costLines(costOf(money, at.record)), ...set.map(limitLine)]) terminal.out(line);
};

const HEADS = [
  { title: 'AGENT' },
  { title: 'CARD' },
  { title: 'ATTEMPT', align: 'right' },
  { title: 'MODEL' },
  { title: 'CALLS', align: 'right' },
  { title: 'TOKENS', align: 'right' },
  { title: 'COST', align: 'right' },
] as const;

const cells = ({ agent, card, attempt, model, calls, tokens, nanoUsd }: Row): string[] => [
  printable(agent),
  printable(card),
  String(attempt),
  printable(model),
  String(calls),
  String(tokens),
  usd(nanoUsd),
];

const rowsOf = ({ record }: ProjectAt): readonly Row[] => {
  const rows = new Map<string, Row>();
  for (const [card, { spec, attempts }] of record.cards)
    for (const attempt of attempts)
      for (const { model, tokens, nanoUsd } of spentIn(attempt)) {
        const key = JSON.stringify([card, attempt.attempt, model]);
        const known = rows.get(key) ?? {
          ...{ agent: spec.agent, card, attempt: attempt.attempt, model },
          ...{ calls: 0, tokens: 0, nanoUsd: 0 },
        };
        rows.set(key, {
          ...known,
          calls: known.calls + 1,
          tokens: known.tokens + tokens,
          nanoUsd: known.nanoUsd + nanoUsd,
        });
      }
  return [...rows.values()];
};

interface Spent {
  readonly model: string;
  readonly tokens: number;
  readonly nanoUsd: number;
}

/** Calls that ended, and those whose end nobody told with all that was set aside for them. */
const spentIn = ({ calls = [], untold = [] }: AttemptRecord): readonly Spent[] => [
  ...calls.map(({ model, outcome, usage, nanoUsd }) => ({
    model,
    tokens: outcome === 'recorded' ? 0 : tokensOf(usage),
    nanoUsd,
  })),
  ...untold.map(({ model, reserved }) => ({ model, ...reserved })),
];
