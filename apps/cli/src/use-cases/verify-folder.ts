import { emptyBoard, evolve, position, restore, snapshot, type Board } from '@squados/board';
import { position as at, START, type Position } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { FileBoardSnapshots, silentLogger } from '@squados/orchestrator';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { differences } from './compare-boards.js';
import { withReader, type Reading } from './with-reader.js';

export interface VerifyOptions {
  readonly data?: string;
  readonly json?: boolean;
}

interface Check {
  readonly name: string;
  readonly problems: readonly string[];
}

/** Checks a folder's log; exit code 2 when something is wrong. Reads only. */
export const verifyFolder = (context: CliContext, options: VerifyOptions): Promise<ExitCode> =>
  withReader(context, options.data, async (reading) => {
    const head = await reading.log.head();
    const checks = await allChecks(reading, head);
    const sound = checks.every((check) => check.problems.length === 0);
    const { terminal } = context;
    if (options.json) terminal.out(JSON.stringify({ position: head, sound, checks }, undefined, 2));
    else for (const line of checks.flatMap(checkLines)) terminal.out(line);
    return sound ? EXIT.done : EXIT.input;
  });

const checkLines = ({ name, problems }: Check): readonly string[] => [`${problems.length === 0 ? '✓' : '✗'} ${name}`, ...problems.map((problem) => `    ${problem}`)];

const allChecks = async ({ log, folder }: Reading, head: Position): Promise<readonly Check[]> => {
  const whole = await foldOn(log, { board: emptyBoard(), head });
  const kept = await new FileBoardSnapshots({ folder: folder.snapshots, log, logger: silentLogger }).load();
  const half = await foldOn(log, { board: emptyBoard(), head: at(Math.floor(head / 2)) });
  return [
    { name: 'a snapshot in the middle, restored and folded on, equals the whole fold', problems: await compared(log, { whole, from: restore(snapshot(half)), head }) },
    ...(kept === undefined ? [] : [{ name: `the kept snapshot of position ${position(kept)}, folded on, equals the whole fold`, problems: await compared(log, { whole, from: kept, head }) }]),
  ];
};

const compared = async (log: EventLog, fold: { readonly whole: Board; readonly from: Board | undefined; readonly head: Position }): Promise<readonly string[]> => {
  if (fold.from === undefined) return ['the snapshot could not be restored'];
  return differences(fold.whole, await foldOn(log, { board: fold.from, head: fold.head }));
};

/** Folds what lies behind a board, up to a position. */
const foldOn = async (log: EventLog, from: { readonly board: Board; readonly head: Position }): Promise<Board> => {
  let board = from.board;
  if (from.head <= START) return board;
  for await (const page of log.read({ after: position(board), to: from.head })) for (const commit of page) board = evolve(board, commit);
  return board;
};
