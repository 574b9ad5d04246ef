import { describe, expect, it } from '@jest/globals';
import { projectId, projectLane, sha256, type DraftEvent } from '@squados/contracts';
import {
  archivedProjects,
  boardOf,
  cardRecord,
  emptyBoard,
  emptyCatalog,
  evolve,
  evolveCatalog,
  plan,
  project,
  projectRecord,
  projects,
  restore,
  snapshot,
} from './index.js';
import { completed, everything, P, person, PRODUCT, Scenario, spec, started, startProject } from './testing/index.js';

const Q = projectId('other');
const ARCHIVED: DraftEvent = {
  type: 'ProjectArchived',
  data: { by: person, file: 'demo.archive', sha256: sha256('a'.repeat(64)), through: 3, commits: 3, artifacts: 0 },
};

/** A project with a card under way, put down; beside it one that goes on. */
const putDown = (): Scenario => {
  const s = Scenario.of([spec('A'), spec('B')]).step({ window: () => 1 });
  s.accept(startProject({ project: Q }));
  s.log.put(projectLane(P), ARCHIVED);
  return s.fold();
};

describe('an archived project', () => {
  it('is none of the log any more, and nothing is planned for it', () => {
    const { board } = putDown();
    expect(projects(board)).toEqual([Q]);
    expect(project(board, P)).toBeUndefined();
    expect(plan(board, { now: 1e9, draw: () => 0, window: () => 9, limit: 99 })).toEqual([]);
  });

  it('frees its places in the window of its agents', () => {
    const s = putDown();
    s.accept({ type: 'AddCards', project: Q, cards: [spec('Z')], by: person, kind: 'person' });
    expect(s.step({ window: () => 1 }).card('Z', Q).state).toBe('ENQUEUED');
  });

  it('leaves its name taken, whether its events are there or purged', () => {
    const s = putDown();
    const tombstone = s.log.commits.filter((commit) => commit.events[0]?.type === 'ProjectArchived');
    const purged = Scenario.of([], startProject({ project: Q }));
    purged.board = tombstone.reduce(evolve, purged.board);
    for (const scenario of [s, purged]) {
      expect(scenario.ask(startProject())).toMatchObject({ kind: 'rejected', reason: 'project-archived' });
      expect(scenario.ask({ type: 'PauseProject', project: P, by: person, reason: '', now: false })).toMatchObject({
        reason: 'project-archived',
      });
    }
  });

  it('hears nothing of late workers', () => {
    const s = putDown();
    const lane = s.log.commits.find(({ events }) => events[0]?.type === 'CardEnqueued')!.lane;
    s.log.put(lane.replace('decided', 'attempt') as typeof lane, started(1), completed(1));
    expect(projects(s.fold().board)).toEqual([Q]);
  });

  it('shows the same to who folded it before, to who begins with a snapshot, and to who never saw it', () => {
    const { log, board } = putDown();
    const { commits } = log;
    const half = restore(snapshot(commits.slice(0, 3).reduce(evolve, emptyBoard())))!;
    const withTail = commits.slice(3).reduce(evolve, half);
    const purged = commits
      .filter(({ lane, events }) => !lane.startsWith('squad.demo.') || events[0]?.type === 'ProjectArchived')
      .reduce(evolve, emptyBoard());
    expect(everything(withTail, [PRODUCT])).toEqual(everything(board, [PRODUCT]));
    expect(everything(purged, [PRODUCT])).toEqual(everything(board, [PRODUCT]));
  });

  it('is named by the catalog, with its file, and has no texts there', () => {
    const catalog = putDown().log.commits.reduce(evolveCatalog, emptyCatalog());
    expect(projectRecord(catalog, P)).toBeUndefined();
    expect(cardRecord(catalog, P, spec('A').id)).toBeUndefined();
    expect([...archivedProjects(catalog)]).toMatchObject([[P, { file: 'demo.archive', commits: 3 }]]);
    expect(projects(boardOf(catalog))).toEqual([Q]);
  });
});
