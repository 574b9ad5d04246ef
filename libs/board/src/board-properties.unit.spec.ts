import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseLane, type LaneCommit } from '@squados/contracts';
import { card, cards, emptyBoard, evolve, evolveAll, plan, project, projects, restore, snapshot } from './index.js';
import type { Board } from './index.js';
import { ARCH, everything, PRODUCT, seeded, World } from './testing/index.js';

const AGENTS = [PRODUCT, ARCH];
const RUNS = { numRuns: 20 };
/** Small projects come to their end, where closing proposals are judged; large ones have more going on. */
const sizeOf = (seed: number): number => (seed % 2 === 0 ? 3 : 12);
const history = (seed: number, steps = 250): readonly LaneCommit[] =>
  new World(seeded(seed), { projects: 1 + (Math.abs(seed) % 3), cards: sizeOf(seed) }).run(steps).log.commits;
const foldAll = (commits: readonly LaneCommit[], onto: Board = emptyBoard()): Board => commits.reduce(evolve, onto);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('any log that commands, plans and workers can make', () => {
  it('folds to the same board however it is split by snapshots', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
        (seed, splits) => {
          const commits = history(seed);
          const whole = foldAll(commits);
          let board = emptyBoard();
          let from = 0;
          for (const to of [...splits.map((s) => Math.floor(s * commits.length)), commits.length].sort(
            (a, b) => a - b,
          )) {
            board = restore(snapshot(foldAll(commits.slice(from, to), board))) as Board;
            from = to;
          }
          expect(everything(board, AGENTS)).toEqual(everything(whole, AGENTS));
          expect(hex(snapshot(board))).toBe(hex(snapshot(whole)));
        },
      ),
      RUNS,
    );
  });

  it("folds to the same board in pages of any size, also with lanes in them that are nobody's", () => {
    const foreign = fc.constantFrom('', 'squad.', 'squad.é.x.y.attempt', 'other', '_._.decided', '.attempt');
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 400 }), foreign, (seed, size, lane) => {
        const commits = history(seed)
          .flatMap((commit, i) => (i % 7 === 0 ? [{ ...commit, lane: lane as typeof commit.lane }, commit] : [commit]))
          .map((commit, i) => ({ ...commit, position: (i + 1) as typeof commit.position }));
        let board = emptyBoard();
        for (let from = 0; from < commits.length; from += size)
          board = evolveAll(board, commits.slice(from, from + size));
        expect(hex(snapshot(board))).toBe(hex(snapshot(foldAll(commits))));
      }),
      RUNS,
    );
  });

  it('is not changed by commits that come again', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (seed, again) => {
        const commits = history(seed);
        let board = emptyBoard();
        for (const [i, commit] of commits.entries()) {
          board = evolve(board, commit);
          if (i % 3 === 0) board = evolve(board, commits[again % (i + 1)] as LaneCommit);
        }
        expect(hex(snapshot(board))).toBe(hex(snapshot(foldAll(commits))));
      }),
      RUNS,
    );
  });

  it('is not changed by words of attempts that are over', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const commits = history(seed);
        const board = foldAll(commits);
        const before = everything(board, AGENTS) as { projects: unknown };
        let at = commits.length;
        for (const commit of commits) {
          if (parseLane(commit.lane)?.kind !== 'attempt' || isOpen(board, commit)) continue;
          const revision = lastRevision(commits, commit);
          evolve(board, { ...commit, position: ++at as never, revision });
        }
        const after = everything(board, AGENTS) as { projects: unknown };
        expect(after.projects).toEqual(before.projects);
      }),
      RUNS,
    );
  });

  it('only ever shows a card as ready whose dependencies are all done or skipped, and counts states right', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        let board = emptyBoard();
        for (const [i, commit] of history(seed).entries()) {
          board = evolve(board, commit);
          if (i % 10 === 0) checkViews(board);
        }
        checkViews(board);
      }),
      RUNS,
    );
  });

  it('never has two open attempts of a card, nor more open per agent than its window', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const open = new Map<string, number>();
        for (const commit of history(seed)) {
          const at = parseLane(commit.lane);
          for (const event of commit.events) {
            const key = at && 'card' in at ? `${at.project}/${at.agent}/${at.card}` : '';
            if (event.type === 'CardEnqueued') {
              expect(open.has(key)).toBe(false);
              open.set(key, event.data.attempt);
            } else if (/CardCompleted|CardFailed|CardReleased/.test(event.type)) open.delete(key);
          }
        }
      }),
      RUNS,
    );
  });

  it('keeps plans within the window, and a plan asked for twice is the same', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), (seed, window) => {
        const board = foldAll(history(seed, 120));
        const ask = () => plan(board, { now: 1e9, draw: () => 0.3, window: () => window, limit: 1_000 });
        const planned = ask();
        expect(ask()).toEqual(planned);
        expect(new Set(planned.map((append) => append.lane)).size).toBe(planned.length);
        for (const agent of AGENTS) {
          const fresh = planned.filter(
            (a) => a.events[0]?.type === 'CardEnqueued' && a.lane.split('.')[2] === agent,
          ).length;
          expect(fresh).toBeLessThanOrEqual(Math.max(0, window - openOf(board, agent)));
        }
      }),
      RUNS,
    );
  });
});

const openOf = (board: Board, agent: string): number =>
  projects(board)
    .flatMap((id) => [...cards(board, id)].map((of) => card(board, id, of)!))
    .filter((view) => view.agent === agent && /ENQUEUED|EXECUTING|VERIFYING/.test(view.state)).length;

const isOpen = (board: Board, commit: LaneCommit): boolean => {
  const at = parseLane(commit.lane);
  if (at?.kind !== 'attempt') return false;
  const view = card(board, at.project, at.card)!;
  const event = commit.events[0];
  const isLast =
    event?.type !== 'Unknown' && event !== undefined && 'attempt' in event.data && event.data.attempt === view.attempt;
  return isLast;
};

const lastRevision = (commits: readonly LaneCommit[], of: LaneCommit) =>
  commits.findLast((c) => c.lane === of.lane)!.revision;

const checkViews = (board: Board): void => {
  for (const id of projects(board)) {
    const all = [...cards(board, id)].map((of) => card(board, id, of)!);
    const byId = new Map(all.map((view) => [view.id, view]));
    const isMet = (of: string): boolean => /^(DONE|STALE|SKIPPED)$/.test(byId.get(of as never)!.state);
    const isDead = (of: string): boolean => /^(DEAD_LETTERED|BLOCKED)$/.test(byId.get(of as never)!.state);
    for (const view of all) {
      expect(view.waitingFor).toEqual(view.dependencies.filter((dep) => !isMet(dep)));
      if (view.ready) expect([view.state, view.waitingFor]).toEqual(['TODO', []]);
      if (view.state === 'TODO') expect(view.dependencies.some(isDead)).toBe(false);
      if (view.state === 'BLOCKED') expect(byId.get(view.blockedBy!)!.state).toBe('DEAD_LETTERED');
    }
    const counts = project(board, id)!.byState;
    for (const [state, count] of Object.entries(counts))
      expect([state, all.filter((v) => v.state === state).length]).toEqual([state, count]);
    expect(all.filter((view) => view.ready).length).toBe(project(board, id)!.ready);
  }
};
