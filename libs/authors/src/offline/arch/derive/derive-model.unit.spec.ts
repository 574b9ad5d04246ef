import { describe, expect, it } from '@jest/globals';
import type { DomainModel, EntityModel } from '@squados/contracts';
import { createDerivation } from './derive-model.js';

type Language = 'pt' | 'en';
interface Said {
  readonly title: string;
  readonly text?: string;
  readonly criteria?: readonly string[];
  readonly userStory?: string;
}

const derive = (language: Language, ...said: readonly Said[]): DomainModel =>
  createDerivation().derive(
    said.map((s, i) => ({
      id: `R${i + 1}`,
      title: s.title,
      text: s.text ?? '',
      criteria: s.criteria ?? [],
      language,
      ...(s.userStory === undefined ? {} : { userStory: s.userStory }),
    })),
    { product: 'P', language },
  ).model;
const names = (m: DomainModel): readonly string[] => m.entities.map((e) => e.label);
const entity = (m: DomainModel, name: string): EntityModel => m.entities.find((e) => e.name === name) ?? m.entities[0]!;
const operations = (e: EntityModel): readonly string[] =>
  e.operations.filter((o) => o.requirement !== 'assumption').map((o) => o.action ?? o.kind);
const fields = (e: EntityModel): readonly string[] =>
  e.fields.map((f) => `${f.name}:${f.type}${f.required ? '!' : ''}`);

describe('what a requirement is about', () => {
  it.each<[Language, string, string, string]>([
    ['pt', 'Gerenciamento de Oráculos', 'Oráculo', 'Oráculos'],
    ['pt', 'Processamento e Enriquecimento de Documentos', 'Documento', 'Documentos'],
    ['pt', 'Biblioteca Central de Validações', 'Validação', 'Validações'],
    ['pt', 'Criação Dinâmica de Instâncias', 'Instância', 'Instâncias'],
    ['pt', 'Integrações Externas Configuráveis', 'Integração Externa', 'Integrações Externas'],
    ['pt', 'Recursos MCP - Dados Estruturados', 'Recurso MCP', 'Recursos MCP'],
    ['pt', 'Fase 2 - Especificação Gerada e Refinamento Iterativo', 'Especificação', 'Especificações'],
    ['pt', 'Abrir ordem de serviço', 'Ordem de serviço', 'Ordens de serviço'],
    ['en', 'Book management', 'Book', 'Books'],
    ['en', 'Create, edit and delete categories', 'Category', 'Categories'],
    ['en', 'Address registration', 'Address', 'Addresses'],
    ['en', 'Delivery slot', 'Delivery slot', 'Delivery slots'],
  ])('%s “%s” is about %s', (language, title, label, labelPlural) => {
    expect(derive(language, { title }).entities[0]).toMatchObject({ label, labelPlural });
  });

  it('takes the thing from the text when the title names none', () => {
    expect(
      names(
        derive('pt', {
          title: 'FormGenerator Pillar',
          text: '**Descrição**: Gerar formulários a partir de um esquema',
        }),
      ),
    ).toEqual(['Formulário']);
    expect(
      names(derive('en', { title: 'FR', userStory: 'As a clerk, I want to register parcels, so that none is lost' })),
    ).toEqual(['Parcel']);
  });
  it('sees a part and its whole in one title', () => {
    const m = derive('pt', { title: 'Criar formulário' }, { title: 'Adicionar campos ao formulário' });
    expect(entity(m, 'Campo').relations).toMatchObject([
      { field: 'formulario_id', target: 'Formulario', required: true, onDelete: 'cascade' },
    ]);
  });
  it('sees loans behind lending and returning', () => {
    const m = derive(
      'en',
      { title: 'Register a book' },
      { title: 'Lend a book', text: 'A loan belongs to one book and one member.\n\n**States**: open → returned' },
      { title: 'Return a book' },
    );
    expect(names(m)).toEqual(['Book', 'Loan', 'Member']);
    expect(entity(m, 'Loan').requirements).toEqual(['R2', 'R3']);
  });
  it('loses no requirement: what adds nothing else is kept as a rule', () => {
    const m = derive('pt', { title: 'Cadastrar cliente' }, { title: 'Zero código manual', text: 'Tudo nasce pronto.' });
    expect(m.rules.some((r) => r.requirement === 'R2' && r.entity === 'Cliente')).toBe(true);
  });
  it('makes one entity of all spellings of a thing', () => {
    expect(
      names(derive('pt', { title: 'Gerenciamento de Object Definitions' }, { title: 'Editar object_definitions' })),
    ).toEqual(['Object Definition']);
  });
});

