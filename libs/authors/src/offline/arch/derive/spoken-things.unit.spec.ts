import { describe, expect, it } from '@jest/globals';
import type { DomainModel, EntityModel } from '@squados/contracts';
import { createDerivation } from './derive-model.js';

const derived = (title: string, text: string, language: 'pt' | 'en' = 'pt'): DomainModel =>
  createDerivation().derive([{ id: 'RF01', title, text, criteria: [], language }], { product: 'Canil', language })
    .model;
const fieldsOf = ({ entities }: DomainModel, label: string): readonly string[] =>
  entities.find((e: EntityModel) => e.label === label)?.fields.map((f) => f.name) ?? [];

describe('what a sentence says of things', () => {
  it('each of several things has what stands in parentheses behind it', () => {
    const model = derived(
      'Cadastros',
      'O sistema deve manter o cadastro de tutores (nome, telefone) e de tratadores (nome, turno, salário).',
    );
    expect([fieldsOf(model, 'Tutor'), fieldsOf(model, 'Tratador')]).toEqual([
      ['nome', 'telefone'],
      ['nome', 'turno', 'salario'],
    ]);
  });
  it('states that something may be in stand behind a colon, fields behind the last with', () => {
    const model = derived(
      'Passeios',
      'O sistema deve permitir agendar um passeio com um tratador, com data, hora e valor. Um passeio pode estar: pendente, confirmado ou cancelado.',
    );
    const walk = model.entities.find((e) => e.label === 'Passeio');
    expect(fieldsOf(model, 'Passeio')).toEqual(['data', 'hora', 'valor', 'status']);
    expect(walk?.states?.states).toEqual(['pendente', 'confirmado', 'cancelado']);
  });
  it('names begin behind such as; examples are no fields', () => {
    const book = derived(
      'Add kennel',
      'The system shall allow a manager to add a kennel with the information of the kennel, such as label, size and location.',
      'en',
    );
    expect(fieldsOf(book, 'Kennel')).toEqual(['label', 'size', 'location']);
    expect(
      fieldsOf(derived('Cadastro de raças', 'Registrar cada raça (ex: poodle, pug, etc.).'), 'Raça'),
    ).not.toContain('pug');
  });
});

describe('what a title is about', () => {
  it.each([
    ['Permitir cadastro de tutores e tratadores', 'pt', 'Tutor'],
    ['Manter abrigos (casa ou canil) com tipo, lotação', 'pt', 'Abrigo'],
    ['Place an order', 'en', 'Order'],
    ['visitor can walk many dogs', 'en', 'Visitor'],
  ] as const)('%s', (title, language, label) => {
    expect(derived(title, title, language).entities[0]?.label).toBe(label);
  });
});
