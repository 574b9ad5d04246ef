import { describe, expect, it } from '@jest/globals';
import type { CardSpec } from '@squados/contracts';
import { exportBacklog, importBacklog, problemText } from './index.js';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, null, 2));
const imported = (value: unknown) => {
  const result = importBacklog(bytes(value), { file: 'quadro.json' });
  if (result.kind === 'rejected') throw new Error(result.problems.map(problemText).join('\n'));
  return result;
};
const cardsOf = (value: unknown): readonly CardSpec[] => imported(value).cards;
const cardOf = (fields: object): CardSpec => cardsOf({ cards: [fields] })[0]!;
const DESIGN = { card_id: 'PROD-001', title: 'Ficha do animal', dependencies: [] };
const SERVICE = { card_id: 'BE-001', title: 'Serviço', dependencies: ['PROD-001'] };

describe('where a backlog keeps its cards', () => {
  it.each([
    ['the file is the list', [DESIGN, SERVICE]],
    ['backlog.cards', { versao: 2, backlog: { projeto: 'Canil', cards: [DESIGN, SERVICE], sprint: 3 } }],
    ['data.cards', { data: { cards: [DESIGN, SERVICE] } }],
    ['cartoes', { projeto: 'Canil', cartoes: [DESIGN, SERVICE], sprint: 3 }],
    ['items', { project: 'Kennel', items: [DESIGN, SERVICE] }],
  ])('%s: cards and dependencies are read, and an export puts them back there', (_, file) => {
    const { cards, title, extra } = imported(file);
    expect(cards.map((card) => [card.id, card.dependencies])).toEqual([
      ['PROD-001', []],
      ['BE-001', ['PROD-001']],
    ]);
    const text = exportBacklog({ title, extra, cards: cards.map((spec) => ({ spec, state: 'TODO' as const })) });
    expect(text).toBe(JSON.stringify(file, null, 2));
  });
  it('a faulty card is named with its line wherever it stands', () => {
    const result = importBacklog(bytes({ backlog: { cards: [DESIGN, { title: 'Sem id' }] } }), { file: 'quadro.json' });
    expect(result.kind === 'rejected' && problemText(result.problems[0]!)).toMatch(/^quadro\.json:9:7: card no\. 2: /);
  });
  it('a file without cards says what it holds instead', () => {
    const result = importBacklog(bytes({ epics: [], columns: [] }), { file: 'quadro.json' });
    expect(result.kind === 'rejected' && problemText(result.problems[0]!)).toContain('it has "epics", "columns"');
  });
});

describe('cards that stand apart from each other', () => {
  const refusal = (value: unknown): string => {
    const result = importBacklog(bytes(value), { file: 'quadro.json' });
    return result.kind === 'rejected' ? result.problems.map(problemText).join('\n') : 'imported';
  };
  it.each([
    [
      {
        projects: [
          { name: 'Canil', cards: [DESIGN] },
          { name: 'Horta', cards: [SERVICE] },
        ],
      },
      'projects[0].cards, projects[1].cards',
    ],
    [{ Canil: { cards: [DESIGN] }, Horta: { cards: [SERVICE] } }, 'Canil.cards, Horta.cards'],
    [{ backlog: { product: [DESIGN], backend: [SERVICE] } }, 'backlog.product, backlog.backend'],
    [
      {
        epics: [
          { id: 'EPIC-001', stories: [DESIGN] },
          { id: 'EPIC-002', children: [SERVICE] },
        ],
      },
      'epics[0].stories, epics[1].children',
    ],
  ])('%j are refused with the places of their lists', (file, places) => {
    expect(refusal(file)).toBe(
      `quadro.json: its cards stand in several lists: ${places}. Put them all into one list "cards", or split the file.`,
    );
  });
  it('cards within a card are refused, not lost; notes of a card and names of its children are kept', () => {
    expect(refusal({ cards: [{ ...DESIGN, subtasks: [SERVICE] }] })).toMatch(
      /^quadro\.json:3:5: card "PROD-001": subtasks holds cards of its own.*"parent": "PROD-001"/,
    );
    const kept = { cards: [{ ...DESIGN, subtasks: [{ id: 1, title: 'esboço' }], children: ['BE-001'] }, SERVICE] };
    expect(refusal(kept)).toBe('imported');
  });
  it('a dependency in another case is named as the file writes it', () => {
    expect(refusal({ cards: [DESIGN, { ...SERVICE, dependencies: ['prod-001'] }] })).toContain('Write "PROD-001"');
  });
});