describe('fields', () => {
  it.each<[Language, string, Record<string, unknown>]>([
    [
      'en',
      '- **title** (text, required, up to 120 characters, unique)',
      { name: 'title', type: 'string', required: true, max: 120, unique: true },
    ],
    [
      'pt',
      '- **título** (texto, obrigatório, até 120 caracteres, único)',
      { name: 'titulo', label: 'Título', type: 'string', required: true, max: 120, unique: true },
    ],
    [
      'pt',
      '- **preço** (decimal, obrigatório, entre 0,01 e 50000)',
      { name: 'preco', type: 'decimal', min: 0.01, max: 50_000 },
    ],
    [
      'pt',
      '- **forma** (um de: dinheiro, cartão, pix)',
      { name: 'forma', type: 'enum', values: ['dinheiro', 'cartão', 'pix'] },
    ],
    ['en', '- **active** (boolean, default true)', { name: 'active', type: 'boolean', default: true }],
    ['en', '- **lent on** (date, required)', { name: 'lent_on', type: 'date', required: true }],
    [
      'en',
      '- status: enum: open, closed; default open',
      { name: 'status', type: 'enum', values: ['open', 'closed'], default: 'open' },
    ],
    ['pt', '- observação — texto longo, opcional', { name: 'observacao', type: 'text', required: false }],
    ['en', '- version (integer)', { name: 'version_number', type: 'integer' }],
    [
      'pt',
      '| Campo | Tipo | Obrigatório | Regras |\n| --- | --- | --- | --- |\n| **placa** | texto | sim | até 8 caracteres |',
      { name: 'placa', type: 'string', required: true, max: 8 },
    ],
    [
      'en',
      '```sql\nCREATE TABLE gadgets (id uuid PRIMARY KEY, code varchar(12) NOT NULL UNIQUE);\n```',
      { name: 'code', type: 'string', required: true, unique: true, max: 12 },
    ],
    [
      'en',
      "```ts\ninterface Gadget { size?: 'small' | 'large'; }\n```",
      { name: 'size', type: 'enum', values: ['small', 'large'], required: false },
    ],
    ['en', '```json\n{"code": "A1", "weight": 1.5}\n```', { name: 'code', type: 'string' }],
    [
      'en',
      'Every gadget has a colour that is one of: red, green or blue.',
      { name: 'colour', type: 'enum', values: ['red', 'green', 'blue'] },
    ],
  ])('%s: %s', (language, text, expected) => {
    const m = derive(language, { title: language === 'pt' ? 'Cadastrar aparelho' : 'Register a gadget', text });
    expect(m.entities[0]?.fields.find((f) => f.name === expected['name'])).toMatchObject(expected);
  });

  it.each<[Language, string, string, readonly string[]]>([
    [
      'en',
      'Register a book',
      'Create a book with title, author and description.',
      ['title:string!', 'author:string', 'description:text'],
    ],
    [
      'pt',
      'Gerenciamento de Livros',
      '- Criar novo Livro (nome, descrição, autor)',
      ['nome:string!', 'descricao:text', 'autor:string'],
    ],
    [
      'pt',
      'Cadastro de Medicamentos',
      'Permitir registrar nome, fabricante, validade, preço e quantidade em estoque.',
      ['nome:string!', 'fabricante:string', 'validade:date', 'preco:decimal', 'quantidade_em_estoque:integer'],
    ],
    [
      'en',
      'Manage cars',
      'The system stores the following detail fields: licence plate, year, colour.',
      ['licence_plate:string', 'year:integer', 'colour:string'],
    ],
  ])('%s “%s” with fields in passing', (language, title, text, expected) => {
    expect(fields(derive(language, { title, text }).entities[0]!)).toEqual(expected);
  });

  it('admits what it assumes', () => {
    const m = derive('pt', { title: 'Cadastrar cliente' });
    expect(m.entities[0]?.fields.every((f) => f.source === 'assumption')).toBe(true);
    expect(m.assumptions.join('\n')).toContain('Cliente: o texto não nomeia campos');
  });
  it('lets the first requirement win a conflict and names both', () => {
    const m = derive(
      'en',
      { title: 'Manage books', text: '- **title** (text, up to 10 characters)' },
      { title: 'Edit books', text: '- **title** (text, up to 20 characters)' },
    );
    expect(m.entities[0]?.fields[0]?.max).toBe(10);
    expect(m.assumptions.some((a) => a.includes('R1') && a.includes('R2'))).toBe(true);
  });
  it('makes a relation of a field that names another entity', () => {
    const m = derive(
      'pt',
      { title: 'Cadastrar cliente' },
      { title: 'Cadastrar pedido', text: '**Campos**:\n- cliente_id (uuid, obrigatório)\n- **total** (decimal)' },
    );
    expect(entity(m, 'Pedido').relations).toMatchObject([
      { field: 'cliente_id', target: 'Cliente', required: true, onDelete: 'restrict' },
    ]);
  });
});

