import { describe, expect, it } from '@jest/globals';
import { agentName, CARD_STATES, cardId, type CardSpec, type CardState } from '@squados/contracts';
import { exportBacklog, importBacklog, type BacklogResult, type ExportedCard } from './index.js';

type Json = Record<string, unknown>;
interface File {
  readonly cards: Json[];
  readonly [field: string]: unknown;
}
const read = (text: string): Extract<BacklogResult, { kind: 'imported' }> => {
  const result = importBacklog(new TextEncoder().encode(text), { file: 'b.json' });
  if (result.kind === 'rejected') throw new Error(JSON.stringify(result.problems));
  return result;
};
const file = (cards: readonly Json[], more: Json = {}) => JSON.stringify({ project: 'Loja', cards, ...more }, null, 2);
const exported = (
  text: string,
  change: Readonly<Record<string, Partial<ExportedCard>>> = {},
  added: readonly ExportedCard[] = [],
) => {
  const { title, extra, cards } = read(text);
  const entries = cards.map((spec): ExportedCard => ({
    spec,
    state: spec.importedAs === 'done' ? 'DONE' : 'TODO',
    ...change[spec.id],
  }));
  return JSON.parse(exportBacklog({ title, extra, cards: [...entries, ...added] })) as File;
};
const proposal = (id: string, more: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: 'Nova',
  description: 'd',
  agent: agentName('arch'),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: ['c'],
  requirementIds: [],
  deliverables: [],
  ...more,
});

describe('status words', () => {
  const states: Readonly<Record<CardState, string>> = {
    TODO: 'TODO',
    ENQUEUED: 'IN_PROGRESS',
    EXECUTING: 'IN_PROGRESS',
    VERIFYING: 'IN_PROGRESS',
    EVALUATING: 'IN_PROGRESS',
    AWAITING_APPROVAL: 'IN_REVIEW',
    DONE: 'DONE',
    RETRYING: 'IN_PROGRESS',
    DEAD_LETTERED: 'FAILED',
    SKIPPED: 'SKIPPED',
    BLOCKED: 'BLOCKED',
    STALE: 'TODO',
  };
  it.each(CARD_STATES)('%s reads as the file family writes it', (state) => {
    expect(exported(file([{ id: 'BE-1', status: 'TODO' }]), { 'BE-1': { state } }).cards[0]!['status']).toBe(
      states[state],
    );
  });
  it.each([
    ['todo', 'DEAD_LETTERED', 'failed'],
    ['a fazer', 'DONE', 'concluído'],
    ['A FAZER', 'EXECUTING', 'EM ANDAMENTO'],
    ['concluído', 'DONE', 'concluído'],
    ['Completed', 'DONE', 'Completed'],
  ] as const)('a file that says %s says %s as %s', (word, state, expected) => {
    expect(exported(file([{ id: 'BE-1', status: word }]), { 'BE-1': { state } }).cards[0]!['status']).toBe(expected);
  });
  it('a card without a status field gets one as soon as there is something to say', () => {
    const text = file([{ id: 'BE-1' }, { id: 'BE-2' }]);
    expect(exported(text, { 'BE-1': { state: 'DONE' } }).cards).toEqual([
      { id: 'BE-1', status: 'DONE' },
      { id: 'BE-2' },
    ]);
  });
  it('recounts the file’s counters once something moved, and leaves wrong ones alone before', () => {
    const metadata = { total_cards: 10, by_status: { TODO: 8, DONE: 1 }, note: 'n' };
    const text = file(
      [
        { id: 'BE-1', status: 'TODO' },
        { id: 'BE-2', status: 'TODO' },
      ],
      { metadata },
    );
    expect(exported(text)['metadata']).toEqual(metadata);
    expect(exported(text, { 'BE-1': { state: 'EXECUTING' } })['metadata']).toEqual({
      total_cards: 2,
      by_status: { TODO: 1, DONE: 0, IN_PROGRESS: 1 },
      note: 'n',
    });
  });
});

