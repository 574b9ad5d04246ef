import { describe, expect, it } from '@jest/globals';
import type { DomainModel } from '@squados/contracts';
import { createDerivation } from './derive-model.js';

type Language = 'pt' | 'en';

const EN = [
  {
    title: 'Register a member',
    text: '**Fields**:\n\n- **email** (email, required, unique)\n- **card number** (text, required, unique)\n- **name** (text, required)',
  },
  {
    title: 'Create a loan',
    text: 'Each loan belongs to one member.\n\n**Fields**:\n\n- **loan date** (date, required)\n\n**States**: open → overdue → returned; open → returned',
  },
];
const PT = [
  {
    title: 'Cadastrar cliente',
    text: '**Campos**:\n\n- **nome** (texto, obrigatório)\n- **cpf** (texto, obrigatório, único)',
  },
  {
    title: 'Cadastrar veículo',
    text: 'Cada veículo pertence a um cliente.\n\n**Campos**:\n\n- **placa** (texto, obrigatório, único)',
  },
  {
    title: 'Abrir ordem de serviço',
    text: 'Cada ordem de serviço pertence a um veículo.\n\n**Campos**:\n\n- **queixa** (texto, obrigatório)\n\n**Estados**: aberta → orçada → aprovada; orçada → recusada; aberta → cancelada',
  },
];

const derive = (language: Language, rule: string): DomainModel => {
  const said = language === 'pt' ? PT : EN;
  const sources = [...said, { title: said[0]?.title ?? '', text: '' }].map((s, i) => ({
    id: `R${i + 1}`,
    title: s.title,
    text: s.text,
    criteria: i === said.length ? [rule] : [],
    language,
  }));
  return createDerivation().derive(sources, { product: 'P', language }).model;
};
const dataOf = (language: Language, rule: string): unknown => {
  const { rules } = derive(language, rule);
  expect(rules.map((r) => r.text)).toContain(rule);
  return rules.find((r) => r.text === rule)?.data;
};

const LOANS = { kind: 'at-most', entity: 'Loan', per: 'member_id' };
const ORDERS = { kind: 'at-most', entity: 'OrdemDeServico', per: 'veiculo_id' };

describe('a rule as data', () => {
  it.each<[Language, string, unknown]>([
    ['en', 'A member has at most five open loans', { ...LOANS, most: 5, states: ['open'] }],
    ['en', 'BR-01 Loan limit: A member has at most five open loans', { ...LOANS, most: 5, states: ['open'] }],
    [
      'en',
      'Each member may hold no more than 3 loans that are open or overdue',
      { ...LOANS, most: 3, states: ['open', 'overdue'] },
    ],
    ['en', 'There must be at most two overdue loans per member', { ...LOANS, most: 2, states: ['overdue'] }],
    ['en', 'A member must have up to 4 loans', { ...LOANS, most: 4 }],
    ['pt', 'Um veículo tem no máximo uma ordem de serviço aberta por vez', { ...ORDERS, most: 1, states: ['aberta'] }],
    ['pt', 'Cada veículo pode ter até 3 ordens de serviço abertas', { ...ORDERS, most: 3, states: ['aberta'] }],
    [
      'pt',
      'Pode haver no máximo duas ordens de serviço aprovadas por veículo',
      { ...ORDERS, most: 2, states: ['aprovada'] },
    ],
  ])('%s: “%s” limits how many rows share a reference', (language, rule, data) => {
    expect(dataOf(language, rule)).toEqual(data);
  });

  it.each<[Language, string, unknown]>([
    [
      'en',
      'A loan can be returned from the states open and overdue only',
      { kind: 'moves', entity: 'Loan', from: ['open', 'overdue'], to: ['returned'] },
    ],
    [
      'pt',
      'Somente uma ordem orçada pode ser aprovada ou recusada',
      { kind: 'moves', entity: 'OrdemDeServico', from: ['orçada'], to: ['aprovada', 'recusada'] },
    ],
    [
      'en',
      'Two members never share a card number or an email',
      { kind: 'unique', entity: 'Member', fields: ['email', 'card_number'] },
    ],
    ['pt', 'Dois clientes nunca têm o mesmo CPF', { kind: 'unique', entity: 'Cliente', fields: ['cpf'] }],
    ['en', 'A member with an open loan cannot be deleted', { kind: 'kept', entity: 'Member', by: 'Loan' }],
    ['en', 'A member must not be deleted while a loan exists', { kind: 'kept', entity: 'Member', by: 'Loan' }],
    [
      'pt',
      'Um cliente com ordem de serviço aberta não pode ser excluído',
      { kind: 'kept', entity: 'Cliente', by: 'OrdemDeServico' },
    ],
  ])('%s: “%s” is held by what the model says', (language, rule, data) => {
    expect(dataOf(language, rule)).toEqual(data);
  });

  it.each<[Language, string]>([
    ['en', 'A member has at most five open loans per day'],
    ['en', 'A member has at most five expensive loans'],
    ['en', 'A premium member has at most five open loans'],
    ['en', 'A member has at most some open loans'],
    ['en', 'A loan is renewed at most two times'],
    ['en', 'A loan can be returned from the state open only'],
    ['en', 'Only an active member can be returned'],
    ['en', 'Two members must never share a name'],
    ['pt', 'O CPF do cliente é conferido pelo sistema e nunca se repete'],
    ['en', 'A loan with a member cannot be deleted'],
    ['pt', 'Somente uma ordem aberta pode ser aprovada'],
    ['pt', 'Um veículo tem no máximo uma ordem de serviço aberta por mês'],
  ])('%s: “%s” says more, or something else, than the model can hold: it stays text', (language, rule) => {
    expect(dataOf(language, rule)).toBeUndefined();
  });

  it('is found once a later requirement brings what the rule names', () => {
    const [member, loan] = EN;
    const sources = [member, loan].map((s, i) => ({
      id: `R${i + 1}`,
      title: s?.title ?? '',
      text: s?.text ?? '',
      criteria: i === 0 ? ['A member has at most five open loans'] : [],
      language: 'en' as const,
    }));
    const each = createDerivation().deriveAll(sources, { product: 'P', language: 'en' });
    expect(each.map((d) => d.model.rules[0]?.data?.kind)).toEqual([undefined, 'at-most']);
  });
});
