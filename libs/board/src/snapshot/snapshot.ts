import type { Board } from '../board.types.js';
import { enterQueue } from '../fold/refresh.js';
import { asBoard, BoardState, stateOf } from '../state/board-state.js';
import { COLUMN_NAMES, FLAG, newColumn, type ColumnName } from '../state/card-table.js';
import { frame, unframe } from './frame.js';
import { packDetails, unpackDetails } from './details.js';

/**
 * The whole board as bytes (little-endian machines only): its position, the columns as they are, the few texts it holds as
 * JSON, behind fold version, length and checksum. Two boards folded from the same log give the same bytes, however it was
 * split; ready queues and indexes are left out and rebuilt.
 */
export const snapshot = (board: Board): Uint8Array => {
  const state = stateOf(board);
  const { cards, tokens, edges, hashes } = state;
  return frame([
    packDetails(state),
    ...COLUMN_NAMES.map((name) => storedColumn(state, name)),
    tokens.bytes.subarray(0, tokens.used),
    bytesOf(tokens.starts.subarray(0, cards.count + 1)),
    bytesOf(edges.target.subarray(0, edges.count)),
    bytesOf(edges.owner.subarray(0, edges.count)),
    bytesOf(edges.next.subarray(0, edges.count)),
    hashes.stored(),
  ]);
};

/** The board again; undefined when the bytes are damaged or of another fold version: then fold the log from the start. */
export const restore = (bytes: Uint8Array): Board | undefined => {
  const sections = unframe(bytes);
  if (sections?.length !== COLUMN_NAMES.length + 7) return undefined;
  const state = new BoardState();
  const [details, ...rest] = sections as [Uint8Array, ...Uint8Array[]];
  const count = unpackDetails(state, details);
  loadColumns(state, rest.slice(0, COLUMN_NAMES.length), count);
  loadIndexes(state, rest.slice(COLUMN_NAMES.length), count);
  fillQueues(state);
  return asBoard(state);
};

/** QUEUED tells of a ready queue's private order, which isn't stored. */
const storedColumn = (state: BoardState, name: ColumnName): Uint8Array => {
  const column = state.cards.column(name).subarray(0, state.cards.count);
  return bytesOf(name === 'flags' ? column.map((flags) => flags & ~FLAG.QUEUED) : column);
};

const bytesOf = (array: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const loadColumns = (state: BoardState, sections: readonly Uint8Array[], count: number): void => {
  const columns = COLUMN_NAMES.map((name, i) => {
    const column = newColumn(name, count);
    bytesOf(column).set(sections[i] as Uint8Array);
    return [name, column] as const;
  });
  state.cards.load(Object.fromEntries(columns) as Parameters<typeof state.cards.load>[0], count);
};

const loadIndexes = (state: BoardState, sections: readonly Uint8Array[], count: number): void => {
  const [tokens, starts, target, owner, next, hashes] = sections as readonly Uint8Array[] & { length: 6 };
  state.tokens.load(tokens as Uint8Array, words(starts), count);
  state.edges.load(words(target), words(owner), words(next));
  state.hashes.load(hashes as Uint8Array);
};

const words = (bytes: Uint8Array | undefined): Uint32Array => new Uint32Array((bytes as Uint8Array).slice().buffer);

const fillQueues = (state: BoardState): void => {
  for (let card = 0; card < state.cards.count; card++) {
    if (!state.has(card, FLAG.READY)) continue;
    const project = state.projectOf(card);
    project.queue(state.cards.agent[card] as number).live++;
    enterQueue(state, project, card);
  }
};