describe('fields', () => {
  it('a card that people changed says the new thing under the old names; untouched wordings stay', () => {
    const text = file([
      { card_id: 'EPIC-1' },
      { card_id: 'BE-1', priority: 'P0', title: 'Old', depends_on: [], blocked_by: ['EPIC-1'], effort: 3, squad: 's' },
    ]);
    const spec = { ...read(text).cards[1]!, title: 'New', priority: 'LOW' as const };
    expect(exported(text, { 'BE-1': { spec } }).cards[1]).toEqual({
      card_id: 'BE-1',
      priority: 'LOW',
      title: 'New',
      depends_on: [],
      blocked_by: ['EPIC-1'],
      effort: 3,
      squad: 's',
    });
    const rewired = { ...spec, dependencies: [] };
    expect(exported(text, { 'BE-1': { spec: rewired } }).cards[1]).toMatchObject({ depends_on: [], blocked_by: [] });
  });
  it('what blocks told stays with the card that told it', () => {
    const text = file([
      { id: 'EPIC-1', blocks: ['BE-1'] },
      { id: 'BE-1', depends_on: [] },
    ]);
    expect(read(text).cards[1]!.dependencies).toEqual(['EPIC-1']);
    expect(exported(text).cards).toEqual([
      { id: 'EPIC-1', blocks: ['BE-1'] },
      { id: 'BE-1', depends_on: [] },
    ]);
  });
  it('artifacts and the time of completion are added in the file’s form', () => {
    const text = file([{ id: 'BE-1', completed_at: null, artifacts: [{ type: 't', path: 'a.md' }] }, { id: 'BE-2' }]);
    const outcome = { state: 'DONE', artifacts: ['a.md', 'b.md'], completedAt: '2026-01-01T00:00:00.000Z' } as const;
    expect(exported(text, { 'BE-1': outcome, 'BE-2': outcome }).cards).toEqual([
      {
        id: 'BE-1',
        completed_at: outcome.completedAt,
        artifacts: [{ type: 't', path: 'a.md' }, { path: 'b.md' }],
        status: 'DONE',
      },
      { id: 'BE-2', status: 'DONE', completed_at: outcome.completedAt, artifacts: ['a.md', 'b.md'] },
    ]);
  });
  it('keeps field order, compact text, CRLF, escapes and a missing final newline', () => {
    const texts = [
      '{"cards":[{"title":"T","z":1,"id":"BE-1","a":{"b":1,"a":2}}],"project":0}',
      '{\r\n\t"cards": [\r\n\t\t{\r\n\t\t\t"id": "BE-1",\r\n\t\t\t"note": "caf\\u00e9"\r\n\t\t}\r\n\t]\r\n}\r\n',
    ];
    for (const text of texts) {
      const { title, extra, cards } = read(text);
      expect(exportBacklog({ title, extra, cards: cards.map((spec) => ({ spec, state: 'TODO' })) })).toBe(text);
    }
  });
});

describe('cards that came later', () => {
  it('follow the field names and the order that most cards of the file have', () => {
    const text = file([
      { id: 'EPIC-1', title: 'E', depends_on: [] },
      { card_id: 'PROD-1', dependencies: [], title: 'A', status: 'TODO', squad: 's' },
      { card_id: 'PROD-2', dependencies: [], title: 'B', status: 'TODO', squad: 's' },
    ]);
    const added = [{ spec: proposal('ARCH-1', { dependencies: [cardId('PROD-1')] }), state: 'ENQUEUED' as const }];
    expect(Object.entries(exported(text, {}, added).cards[3]!)).toEqual([
      ['card_id', 'ARCH-1'],
      ['dependencies', ['PROD-1']],
      ['title', 'Nova'],
      ['status', 'IN_PROGRESS'],
    ]);
  });
  it('keep what an import needs: dependencies, parent and the agent of an unknown prefix', () => {
    const text = file([{ id: 'EPIC-1', title: 'E' }]);
    const spec = proposal('ZZ-1', {
      dependencies: [cardId('EPIC-1')],
      parent: cardId('EPIC-1'),
      extra: { moscow: 'must' },
    });
    const { title, extra, cards } = read(text);
    const back = read(
      exportBacklog({
        title,
        extra,
        cards: [
          { spec: cards[0]!, state: 'TODO' },
          { spec, state: 'DONE' },
        ],
      }),
    );
    expect(back.cards[1]).toMatchObject({
      id: 'ZZ-1',
      agent: 'arch',
      dependencies: ['EPIC-1'],
      parent: 'EPIC-1',
      importedAs: 'done',
      extra: { moscow: 'must' },
    });
  });
});

describe('a project that came from documents', () => {
  it('becomes a file that is imported with the same cards, texts, graph and standing', () => {
    const specs = [
      proposal('EPIC-001', { agent: agentName('product') }),
      proposal('ARCH-001', {
        dependencies: [cardId('EPIC-001')],
        effort: 'L',
        type: 'design',
        userStory: 'u',
        businessValue: 'v',
        parent: cardId('EPIC-001'),
      }),
    ];
    const text = exportBacklog({ title: 'Loja', cards: specs.map((spec) => ({ spec, state: 'DONE' })) });
    const back = read(text);
    expect(back.title).toBe('Loja');
    expect(back.cards.map(({ extra: _, ...spec }) => spec)).toEqual(
      specs.map((spec) => ({ ...spec, importedAs: 'done' })),
    );
    expect((JSON.parse(text) as { metadata: unknown }).metadata).toMatchObject({
      total_cards: 2,
      by_status: { DONE: 2, TODO: 0 },
    });
  });
});
