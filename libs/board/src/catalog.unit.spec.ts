import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cardId, projectId } from '@squados/contracts';
import {
  card,
  cardRecord,
  cards,
  currentManifest,
  emptyBoard,
  emptyCatalog,
  evolve,
  evolveCatalog,
  isIncomplete,
  projectRecord,
  projects,
} from './index.js';
import type { Catalog } from './index.js';
import {
  completed,
  failed,
  fakeHash,
  P,
  person,
  Scenario,
  seeded,
  spec,
  started,
  verdict,
  World,
} from './testing/index.js';

const by = person;
const reason = 'because';
const A = cardId('A');
const told = (s: Scenario): Catalog => s.log.commits.reduce(evolveCatalog, emptyCatalog());

describe('the catalog', () => {
  it('keeps texts, attempts, verdicts and the manifest that counts', () => {
    const s = Scenario.of([spec('A', { description: 'long text' })]).step();
    s.says('A', started(1), failed(1))
      .step({ draw: () => 0 })
      .step({ now: 1e9 });
    s.says(
      'A',
      started(2),
      { type: 'CardStepped', data: { attempt: 2, step: 'verifying' } },
      verdict(2, { outcome: 'refer' }),
      completed(2),
    );
    let record = cardRecord(told(s), P, A)!;
    expect(currentManifest(record)).toBeUndefined();
    s.accept({ type: 'WaiveGate', project: P, card: A, attempt: 2, gate: 'schema', by, reason });
    record = cardRecord(told(s), P, A)!;
    expect(record).toMatchObject({ spec: { description: 'long text' }, revision: 1, addedBy: { kind: 'import' } });
    expect(record.attempts).toMatchObject([
      { attempt: 1, deliveries: 1, worker: 'w1', end: { kind: 'failed', failure: { message: 'it broke' } } },
      {
        attempt: 2,
        feedback: 'author-error: it broke',
        step: 'verifying',
        verdicts: [{ outcome: 'refer' }],
        waivers: [{ gate: 'schema', by }],
        end: { kind: 'completed' },
      },
    ]);
    expect(record.decisions).toMatchObject([
      { type: 'RetryScheduled', text: 'retry 1 of attempt 1 not before 1970-01-01T00:00:00.000Z' },
    ]);
    expect(currentManifest(record)).toEqual({
      attempt: 2,
      author: 'offline',
      manifest: { 'produto/x.md': fakeHash('output') },
      manifestHash: fakeHash('output'),
      proposals: [],
    });
  });

  it('has no current manifest for what was rolled back, skipped, or completed too late', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), completed(1));
    s.accept({ type: 'RollBack', project: P, card: A, by, reason });
    expect(currentManifest(cardRecord(told(s), P, A)!)).toBeUndefined();
    s.step()
      .says('A', started(2))
      .accept({ type: 'SkipCard', project: P, card: A, by, reason })
      .says('A', completed(2));
    const record = cardRecord(told(s), P, A)!;
    expect(currentManifest(record)).toBeUndefined();
    expect(record.attempts[1]?.end?.kind).toBe('completed');
    expect(record.decisions).toMatchObject([
      { type: 'CardsRolledBack', text: 'with A: because', by },
      { type: 'CardSkipped', text: 'because', by },
    ]);
  });

  it('tells changes, dead letters, escalations, retries and rejected proposals', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), failed(1, { kind: 'terminal' }))
      .step();
    s.decided('A', {
      type: 'CardEscalated',
      data: { attempt: 1, to: 'lead', outcome: 'failed', message: 'no answer' },
    });
    s.accept({ type: 'ChangeCard', project: P, spec: spec('A', { title: 'Better' }), by, reason });
    s.accept({ type: 'RetryCard', project: P, card: A, by, reason }).step();
    s.says('A', { type: 'CardReleased', data: { attempt: 2, reason: 'shutdown', by } }).step();
    s.says('A', started(3), completed(3, { proposals: [spec('A')] })).step();
    const catalog = told(s);
    const record = cardRecord(catalog, P, A)!;
    expect(record).toMatchObject({ revision: 2, spec: { title: 'Better' } });
    expect(record.decisions.map((d) => d.text)).toEqual([
      'terminal: author-error: it broke',
      'to lead, failed: no answer',
      'because',
      'because',
    ]);
    expect(record.attempts[1]?.end).toMatchObject({ kind: 'released', release: { reason: 'shutdown' } });
    expect(projectRecord(catalog, P)?.rejected).toMatchObject([{ card: 'A', attempt: 3 }]);
    expect(projectRecord(catalog, P)?.started.title).toBe('Demo');
  });

  it('does not know what never was, and passes over what it cannot read', () => {
    const s = Scenario.of([spec('A')]).step();
    const unreadable = { type: 'Unknown', originalType: 'X', version: 1, id: 'x', reason: 'new' } as never;
    s.says('A', unreadable, { type: 'CardSkipped', data: { by, reason } });
    const catalog = told(s);
    expect(isIncomplete(catalog, P)).toBe(true);
    expect(cardRecord(catalog, P, A)?.attempts).toHaveLength(1);
    expect([cardRecord(catalog, P, cardId('Z')), projectRecord(catalog, projectId('Z'))]).toEqual([
      undefined,
      undefined,
    ]);
    expect(isIncomplete(catalog, projectId('Z'))).toBe(false);
  });

  it('says the same however often a commit comes, and agrees with the board on what is done', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { commits } = new World(seeded(seed), { projects: 2, cards: 8 }).run(150).log;
        const once = commits.reduce(evolveCatalog, emptyCatalog());
        const twice = commits
          .flatMap((commit, i) => [commit, commits[Math.floor(i / 2)]!])
          .reduce(evolveCatalog, emptyCatalog());
        const board = commits.reduce(evolve, emptyBoard());
        for (const id of projects(board)) {
          expect(projectRecord(twice, id)).toEqual(projectRecord(once, id));
          for (const of of cards(board, id)) {
            const manifest = currentManifest(cardRecord(once, id, of)!);
            expect(manifest?.manifestHash).toBe(card(board, id, of)!.manifestHash);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});
