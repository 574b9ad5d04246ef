import { describe, expect, it } from '@jest/globals';
import { agentName, cardId, type DomainModel } from '@squados/contracts';
import { cardsOf } from '../testing/tasks.js';
import { sourceOf } from '../task/design-cards.js';
import { createDerivation } from './derive-model.js';

type Language = 'pt' | 'en';
interface Said {
  readonly id?: string;
  readonly title: string;
  readonly text?: string;
  readonly criteria?: readonly string[];
}

/** As the cards of the product owner tell it. */
const derive = (language: Language, ...said: readonly Said[]): DomainModel => {
  const cards = cardsOf(
    said.map((s, i) => ({
      id: s.id ?? `RF0${String(i + 1)}`,
      title: s.title,
      text: s.text ?? '',
      criteria: s.criteria ?? [],
    })),
    language,
  ).filter((c) => c.agent === agentName('product'));
  return createDerivation().derive(
    cards.map((c) => sourceOf(c, language)),
    { product: 'P', language },
  ).model;
};

const fieldsOf = (model: DomainModel, name: string): readonly string[] =>
  (model.entities.find((e) => e.name === name)?.fields ?? [])
    .filter((f) => f.source !== 'assumption')
    .map((f) => `${f.name}:${f.type}`);
const names = (model: DomainModel): readonly string[] => model.entities.map((e) => e.name);
const rules = (model: DomainModel): readonly string[] => model.rules.map((r) => r.text);

describe('ids with a part in their middle', () => {
  it.each(['FR-CAT-01', 'RF_CAD_2', 'FR-UI-WEB-3'])('%s names the requirement, not a thing', (id) => {
    const model = derive('en', { id, title: 'Register boats', text: 'Clerks register boats with name and length.' });
    expect(names(model)).toEqual(['Boat']);
  });
  it('is left out of the title of a card that knows no requirement', () => {
    const [card] = cardsOf([{ id: 'FR-CAT-01', title: 'Register boats', text: '' }], 'en');
    const bare = { ...card!, requirementIds: [], id: cardId('PROD-001') };
    expect(sourceOf(bare, 'en')).toMatchObject({ id: 'FR-CAT-01', title: 'Register boats' });
  });
});

describe('lists of fields', () => {
  it.each<[string, Language, string, string, readonly string[]]>([
    [
      'nested below the words that announce them',
      'pt',
      'Cadastro de plantas',
      '- A API deve permitir o cadastro de **plantas** com as seguintes informações obrigatórias:\n  - Nome.\n  - Porte (arbusto, árvore).\n  - Venenosa (tóxica ou não).\n- O sistema deve avisar o jardineiro.',
      ['nome:string', 'porte:enum', 'toxica:boolean'],
    ],
    [
      'nested below `including`',
      'en',
      'Register plants',
      '- The API must let gardeners register plants, including:\n  - name\n  - planting date\n- It must warn them.',
      ['name:string', 'planting_date:date'],
    ],
    [
      'that go on with `além de`',
      'pt',
      'Cadastrar plantas',
      'O sistema deve permitir cadastrar plantas com nome e porte, além de origem e data de plantio quando fornecidos.',
      ['nome:string', 'porte:string', 'origem:string', 'data_plantio:date'],
    ],
    [
      'below `cada planta possuirá`',
      'pt',
      'Cadastrar plantas',
      'Cada planta possuirá:\n\n- Nome;\n- Origem;\n- Data de plantio.',
      ['nome:string', 'origem:string', 'data_plantio:date'],
    ],
    [
      'joined by plus signs',
      'en',
      'Create plants',
      'Gardeners can create plants (name + origin + planting date).',
      ['name:string', 'origin:string', 'planting_date:date'],
    ],
    [
      'behind `with:`',
      'en',
      'Manage plants',
      'Manage plants with: name, origin, planting date.',
      ['name:string', 'origin:string', 'planting_date:date'],
    ],
  ])('%s', (_, language, title, text, fields) => {
    const model = derive(language, { title, text });
    expect(fieldsOf(model, language === 'pt' ? 'Planta' : 'Plant')).toEqual(fields);
  });
  it.each<[Language, string, string, string, readonly string[]]>([
    ['en', 'Edit plants', 'Gardeners can edit plants (name, origin, etc.).', 'Plant', ['name:string', 'origin:string']],
    [
      'en',
      'Publish plots',
      'As a host, I want to create plots with details like rent, deposit, and my preferred visit date.',
      'Plot',
      ['rent:string', 'deposit:string', 'preferred_visit_date:date'],
    ],
    [
      'pt',
      'Agendar consulta',
      'Permite agendar uma consulta médica com data e horário',
      'Consulta',
      ['data:date', 'horario:time'],
    ],
  ])('%s: %s', (language, title, text, name, fields) => {
    const model = derive(language, { title, text });
    expect([names(model), fieldsOf(model, name)]).toEqual([[name], fields]);
  });
  it('what a list can be searched by is no field of its own', () => {
    const model = derive(
      'pt',
      { title: 'Cadastrar plantas', text: 'Cadastrar plantas com nome e origem.' },
      { title: 'Listar plantas', text: 'Listar plantas, com busca por nome e filtro por origem.' },
    );
    expect(fieldsOf(model, 'Planta')).toEqual(['nome:string', 'origem:string']);
  });
});

describe('rows of tables', () => {
  const row =
    'Clerks can register boats with name and length.\n- Priority: Must\n- Acceptance Criteria: Names are unique';

  it('state no rule by their priority, and each criterion once', () => {
    const model = derive('en', { title: 'Register boats', text: row, criteria: ['Names are unique'] });
    expect(rules(model)).toEqual(['Names are unique']);
    expect(fieldsOf(model, 'Boat')).toEqual(['name:string', 'length:string']);
  });
  it('a criterion that was derived from the text repeats no rule', () => {
    const rule = 'A boat must have a name';
    const model = derive('en', { title: 'Register boats', text: `${rule}.`, criteria: [`(derived) ${rule}`] });
    expect(rules(model)).toEqual([rule]);
  });
  it('a heading of a list is no rule', () => {
    const model = derive('pt', {
      title: 'Cadastrar barcos',
      text: '- **Não deve fazer:**\n  - Apagar barcos vendidos.',
    });
    expect(rules(model).filter((text) => text.endsWith(':'))).toEqual([]);
  });
});

describe('who signs in, and who is managed', () => {
  it('is a user where the text names no other thing', () => {
    const model = derive(
      'en',
      { title: 'System must authenticate via e-mail', text: 'System must authenticate via e-mail' },
      { title: 'Owner can create new users', text: 'Owner can create new users (name + e-mail + role)' },
    );
    expect(names(model)).toEqual(['User']);
    expect(fieldsOf(model, 'User')).toEqual(['name:string', 'e_mail:email', 'role:string']);
  });
  it.each([
    ['Escolha do forno', 'Forno'],
    ['Seleção de vaga', 'Vaga'],
    ['Geração de etiqueta utilizando IA', 'Etiqueta'],
  ])('%s is about a %s', (title, name) => {
    expect(names(derive('pt', { title }))).toEqual([name]);
  });
  it('what is supported is what the requirement is about', () => {
    expect(names(derive('en', { title: 'Support add, edit, delete boats' }))).toEqual(['Boat']);
  });
});
