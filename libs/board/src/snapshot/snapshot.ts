import type { Board } from '../board.types.js';
import { queueOf } from '../fold/refresh.js';
import { asBoard, BoardState, stateOf } from '../state/board-state.js';
import { FLAG } from '../state/card-table.js';
import { frame, unframe } from './frame.js';
import { packDetails, unpackDetails } from './details.js';

/**
 * The whole board as bytes (little-endian machines only): its position, the records as they are, the few texts it holds as
 * JSON, behind fold version, length and checksum. Two boards folded from the same log give the same bytes, however it was
 * split; ready queues and indexes are left out and rebuilt.
 */
export const snapshot = (board: Board): Uint8Array => {
  const state = stateOf(board);
  const { cards, tokens, edges, hashes, parents } = state;
  const columns = [cards.stored(), tokens.stored(), edges.stored(), hashes.stored(), parents.stored()];
  return frame([packDetails(state), ...columns]);
};

/**
 * The board again, from any view of the bytes; undefined when they are damaged or of another fold version: then fold the log from
 * the start.
 */
export const restore = (bytes: Uint8Array): Board | undefined => {
  const sections = unframe(bytes);
  if (sections?.length !== 6) return undefined;
  const [details, cards, tokens, edges, hashes, parents] = sections as Sections;
  const state = new BoardState();
  unpackDetails(state, details);
  state.cards.load(cards);
  state.tokens.load(tokens);
  state.edges.load(edges);
  state.hashes.load(hashes);
  state.parents.load(parents);
  fillQueues(state);
  return asBoard(state);
};

type Sections = readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

const fillQueues = (state: BoardState): void => {
  for (let card = 0; card < state.cards.count; card++) {
    if (state.has(card, FLAG.READY)) queueOf(state, state.projectOf(card), card).add(card);
  }
};
