import { budget } from '@squados/board';
import { tokensOf } from '@squados/contracts';
import type { CliContext } from '../cli-context.js';
import { printable } from '../terminal/sanitize.js';
import { table } from '../terminal/table.js';
import { usd } from '../terminal/usd.js';
import { costLines, costOf } from '../views/cost.js';
import type { ProjectAt } from '../views/project-of.js';
import { readProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

interface Row {
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
  if (options.json)
    return terminal.out(
      JSON.stringify({ project: at.view.id, rows, ...(money && { cost: costOf(money, at.record) }) }, undefined, 2),
    );
  if (!money) return terminal.out('no model was asked in this project');
  for (const line of table(HEADS, rows.map(cells))) terminal.out(line);
  for (const line of costLines(costOf(money, at.record))) terminal.out(line);
};

const HEADS = [
  { title: 'CARD' },
  { title: 'ATTEMPT', align: 'right' },
  { title: 'MODEL' },
  { title: 'CALLS', align: 'right' },
  { title: 'TOKENS', align: 'right' },
  { title: 'COST', align: 'right' },
] as const;

const cells = ({ card, attempt, model, calls, tokens, nanoUsd }: Row): string[] => [
  printable(card),
  String(attempt),
  printable(model),
  String(calls),
  String(tokens),
  usd(nanoUsd),
];

const rowsOf = ({ record }: ProjectAt): readonly Row[] => {
  const rows = new Map<string, Row>();
  for (const [card, { attempts }] of record.cards)
    for (const { attempt, calls = [] } of attempts)
      for (const { model, outcome, usage, nanoUsd } of calls) {
        const key = JSON.stringify([card, attempt, model]);
        const known = rows.get(key) ?? { card, attempt, model, calls: 0, tokens: 0, nanoUsd: 0 };
        const tokens = outcome === 'recorded' ? 0 : tokensOf(usage);
        rows.set(key, {
          ...known,
          calls: known.calls + 1,
          tokens: known.tokens + tokens,
          nanoUsd: known.nanoUsd + nanoUsd,
        });
      }
  return [...rows.values()];
};