describe('states', () => {
  it.each<[Language, string, readonly string[], readonly string[]]>([
    [
      'en',
      '**States**: draft → published → closed; draft → cancelled',
      ['draft', 'published', 'closed', 'cancelled'],
      ['publish', 'close', 'cancel'],
    ],
    [
      'pt',
      'Estados: rascunho → publicado (publicar) → encerrado',
      ['rascunho', 'publicado', 'encerrado'],
      ['publicar', 'encerrar'],
    ],
    ['en', '**States**: placed -> baked -> collected', ['placed', 'baked', 'collected'], ['bake', 'collect']],
    ['pt', '**Estados**: aberta → em execução → fechada', ['aberta', 'em execução', 'fechada'], ['executar', 'fechar']],
    ['en', '**States**: open, closed', ['open', 'closed'], ['close']],
  ])('%s: %s', (language, text, states, actions) => {
    const found = derive(language, { title: language === 'pt' ? 'Cadastrar tarefa' : 'Manage tasks', text }).entities[0]
      ?.states;
    expect(found?.states).toEqual(states);
    expect(found?.transitions.map((t) => t.action)).toEqual(actions);
    expect(found?.initial).toBe(states[0]);
  });
  it('gathers them from requirements that name them in passing', () => {
    const m = derive(
      'pt',
      { title: 'Criar formulário' },
      { title: 'Adicionar campos ao formulário', text: 'Enquanto o formulário estiver em estado DRAFT.' },
      { title: 'Publicar formulário PUBLISHED' },
      { title: 'Fechar formulário CLOSED' },
    );
    expect(entity(m, 'Formulario').states?.transitions).toMatchObject([
      { action: 'publicar', from: 'DRAFT', to: 'PUBLISHED' },
      { action: 'fechar', from: 'PUBLISHED', to: 'CLOSED' },
    ]);
  });
});

describe('operations and rules', () => {
  it.each<[Language, Said, readonly string[]]>([
    ['pt', { title: 'Criar, editar e clonar modelos' }, ['create', 'update', 'clonar']],
    ['en', { title: 'Manage books', text: '- Export books' }, ['create', 'read', 'update', 'delete', 'list', 'export']],
    [
      'pt',
      { title: 'Criar formulário', text: 'O sistema deve permitir que formulários sejam publicados.' },
      ['create', 'publicar'],
    ],
  ])('%s %j', (language, said, expected) => {
    expect(operations(derive(language, said).entities[0]!)).toEqual(expected);
  });
  it.each<[Language, string, string]>([
    ['pt', 'Apenas formulários com status DRAFT podem ser modificados', 'transition'],
    ['pt', 'O nome do formulário deve ser único', 'uniqueness'],
    ['en', 'A form has at most 100 fields', 'limit'],
    ['en', 'Only an administrator can delete a form', 'permission'],
  ])('%s: %s is a rule of kind %s', (language, text, kind) => {
    expect(
      derive(language, { title: language === 'pt' ? 'Criar formulário' : 'Create forms', criteria: [text] }).rules,
    ).toMatchObject([{ text, kind }]);
  });
  it('turns a rule that a column can hold into a constraint', () => {
    const m = derive('pt', {
      title: 'Cadastrar livro',
      text: '- **título** (texto)',
      criteria: ['O título deve ser único', 'O título deve ter no máximo 80 caracteres', 'O título é obrigatório'],
    });
    expect(m.entities[0]?.fields[0]).toMatchObject({ unique: true, max: 80, required: true });
  });
});
