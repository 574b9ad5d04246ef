import { describe, expect, it } from '@jest/globals';
import { KNOWN } from '../../criteria/index.js';
import type { EntityView, FieldView } from '../app-model/app-model.js';
import { heldBy } from './held-criteria.js';

const field = (name: string, label: string, more: Partial<FieldView> = {}): FieldView => ({
  ...{ name, label, kind: 'string', isOptional: false, isNullable: false, isUnique: false },
  ...more,
});

const call = { fn: 'f', method: 'GET', path: '/books', needsIfMatch: false } as const;
const book = {
  model: { name: 'Book' },
  ...{ label: 'Book', resource: 'books', file: 'book', calls: { list: call, create: call } },
  inputs: [field('title', 'Title'), field('author', 'Author'), field('category', 'Category', { isNullable: true })],
} as unknown as EntityView;
const unlisted = { ...book, calls: { create: call } } as EntityView;

const held = (criterion: string, touched: readonly EntityView[] = [book]) =>
  heldBy({ criterion, requirements: ['FR-001'], language: 'en' }, touched);

describe('a criterion of a frontend card', () => {
  it('of what may not be missing is held by the test of the form that leaves it empty', () => {
    expect(held('A book without a title or without an author is refused, and the message names the field')?.by).toEqual(
      ['web-tests', 'src/features/books/book-pages.test.tsx'],
    );
  });

  it.each([
    ['of a field that may stay empty', 'A book without a category is refused'],
    ['of a field that there is not', 'A book without a title or without a cover is refused'],
    ['of another record', 'A member without a title is refused'],
    ['that the server alone decides', 'The ISBN is unique: a second book with the same ISBN is refused'],
    ['that no test of the page looks at', `(derived) ${KNOWN.kept.en('FR-001')}`],
  ])('%s stays open', (_why, criterion) => expect(held(criterion)).toBeUndefined());

  it('of states of the screen is held where there is a list, of the keyboard by the lint of its handlers', () => {
    expect(held(`(derived) ${KNOWN.states.en('FR-001')}`)?.by).toContain('src/ui/markup.test.tsx');
    expect(held(`(derived) ${KNOWN.states.en('FR-001')}`, [unlisted])).toBeUndefined();
    expect(held(KNOWN.keyboard.en('FR-001'))?.by).toEqual(['web-lint', 'src/features/books/']);
  });

  it('is held by nothing where the card touches no record', () => {
    expect(held(KNOWN.keyboard.en('FR-001'), [])).toBeUndefined();
  });
});
