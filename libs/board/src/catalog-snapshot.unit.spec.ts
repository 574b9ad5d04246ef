import { describe, expect, it } from '@jest/globals';
import type { LaneCommit } from '@squados/contracts';
import {
  boardOf,
  emptyCatalog,
  evolveCatalog,
  projectRecord,
  projects,
  restoreCatalog,
  snapshotCatalog,
  type Catalog,
} from './index.js';
import { seeded, World } from './testing/index.js';

const commits = (seed: number): readonly LaneCommit[] =>
  new World(seeded(seed), { projects: 2, cards: 8 }).run(150).log.commits;

/** Everything that a catalog tells, as plain data. */
const told = (catalog: Catalog): unknown =>
  projects(boardOf(catalog)).map((id) => {
    const record = projectRecord(catalog, id);
    return { started: record?.started, rejected: record?.rejected, cards: [...(record?.cards ?? [])] };
  });

const folded = (all: readonly LaneCommit[]): Catalog => all.reduce(evolveCatalog, emptyCatalog());

describe('a snapshot of the catalog', () => {
  it('anywhere in a log, folded on, tells what the whole fold tells; also from a snapshot of a snapshot', () => {
    for (const seed of [1, 2]) {
      const log = commits(seed);
      const whole = told(folded(log));
      for (const at of [0, 10, Math.floor(log.length / 2), log.length]) {
        const once = restoreCatalog(snapshotCatalog(folded(log.slice(0, at))))!;
        const twice = restoreCatalog(snapshotCatalog(once))!;
        expect(told(log.slice(at).reduce(evolveCatalog, twice))).toEqual(whole);
      }
    }
  });

  it('is of that moment: what is folded afterwards is not in it', () => {
    const log = commits(5);
    const catalog = folded(log.slice(0, 40));
    const before = told(catalog);
    const pieces = snapshotCatalog(catalog);
    const text = JSON.stringify(before);
    log.slice(40).reduce(evolveCatalog, catalog);
    expect(JSON.stringify(told(restoreCatalog(pieces)!))).toBe(text);
  });

  it('is refused with any piece missing, added, exchanged or changed', () => {
    const pieces = snapshotCatalog(folded(commits(6)));
    expect(pieces.length).toBeGreaterThanOrEqual(3);
    pieces.forEach((piece, i) => {
      for (let at = 0; at < piece.length; at += 1 + (piece.length >> 3)) {
        const damaged = piece.slice();
        damaged[at] = (damaged[at] ?? 0) ^ 0x10;
        expect(restoreCatalog(pieces.with(i, damaged))).toBeUndefined();
      }
      expect(restoreCatalog(pieces.toSpliced(i, 1))).toBeUndefined();
    });
    expect(restoreCatalog([...pieces, pieces.at(-1)!])).toBeUndefined();
    expect(restoreCatalog([])).toBeUndefined();
  });
});
