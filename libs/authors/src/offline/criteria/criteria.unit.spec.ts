import { describe, expect, it } from '@jest/globals';
import { criterionLine, criterionNote, KNOWN, knownCriterion, missingFields } from './index.js';

describe('a criterion that the product owner wrote itself', () => {
  it('is known in both languages, marked as derived or not', () => {
    expect(knownCriterion(`(derived) ${KNOWN.states.en('FR-001')}`, ['FR-001'])).toBe('states');
    expect(knownCriterion(`(derivado) ${KNOWN.keyboard.pt('RF-2')}`, ['RF-1', 'RF-2'])).toBe('keyboard');
    expect(knownCriterion(KNOWN.answers.pt(), [])).toBe('answers');
  });

  it('is not one that speaks of another requirement, or that a document states', () => {
    expect(knownCriterion(KNOWN.states.en('FR-009'), ['FR-001'])).toBeUndefined();
    expect(knownCriterion('A loan ends', ['FR-001'])).toBeUndefined();
  });
});

describe('a criterion of what may not be missing', () => {
  it.each([
    [
      'A book without a title or without an author is refused, and the message names the field',
      { record: 'book', fields: ['title', 'author'] },
    ],
    [
      'Um cliente sem nome ou sem telefone é recusado, e a mensagem nomeia o campo',
      { record: 'cliente', fields: ['nome', 'telefone'] },
    ],
    ['Um orçamento sem preço é recusado', { record: 'orcamento', fields: ['preco'] }],
    [
      'A loan without its due date, a book or a member is refused.',
      { record: 'loan', fields: ['due date', 'book', 'member'] },
    ],
  ])('%s', (criterion, read) => expect(missingFields(criterion)).toEqual(read));

  it.each([
    'A book without a title is refused, and the existing book is shown',
    'A member without a card is refused on Sundays',
    'Uma ordem de serviço sem orçamento não pode ser aprovada',
    'The ISBN is unique',
  ])('is not: %s', (criterion) => expect(missingFields(criterion)).toBeUndefined());
});

describe('a line of a note', () => {
  it('is ticked where something holds the criterion, and shows its words as they are', () => {
    expect(criterionLine('The *ISBN*\nis unique', { how: 'a test', by: ['web-tests', 'src/a.test.ts'] }, '')).toBe(
      '- [x] The \\*ISBN\\* is unique – a test (`web-tests`, `src/a.test.ts`)',
    );
  });

  it('stays open where nothing does', () => {
    const note = { id: 'A-1', title: 'T', language: 'en', criteria: ['It is'], claimOf: () => undefined } as const;
    expect(criterionNote(note)).toBe('# A-1: T\n\n## Acceptance criteria\n\n- [ ] It is – nothing checks it\n');
  });
});