describe('how a card says what it says', () => {
  it('by the names that other trackers use, with a key of its own beside the id', () => {
    const file = {
      title: 'Canil',
      cards: [
        { key: 'BE-001', summary: 'Serviço', desc: 'Com nome', blockedBy: 'PROD-001' },
        { ...DESIGN, key: 'x' },
      ],
    };
    const { cards, title } = imported(file);
    expect([title, cards[0]!.id, cards[0]!.title, cards[0]!.description, cards[0]!.dependencies, cards[1]!.id]).toEqual(
      ['Canil', 'BE-001', 'Serviço', 'Com nome', ['PROD-001'], 'PROD-001'],
    );
  });
  it.each([
    ['nenhuma', []],
    [['-'], []],
    ['N/A', []],
    [['PROD-001, PROD-002'], ['PROD-001', 'PROD-002']],
  ])('the dependencies %j are %j', (dependencies, expected) => {
    const file = { cards: [DESIGN, { ...DESIGN, card_id: 'PROD-002' }, { ...SERVICE, dependencies }] };
    expect(cardsOf(file)[2]!.dependencies).toEqual(expected);
  });
  it.each([
    [
      'camel case',
      {
        cardId: 'BE-1',
        title: 'T',
        dependsOn: [],
        acceptanceCriteria: ['a'],
        requirementIds: ['RF1'],
        userStory: 'Como',
      },
    ],
    [
      'Portuguese',
      {
        codigo: 'BE-1',
        nome: 'T',
        depende_de: [],
        criterios_de_aceite: ['a'],
        requisitos: ['RF1'],
        historia_usuario: 'Como',
      },
    ],
    [
      'one text each',
      {
        id: 'BE-1',
        title: 'T',
        dependencies: '',
        acceptance_criteria: '- a',
        requirement_ids: 'RF1',
        user_story: 'Como',
      },
    ],
    [
      'objects',
      {
        id: 'BE-1',
        title: 'T',
        acceptance_criteria: [{ id: 1, text: 'a' }],
        requirement_ids: ['RF1'],
        user_story: 'Como',
      },
    ],
  ])('%s', (_, fields) => {
    expect(cardOf(fields)).toMatchObject({
      id: 'BE-1',
      title: 'T',
      dependencies: [],
      acceptanceCriteria: ['a'],
      requirementIds: ['RF1'],
      userStory: 'Como',
    });
  });
  it.each([
    ['a text with commas', 'PROD-001, PROD-002'],
    ['objects with an id and a kind', [{ id: 'PROD-001', type: 'blocks' }, { card_id: 'PROD-002' }]],
    ['objects that are merely related beside real ones', ['PROD-001', { id: 'BE-9', type: 'related' }, 'PROD-002']],
  ])('dependencies as %s', (_, dependencies) => {
    const file = { cards: [DESIGN, { ...DESIGN, card_id: 'PROD-002' }, { ...SERVICE, dependencies }] };
    expect(cardsOf(file)[2]!.dependencies).toEqual(['PROD-001', 'PROD-002']);
  });
  it('ids that are numbers, where the cards say whose they are', () => {
    const cards = cardsOf({
      cards: [
        { id: 1, title: 'A', squad: 'produto' },
        { id: 2, title: 'B', squad: 'backend', dependencies: [1] },
      ],
    });
    expect(cards.map((card) => [card.id, card.agent, card.dependencies])).toEqual([
      ['1', 'product', []],
      ['2', 'backend', ['1']],
    ]);
  });
  it.each([
    ['Frontend Developer', 'frontend'],
    ['engenharia-backend', 'backend'],
    ['product-owner-agent', 'product'],
    ['QA Engineer', 'qa'],
  ])('the agent %s is %s', (agent, expected) => {
    expect(cardOf({ id: 'X-1', title: 'T', agent }).agent).toBe(expected);
  });
  it.each([
    ['1 - High', 'HIGH'],
    ['Essencial', 'CRITICAL'],
    ['Desejável', 'LOW'],
    [{ name: 'High' }, 'HIGH'],
    [{ level: 'high' }, 'HIGH'],
  ])('the priority %j is %s', (priority, expected) => {
    expect(cardOf({ ...DESIGN, priority }).priority).toBe(expected);
  });
  it('a status with a name of its own is read and kept', () => {
    const file = { cards: [{ ...DESIGN, status: { id: 7, name: 'Concluído' } }] };
    const { cards, title, extra } = imported(file);
    expect(cards[0]!.importedAs).toBe('done');
    const text = exportBacklog({ title, extra, cards: cards.map((spec) => ({ spec, state: 'DONE' as const })) });
    expect(text).toBe(JSON.stringify(file, null, 2));
  });
  it('a second name of a role stays a field of its own', () => {
    const file = { cards: [{ ...DESIGN, name: 'ficha', status: 'TODO' }] };
    const { cards, title, extra } = imported(file);
    expect(cards[0]!.title).toBe('Ficha do animal');
    expect(exportBacklog({ title, extra, cards: cards.map((spec) => ({ spec, state: 'TODO' as const })) })).toBe(
      JSON.stringify(file, null, 2),
    );
  });
});
