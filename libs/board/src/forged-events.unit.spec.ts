import { describe, expect, it } from '@jest/globals';
import {
  attemptLane,
  cardId,
  decidedLane,
  position,
  projectId,
  revision,
  type DraftEvent,
  type Lane,
} from '@squados/contracts';
import { evolve, position as positionOf } from './index.js';
import { ARCH, commitOf, completed, everything, P, PRODUCT, Scenario, spec, started } from './testing/index.js';

const enqueued: DraftEvent = {
  type: 'CardEnqueued',
  data: { attempt: 1, after: revision(0), inputs: { cardRevision: 1, digest: '' } },
};
const Z = { project: P, agent: PRODUCT, card: cardId('Z') };
const A = { project: P, agent: PRODUCT, card: cardId('A') };

const forged: readonly (readonly [string, Lane, readonly DraftEvent[]])[] = [
  ['work for a card that nobody added', decidedLane(Z), [enqueued]],
  ['the end of a card that nobody added', attemptLane(Z), [started(1), completed(1)]],
  ['the word of another agent about a card', attemptLane({ ...A, agent: ARCH }), [started(1), completed(1)]],
  ['the decision for another agent about a card', decidedLane({ ...A, agent: ARCH }), [enqueued]],
  ['the end of an attempt that nobody enqueued', attemptLane(A), [started(7), completed(7)]],
  ['events of a project that nobody started', attemptLane({ ...A, project: projectId('no') }), [completed(1)]],
];

describe('forged events', () => {
  it.each(forged)('change nothing: %s', (_, lane, events) => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] })]).step();
    const at = position(positionOf(s.board) + 1);
    const shown = (board: typeof s.board): object => {
      const { projects, plan } = everything(board, []) as { readonly projects: unknown; readonly plan: unknown };
      return { projects, plan };
    };
    const before = shown(s.board);
    expect(shown(evolve(s.board, commitOf({ lane, position: at, revision: revision(at) }, events)))).toEqual(before);
  });
});
