import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { constantOf } from '../entity/go-entity.js';
import { constraintName, exported, packageName, sqlName, uniqueNames } from './go-names.js';

describe('names in Go', () => {
  it.each([
    ['ordem_de_servico', 'ordemdeservico'],
    ['type', 'typeentity'],
    ['string', 'stringentity'],
    ['store', 'storeentity'],
    ['document', 'documententity'],
    ['testdata', 'testdataentity'],
    ['unit_test', 'unittestentity'],
  ])('call the package of %s %s', (module, name) => expect(packageName(module)).toBe(name));

  it.each([
    ['book_id', 'BookID'],
    ['site_url', 'SiteURL'],
    ['em execução', 'EmExecucao'],
    ['2ª via', 'N2Via'],
    ['azul-claro', 'AzulClaro'],
  ])('export %s as %s', (text, name) => expect(exported(text)).toBe(name));

  it('are exported identifiers whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(exported(text)).toMatch(/^[A-Z][A-Za-z0-9]*$/)),
    );
  });
  it('are never given twice', () => {
    const unique = uniqueNames(['Draft']);
    expect([unique('Draft'), unique('Draft'), unique('Row'), unique('Row')]).toEqual([
      'Draft2',
      'Draft3',
      'Row',
      'Row2',
    ]);
  });
  it('stand for nothing where a column has no such value', () => {
    const column = { name: 'a', go: 'A', type: 'string', required: true, writable: true, unique: false } as never;
    expect(constantOf(column, 'x')).toBe('""');
  });
});

describe('names in SQL', () => {
  it('are quoted where PostgreSQL reserves them', () =>
    expect([sqlName('order'), sqlName('nome')]).toEqual(['"order"', 'nome']));
  it('are those of the design, also where they had to be cut', () => {
    expect(constraintName('uq', 'books', 'isbn')).toBe('uq_books_isbn');
    const long = constraintName('fk', 't'.repeat(48), 'c'.repeat(48));
    expect(long).toMatch(/^fk_t{48}_c{2}_[0-9a-f]{8}$/);
    expect(long).toHaveLength(63);
  });
});
