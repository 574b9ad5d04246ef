import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CardId } from '@squados/contracts';

import { PHASE } from './card-table.js';
import type { BoardState } from './board-state.js';

/** A dependency as an attempt builds on it: the manifest hash, `assumed` when it was skipped, `imported` when it was done before. */
export interface DependencyHash {
  readonly card: CardId | string;
  readonly hash: string;
}

/**
 * What CardEnqueued records as `inputs.digest`: SHA-256 (lower-case hex) of the UTF-8 text `card=<revision>` and, sorted by
 * code unit and each on its own line, `<dependency>=<manifest hash | assumed | imported>`. The same inputs give the same digest.
 */
export const inputsDigest = (cardRevision: number, dependencies: readonly DependencyHash[]): string => {
  const lines = dependencies.map(({ card, hash }) => `${JSON.stringify(card)}=${hash}`).sort();
  return bytesToHex(sha256(utf8ToBytes([`card=${cardRevision}`, ...lines].join('\n'))));
};

/** The digest that an attempt of this card would record now. */
export const currentDigest = (state: BoardState, card: number): string => {
  const { cards, edges } = state;
  const dependencies = [...edges.dependencies(cards, card)].map((dep) => ({
    card: state.id(dep),
    hash: cards.phase(dep) === PHASE.SKIPPED ? 'assumed' : (state.hashes.manifest(dep) ?? 'imported'),
  }));
  return inputsDigest(cards.cardRevision(card), dependencies);
};
