import { describe, expect, it } from '@jest/globals';
import { EVENT_VERSIONS, type LaneCommit } from '@squados/contracts';
import { budget, card, cards, emptyBoard, evolve, project, projects } from './index.js';
import first from './fixtures/golden-log-1.json' with { type: 'json' };
import approvals from './fixtures/golden-log-3.json' with { type: 'json' };
import money from './fixtures/golden-log-4.json' with { type: 'json' };
import archived from './fixtures/golden-log-5.json' with { type: 'json' };
import corrections from './fixtures/golden-log-2.json' with { type: 'json' };

/** Logs as events were written when they first came, and the boards they gave then. Never edit one: it must fold alike for ever. */
const GOLDEN = [
  { name: 'of the first events', log: first.log as unknown as readonly LaneCommit[], board: first.board },
  {
    name: 'of corrections and of a card that closes the project',
    log: corrections.log as unknown as readonly LaneCommit[],
    board: corrections.board,
  },
  { name: 'of approvals', log: approvals.log as unknown as readonly LaneCommit[], board: approvals.board },
  {
    name: 'of calls to models and their money',
    log: money.log as unknown as readonly LaneCommit[],
    board: money.board,
  },
  { name: 'of archived projects', log: archived.log as unknown as readonly LaneCommit[], board: archived.board },
];

describe('the golden logs', () => {
  it('hold every event type', () => {
    const types = new Set(GOLDEN.flatMap(({ log }) => log.flatMap((commit) => commit.events.map((e) => e.type))));
    expect([...types].sort()).toEqual(Object.keys(EVENT_VERSIONS).sort());
  });

  it.each(GOLDEN)('$name fold to the board that was recorded', ({ log, board: recorded }) => {
    const board = log.reduce(evolve, emptyBoard());
    const shown = projects(board).map((id) => ({
      project: project(board, id),
      cards: [...cards(board, id)].map((of) => card(board, id, of)),
    }));
    expect(shown).toEqual(recorded);
  });

  it('of calls to models give the money that was recorded', () => {
    const board = (money.log as unknown as readonly LaneCommit[]).reduce(evolve, emptyBoard());
    const told = projects(board).map((id) => {
      const view = budget(board, id);
      return view && { ...view, byCard: [...view.byCard], byAgent: [...view.byAgent] };
    });
    expect(told).toEqual(money.money);
  });
});
