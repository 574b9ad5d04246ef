import { position } from '@squados/contracts';
import { card, cards } from '@squados/board';
import { CliError } from '../cli-error.js';
import type { CliContext } from '../cli-context.js';
import { shorten } from '../terminal/sanitize.js';
import { table } from '../terminal/table.js';
import { progressOf } from '../views/progress.js';
import { countsText } from '../views/state-words.js';
import type { Until } from './read-fold.js';
import { readProject, type FoldedProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface ReplayOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly to?: string;
  readonly cards?: boolean;
}

export const replay = async (context: CliContext, options: ReplayOptions): Promise<void> => {
  const project = await readProject(context, options, untilOf(options.to));
  const progress = progressOf(project.fold, project.at);
  const { terminal } = context;
  if (options.json) {
    const as = { position: project.fold.position, project: project.at.view.id, ...progress, cards: statesOf(project) };
    return terminal.out(JSON.stringify(as, undefined, 2));
  }
  terminal.out(
    `${terminal.palette.bold(shorten(progress.title, 100))}  ${progress.status}, as of position ${project.fold.position}`,
  );
  terminal.out(`  cards  ${progress.total}: ${countsText(progress.byState)}`);
  if (options.cards) for (const line of cardTable(project)) terminal.out(line);
};

/** @throws CliError for what is neither a position nor a time. */
export const untilOf = (to: string | undefined): Until | undefined => {
  if (to === undefined) return undefined;
  if (/^\d{1,15}$/.test(to)) return { position: position(Number(to)) };
  const time = Date.parse(to);
  if (Number.isFinite(time)) return { time };
  throw new CliError(`--to: ${JSON.stringify(to)} is neither a position nor a time`, {
    code: 'usage',
    remedy: ['for example: --to 120, or --to 2025-01-31T12:00:00Z'],
  });
};

interface CardState {
  readonly id: string;
  readonly state: string;
  readonly attempt: number;
}

const statesOf = ({ fold, at }: FoldedProject): readonly CardState[] =>
  [...cards(fold.board, at.view.id)].map((id) => {
    const seen = card(fold.board, at.view.id, id);
    return { id, state: seen?.state ?? '', attempt: seen?.attempt ?? 0 };
  });

const cardTable = (project: FoldedProject): readonly string[] =>
  table(
    [{ title: 'CARD' }, { title: 'STATE' }, { title: 'ATTEMPT', align: 'right' }],
    statesOf(project).map((c) => [shorten(c.id, 40), c.state, String(c.attempt)]),
  );
