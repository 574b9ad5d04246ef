import { card, reach, type CardView } from '@squados/board';
import type { CardId, CardSpec } from '@squados/contracts';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { EXIT } from '../exit-codes.js';
import { correctionsFor, textDiff, type Correction } from '../input/corrected-cards.js';
import { correctedCards } from '../input/corrected-input.js';
import { confirm } from '../terminal/confirm.js';
import { printable, shorten } from '../terminal/sanitize.js';
import { actorOf } from './actor.js';
import { tellRecorded } from './intervene.js';
import { requireCard } from './require-card.js';
import { submit, type Submitted } from './submit.js';
import { projectOf, withReader, type FoldedProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface RetryFromOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly reason: string;
  /** The corrected backlog or requirements document. */
  readonly from: string;
}

const MOST_LINES = 40;
const WIDTH = 160;

interface Plan {
  readonly project: FoldedProject;
  readonly view: CardView;
  readonly corrections: readonly Correction[];
  /** Corrected cards that the wanted one builds on: they are made again, and it with them. None: it is only tried again. */
  readonly roots: readonly CardId[];
  readonly reach: readonly CardId[];
}

/**
 * Takes the text of a card, or of the cards that it was derived from, from a corrected file: shows the difference, changes the
 * cards, and lets the first of them that changed run again with everything built on it.
 */
export const retryFromFile = async (context: CliContext, id: string, options: RetryFromOptions): Promise<void> => {
  const plan = await planOf(context, id, options);
  if (!options.json) for (const line of previewLines(plan)) context.terminal.err(line);
  if (plan.roots.length > 0 && !options.yes && !(await agreed(context)))
    throw new CliError('nothing was recorded', { exitCode: EXIT.stopped, code: 'declined' });
  const results = await record(context, plan, options);
  const { project, view, corrections, reach: reached } = plan;
  const again = plan.roots.length > 0 ? `${reached.length} cards go back to the start` : 'it will be tried again';
  const lines = [printable(`${corrections.map((one) => one.after.id).join(', ')} changed; ${view.id}: ${again}`)];
  tellRecorded({ context, json: options.json, project, results, lines });
};

const planOf = (context: CliContext, id: string, options: RetryFromOptions): Promise<Plan> =>
  withReader(context, options, async (reading) => {
    const project = await projectOf(reading);
    const given = await correctedCards({ cwd: context.cwd, file: options.from, ...project, ...reading });
    return planFor(project, { id, given, from: options.from });
  });

const planFor = (
  project: FoldedProject,
  { id, given, from }: { readonly id: string; readonly given: readonly CardSpec[]; readonly from: string },
): Plan => {
  const view = requireCard(project.fold, project.at, id);
  const recorded = new Map([...project.at.record.cards].map(([of, { spec }]) => [of, spec]));
  const corrections = correctionsFor(view.id, recorded, given);
  if (corrections.length === 0) throw nothingNew(view.id, from);
  const roots = rootsOf(project, view.id, corrections);
  const reached = roots.flatMap((root) => reach(project.fold.board, project.at.view.id, root));
  return { project, view, corrections, roots, reach: [...new Set(reached)] };
};

const nothingNew = (id: CardId, file: string): CliError =>
  new CliError(`${file}: it says of ${id}, and of what that builds on, what the log says`, {
    code: 'nothing-to-do',
    remedy: ['correct the text in the file first, or try again as it is: leave --from out'],
  });

/** Corrected cards that were made already and so have to be made again; not the wanted card, nor what follows from another root. */
const rootsOf = (project: FoldedProject, wanted: CardId, corrections: readonly Correction[]): readonly CardId[] => {
  const { board } = project.fold;
  const of = project.at.view.id;
  const made = corrections
    .map((one) => one.after.id)
    .filter((id) => id !== wanted && card(board, of, id)?.state !== 'TODO');
  return made.filter((id) => !made.some((other) => other !== id && reach(board, of, other).includes(id)));
};

const previewLines = ({ corrections, roots, reach: reached }: Plan): readonly string[] => [
  ...corrections.flatMap((one) => {
    const diff = textDiff(one);
    const more = diff.length - MOST_LINES;
    return [
      printable(one.after.id),
      ...diff.slice(0, MOST_LINES).map((line) => `  ${shorten(line, WIDTH)}`),
      ...(more > 0 ? [`  and ${more} more lines`] : []),
    ];
  }),
  ...(roots.length > 0 ? [`goes back to the start: ${printable(reached.join(', '))}`] : []),
];

/** Each text first, then the new start: a crash in between leaves changed cards that are STALE until somebody goes on. */
const record = async (
  context: CliContext,
  { project, view, corrections, roots, reach: reached }: Plan,
  { reason }: RetryFromOptions,
): Promise<readonly (Submitted & { readonly card: CardId })[]> => {
  const by = actorOf(context.env);
  const about = { project: project.at.view.id, by, reason };
  const results: (Submitted & { readonly card: CardId })[] = [];
  const change = async (spec: CardSpec): Promise<void> => {
    results.push({ card: spec.id, ...(await submit(project.folder, { type: 'ChangeCard', ...about, spec })) });
  };
  for (const { after } of corrections) await change(after);
  const shown = roots.length === 1 ? { shown: reached } : {}; // the second reach depends on the first rollback
  for (const root of roots)
    results.push({
      card: root,
      ...(await submit(project.folder, { type: 'RollBack', ...about, card: root, ...shown })),
    });
  if (roots.length === 0)
    results.push({ card: view.id, ...(await submit(project.folder, { type: 'RetryCard', ...about, card: view.id })) });
  return results;
};

const agreed = (context: CliContext): Promise<boolean> => {
  if (context.terminal.canAsk) return confirm('Change the text and make these cards again?');
  throw new CliError('this is no terminal, so nobody can be asked', { remedy: ['add --yes'], code: 'needs-yes' });
};
