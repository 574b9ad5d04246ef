import { describe, expect, it } from '@jest/globals';
import { EVENT_VERSIONS, type LaneCommit } from '@squados/contracts';
import { card, cards, emptyBoard, evolve, project, projects } from './index.js';
import golden from './fixtures/golden-log-1.json' with { type: 'json' };

/** A log as version 1 of every event type was written, and the board it gave then. Never edit it: it must fold alike for ever. */
describe('the golden log of version 1', () => {
  const log = golden.log as unknown as readonly LaneCommit[];

  it('holds every event type of that version', () => {
    const types = new Set(log.flatMap((commit) => commit.events.map((event) => event.type)));
    expect([...types].sort()).toEqual(Object.keys(EVENT_VERSIONS).sort());
  });

  it('folds to the board that was recorded', () => {
    const board = log.reduce(evolve, emptyBoard());
    const shown = projects(board).map((id) => ({
      project: project(board, id),
      cards: [...cards(board, id)].map((of) => card(board, id, of)),
    }));
    expect(shown).toEqual(golden.board);
  });
});
