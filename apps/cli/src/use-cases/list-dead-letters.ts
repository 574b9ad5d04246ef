import { card } from '@squados/board';
import type { CliContext } from '../cli-context.js';
import type { LaneCommit } from '@squados/contracts';
import { failureLines, failureOf, type Failure } from '../views/first-failure.js';
import { commandName } from '../terminal/command-name.js';
import { requireProject } from '../views/project-of.js';
import { parkedIn, parkedLines, type Parked } from '../views/parked.js';
import { readFold } from './read-fold.js';
import { withReader, type Reading } from './with-reader.js';
import { placeOption, type PlaceOptions } from './place.js';

export interface DeadLetterOptions extends PlaceOptions {
  readonly json?: boolean;
}

interface DeadLetters {
  readonly project: string;
  readonly deadLetters: readonly Failure[];
  readonly parked: readonly Parked[];
}

/** Prints every dead letter with its failure, and what is parked with its bytes; answers how many there are. */
export const listDeadLetters = (context: CliContext, options: DeadLetterOptions): Promise<number> =>
  withReader(context, options, async (reading) => {
    const found = await deadLettersIn(reading);
    if (options.json) context.terminal.out(JSON.stringify(found, undefined, 2));
    else tell(context, found, placeOption(reading.folder));
    return found.deadLetters.length + found.parked.length;
  });

const deadLettersIn = async ({ log, folder }: Reading): Promise<DeadLetters> => {
  const unreadable: LaneCommit[] = [];
  const fold = await readFold(log, undefined, (commit) => {
    if (commit.events.some((event) => event.type === 'Unknown')) unreadable.push(commit);
  });
  const { view, record } = requireProject(fold, folder.root);
  const isDead = (id: Parameters<typeof card>[2]): boolean => card(fold.board, view.id, id)?.state === 'DEAD_LETTERED';
  const dead = [...record.cards.values()].filter(({ spec }) => isDead(spec.id));
  return {
    project: view.id,
    deadLetters: dead.map(failureOf),
    parked: unreadable.flatMap((commit) => parkedIn(commit, view.id)),
  };
};

const tell = ({ terminal }: CliContext, { deadLetters, parked }: DeadLetters, place: string): void => {
  for (const failure of deadLetters) for (const line of failureLines(failure, terminal.palette)) terminal.out(line);
  for (const message of parked) for (const line of parkedLines(message)) terminal.out(line);
  if (deadLetters.length > 0)
    terminal.err(`\nanother try: ${commandName()} retry <card> ${place}   (or --dead for all ${deadLetters.length})`);
  else if (parked.length === 0) terminal.out('no dead letters');
};
