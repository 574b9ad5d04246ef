import { card, cards, emptyBoard, evolveAll, position, projects, restore, snapshot, type Board } from '@squados/board';
import { fileBlobs } from '@squados/artifacts';
import { position as at, START, type Position } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { FoldSnapshots, silentLogger } from '@squados/orchestrator';
import type { CliContext } from '../cli-context.js';
import type { DataFolder } from '../solo/data-folder.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printable } from '../terminal/sanitize.js';
import { verifyLog, type CardStates, type Violation } from '../verify/index.js';
import { differences } from './compare-boards.js';
import { withReader, type Reading } from './with-reader.js';
import { isOnNats, type PlaceOptions } from './place.js';

export interface VerifyOptions extends PlaceOptions {
  readonly json?: boolean;
}

interface Check {
  readonly name: string;
  readonly problems: readonly string[];
}

interface Verdict {
  readonly position: Position;
  readonly sound: boolean;
  readonly commits: number;
  readonly events: number;
  readonly cards: number;
  readonly races: number;
  readonly checks: readonly Check[];
}

/** Checks a folder's log; exit code 2 when something is wrong. Reads only. */
export const verifyFolder = (context: CliContext, options: VerifyOptions): Promise<ExitCode> =>
  withReader(context, options, async (reading) => {
    const verdict = await judged(reading);
    const { terminal } = context;
    if (options.json) terminal.out(JSON.stringify(verdict, undefined, 2));
    else for (const line of verdictLines(verdict)) terminal.out(line);
    return verdict.sound ? EXIT.done : EXIT.input;
  });

const verdictLines = ({ checks, commits, events, cards: count, races, sound }: Verdict): readonly string[] => [
  ...checks.flatMap(({ name, problems }) => [
    `${problems.length === 0 ? '✓' : '✗'} ${name}`,
    ...problems.map((problem) => `    ${problem}`),
  ]),
  `${sound ? 'sound' : 'NOT SOUND'}: ${commits} commits, ${events} events, ${count} cards, ${races} harmless races`,
];

/** Everything is compared as of one head: a process may go on writing meanwhile. */
const judged = async ({ log, folder }: Reading): Promise<Verdict> => {
  const head = await log.head();
  const whole = await foldOn(log, { board: emptyBoard(), head });
  const kept = isOnNats(folder) ? undefined : await keptBoard(log, folder);
  const restored = restore(snapshot(await foldOn(log, { board: emptyBoard(), head: at(Math.floor(head / 2)) })));
  const from = kept ?? restored;
  const options = {
    boardStates: statesOf(whole),
    ...(from === undefined ? {} : { snapshotStates: statesOf(await foldOn(log, { board: from, head })) }),
  };
  const report = await verifyLog(log.read({ after: START, to: head }), options);
  const checks: readonly Check[] = [
    {
      name: "the log's rules, judged without the board, and the states that follow from it",
      problems: report.violations.map(violationText),
    },
    {
      name: 'a snapshot in the middle, restored and folded on, equals the whole fold',
      problems: await compared(log, { whole, from: restored, head }),
    },
    ...(kept === undefined
      ? []
      : [
          {
            name: `the kept snapshot of position ${position(kept)}, folded on, equals the whole fold`,
            problems: await compared(log, { whole, from: kept, head }),
          },
        ]),
  ];
  const sound = report.ok && checks.every((check) => check.problems.length === 0);
  const { commits, events, cards: count, races } = report;
  return { position: head, sound, commits, events, cards: count, races, checks };
};

const keptBoard = async (log: EventLog, { snapshots }: DataFolder): Promise<Board | undefined> =>
  (await new FoldSnapshots({ blobs: fileBlobs(snapshots), log, logger: silentLogger }).load())?.board;

const violationText = ({ rule, position: place, card: id, message }: Violation): string =>
  printable(`${rule} at ${place}${id === undefined ? '' : `, card ${id}`}: ${message}`);

const statesOf = (board: Board): CardStates =>
  new Map(
    projects(board).map((id) => [
      id,
      new Map([...cards(board, id)].map((one) => [one, card(board, id, one)?.state ?? 'TODO'] as const)),
    ]),
  );

const compared = async (
  log: EventLog,
  fold: { readonly whole: Board; readonly from: Board | undefined; readonly head: Position },
): Promise<readonly string[]> => {
  if (fold.from === undefined) return ['the snapshot could not be restored'];
  return differences(fold.whole, await foldOn(log, { board: fold.from, head: fold.head }));
};

/** Folds what lies behind a board, up to a position. */
const foldOn = async (log: EventLog, from: { readonly board: Board; readonly head: Position }): Promise<Board> => {
  let board = from.board;
  if (from.head <= START) return board;
  for await (const page of log.read({ after: position(board), to: from.head })) board = evolveAll(board, page);
  return board;
};
