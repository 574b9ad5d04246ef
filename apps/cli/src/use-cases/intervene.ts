import { card } from '@squados/board';
import type { CardId, Command } from '@squados/contracts';
import { CliError } from '../cli-error.js';
import type { CliContext } from '../cli-context.js';
import { commandName } from '../terminal/command-name.js';
import { printable } from '../terminal/sanitize.js';
import { actorOf } from './actor.js';
import { requireCard } from './require-card.js';
import { submit, type Submitted } from './submit.js';
import { readProject, type FoldedProject } from './with-reader.js';
import { placeOption, type PlaceOptions } from './place.js';

interface Common extends PlaceOptions {
  readonly json?: boolean;
  readonly reason: string;
}

export interface CardIntervention extends Common {
  readonly type: 'SkipCard' | 'RetryCard';
  /** `dead`: every dead letter. */
  readonly cards: readonly string[] | 'dead';
}

export interface ProjectIntervention extends Common {
  readonly type: 'PauseProject' | 'ResumeProject';
  readonly now?: boolean;
}

/** @throws CliError when a card is unknown or one of the commands is rejected; those before it stand. */
export const interveneOnCard = async (context: CliContext, wanted: CardIntervention): Promise<void> => {
  const project = await readProject(context, wanted);
  const ids = wantedCards(project, wanted);
  const by = actorOf(context.env);
  const done: (Submitted & { card: CardId })[] = [];
  for (const id of ids) {
    const command: Command = { type: wanted.type, project: project.at.view.id, card: id, by, reason: wanted.reason };
    done.push({ card: id, ...(await submit(project.folder, command)) });
  }
  const verb = wanted.type === 'SkipCard' ? 'skipped' : 'will be tried again';
  tellRecorded({
    context,
    json: wanted.json,
    project,
    results: done,
    lines: ids.map((id) => `${printable(id)} ${verb}`),
  });
};

const wantedCards = (project: FoldedProject, { cards: ids }: CardIntervention): readonly CardId[] => {
  if (ids !== 'dead') {
    if (ids.length === 0)
      throw new CliError('no card was named', {
        remedy: ['name cards, or use --dead for every dead letter; squados dlq lists them'],
      });
    return ids.map((id) => requireCard(project.fold, project.at, id).id);
  }
  return [...project.at.record.cards.keys()].filter(
    (id) => card(project.fold.board, project.at.view.id, id)?.state === 'DEAD_LETTERED',
  );
};

export const interveneOnProject = async (context: CliContext, wanted: ProjectIntervention): Promise<void> => {
  const project = await readProject(context, wanted);
  const base = { project: project.at.view.id, by: actorOf(context.env), reason: wanted.reason };
  const command: Command =
    wanted.type === 'PauseProject'
      ? { type: 'PauseProject', ...base, now: wanted.now === true }
      : { type: 'ResumeProject', ...base };
  const result = await submit(project.folder, command);
  const line = wanted.type === 'PauseProject' ? 'paused: nothing more is enqueued' : 'resumed';
  tellRecorded({ context, json: wanted.json, project, results: [result], lines: [line] });
};

/** What was recorded, and how to go on when no process runs the folder. */
export const tellRecorded = (told: {
  readonly context: CliContext;
  readonly json: boolean | undefined;
  readonly project: FoldedProject;
  readonly results: readonly (Submitted & { readonly card?: CardId })[];
  readonly lines: readonly string[];
}): void => {
  const { terminal } = told.context;
  if (told.json)
    return terminal.out(JSON.stringify({ project: told.project.at.view.id, recorded: told.results }, undefined, 2));
  for (const line of told.lines) terminal.out(line);
  const offline = told.results.some((result) => result.via === 'log');
  if (offline)
    terminal.err(`recorded; nothing runs now. Go on with: ${commandName()} up ${placeOption(told.project.folder)}`);
};
