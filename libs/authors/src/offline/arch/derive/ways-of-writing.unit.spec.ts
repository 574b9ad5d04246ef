import { describe, expect, it } from '@jest/globals';
import type { DomainModel } from '@squados/contracts';
import { createDerivation } from './derive-model.js';

type Language = 'pt' | 'en';
interface Said {
  readonly id?: string;
  readonly title: string;
  readonly text?: string;
  readonly criteria?: readonly string[];
}

const derive = (language: Language, ...said: readonly Said[]): DomainModel =>
  createDerivation().derive(
    said.map((s, i) => ({
      id: s.id ?? `R${i + 1}`,
      title: s.title,
      text: s.text ?? '',
      criteria: s.criteria ?? [],
      language,
    })),
    { product: 'P', language },
  ).model;

const fieldsOf = (model: DomainModel, name: string): readonly string[] =>
  (model.entities.find((e) => e.name === name)?.fields ?? [])
    .filter((f) => f.source !== 'assumption')
    .map((f) => `${f.name}:${f.type}`);
const names = (model: DomainModel): readonly string[] => model.entities.map((e) => e.name);

describe('fields in the ways that people write them', () => {
  it.each<[Language, string, string, string, readonly string[]]>([
    [
      'en',
      'Vehicles',
      'As a fleet manager I want to register vehicles with plate, make, year and current mileage so that I can plan.',
      'Vehicle',
      ['plate:string', 'make:string', 'year:integer', 'current_mileage:integer'],
    ],
    [
      'pt',
      'Cadastro de moradores',
      'Como síndico, quero cadastrar moradores com nome, CPF, telefone e e-mail, para manter o registro atualizado.',
      'Morador',
      ['nome:string', 'cpf:string', 'telefone:string', 'e_mail:email'],
    ],
    [
      'en',
      'Store for each doctor',
      'The system shall store for each doctor: name, specialty, licence number (unique) and date of birth.',
      'Doctor',
      ['name:string', 'specialty:string', 'licence_number:string', 'date_of_birth:date'],
    ],
    [
      'pt',
      'Dados do médico',
      'Para cada médico o sistema guarda nome, CRM e data de admissão.',
      'Medico',
      ['nome:string', 'crm:string', 'data_admissao:date'],
    ],
    [
      'en',
      'Event management',
      'Organisers create events. Each event must have a title, start date, end date and capacity.',
      'Event',
      ['title:string', 'start_date:date', 'end_date:date', 'capacity:integer'],
    ],
    [
      'en',
      'Let managers maintain rooms',
      'The system must let managers maintain rooms (number, floor, type: single/double, smoking allowed yes/no).',
      'Room',
      ['number:string', 'floor:string', 'type:enum', 'smoking_allowed:boolean'],
    ],
    [
      'pt',
      'Entrada de mercadorias',
      'Registrar entradas informando quantidade, valor unitário e número de caixas.',
      'EntradaDeMercadorias',
      ['quantidade:integer', 'valor_unitario:decimal', 'numero_caixas:integer'],
    ],
    [
      'en',
      'Defect reports',
      'As a driver, I want to report a defect with severity (low, medium, high) and a photo URL.',
      'DefectReport',
      ['severity:enum', 'photo_url:url'],
    ],
  ])('%s: “%s”: %s', (language, title, text, entity, expected) => {
    expect(fieldsOf(derive(language, { title, text }), entity)).toEqual(expected);
  });

  it('keeps the names before a sentence that goes on with another verb, and takes a status for states', () => {
    const model = derive('pt', {
      title: 'Ocorrências',
      text: 'Como morador, quero registrar ocorrências com título, categoria (barulho, segurança) e prioridade, e acompanhar a situação (aberta, em análise, resolvida).',
    });
    expect(fieldsOf(model, 'Ocorrencia')).toEqual([
      'titulo:string',
      'categoria:enum',
      'prioridade:string',
      'status:enum',
    ]);
    expect(model.entities[0]?.states?.states).toEqual(['aberta', 'em análise', 'resolvida']);
    expect(model.entities[0]?.states?.transitions.map((t) => t.action)).toEqual(['marcar-como-em-analise', 'resolver']);
  });

  it('takes what narrows a list for fields of a thing that has none, and links what a later text makes a thing', () => {
    const model = derive(
      'en',
      {
        title: 'List appointments by doctor, day and status',
        text: 'The system shall list appointments by doctor, day and status.',
      },
      { title: 'Store doctors', text: 'The system shall store for each doctor: name and specialty.' },
    );
    expect(fieldsOf(model, 'Appointment')).toEqual(['day:date']);
    expect(model.entities[0]?.relations).toMatchObject([{ field: 'doctor_id', target: 'Doctor' }]);
  });

  it.each<[Language, string, string]>([
    ['en', 'Manage parts', 'A part has a list of internal policies (safety, audit).'],
    ['en', 'Manage addresses', 'Create an address with name, contact (phone, email) and note.'],
  ])('%s “%s”: takes parts and lists for no choices: %s', (language, title, text) => {
    expect(
      derive(language, { title, text }).entities.flatMap((e) => e.fields.filter((f) => f.type === 'enum')),
    ).toEqual([]);
  });

  it.each<[string, number | undefined]>([
    ['Cost must not be negative', 0],
    ['Cost must be greater than zero', 0.01],
    ['Cost must be between 5 and the credit limit', 5],
    ['Cost must be known', undefined],
  ])('holds a floor: %s', (criterion, min) => {
    const model = derive('en', {
      title: 'Orders',
      text: 'Register orders with number and cost.',
      criteria: [criterion],
    });
    expect(model.entities[0]?.fields.find((f) => f.name === 'cost')?.min).toBe(min);
  });

  it('writes an acronym as the text does', () => {
    const text = '- **isbn** (text)\n- **shelf** (text)';
    const model = derive('en', { title: 'Books', text, criteria: ['The ISBN is unique'] });
    expect(model.entities[0]?.fields.map((f) => f.label)).toEqual(['ISBN', 'Shelf']);
  });

  it('makes a value unique that is refused where it already exists', () => {
    const criteria = ['Given a plate that already exists, when I save, then I get an error'];
    const model = derive('en', { title: 'Cars', text: 'Register cars with plate and colour.', criteria });
    expect(model.entities[0]?.fields.map((f) => f.unique ?? false)).toEqual([true, false]);
  });
});

describe('what a requirement is about, in the ways that people write it', () => {
  it.each<[Language, readonly Said[], readonly string[]]>([
    [
      'pt',
      [{ title: 'Reserva de áreas comuns', text: 'Como morador, quero reservar o salão.' }],
      ['Reserva', 'AreaComum'],
    ],
    [
      'en',
      [{ title: 'The system must let a guest book a room, giving check-in date and nights' }],
      ['Booking', 'Room'],
    ],
    ['en', [{ title: 'When an appointment is created, the system shall reject doubles' }], ['Appointment']],
    ['en', [{ title: 'Bookings can be confirmed and cancelled' }], ['Booking']],
    ['en', [{ title: 'Manage students' }, { title: 'The student number shall be unique' }], ['Student']],
    ['en', [{ title: 'A course shall have a code, a title and credits (1-10)' }], ['Course']],
    ['en', [{ title: 'Write article', text: 'As an editor I want to write an article.' }], ['Article']],
    ['en', [{ title: 'Guests register with first name and last name' }], ['Guest']],
    ['en', [{ title: 'Reviews', text: 'Customers rate an event.' }], ['Review']],
    [
      'pt',
      [{ title: 'Cadastro de produtos' }, { title: 'Relatório de estoque baixo', text: 'Listar os produtos.' }],
      ['Produto'],
    ],
    [
      'pt',
      [
        { title: 'Cadastro de fornecedores' },
        { id: 'RN-01', title: 'CNPJ único', text: 'O CNPJ do fornecedor é único.' },
      ],
      ['Fornecedor'],
    ],
    [
      'en',
      [
        { title: 'Manage cars' },
        {
          title: 'Let a customer view the cars they hold',
          text: 'The system MUST let a customer view the cars they hold.',
        },
      ],
      ['Car'],
    ],
  ])('%s: %j is about %j', (language, said, expected) => {
    expect(names(derive(language, ...said))).toEqual(expected);
  });

  it('reads states out of a sentence that tells the way from one to the next', () => {
    const model = derive('en', {
      title: 'Service orders',
      text: 'A service order moves from `open` to `in_progress` to `done`.',
    });
    expect(model.entities[0]?.states?.states).toEqual(['open', 'in_progress', 'done']);
  });

  it('reads states out of what several requirements say of the status, and a limit in short words', () => {
    const model = derive(
      'en',
      {
        title: 'Create ticket',
        text: 'Create a ticket with subject and note.',
        criteria: ['Subject is mandatory, max 150 characters'],
      },
      { title: 'Assign ticket', criteria: ['Status changes from new to assigned'] },
      {
        title: 'Resolve ticket',
        criteria: ['Status changes from assigned to resolved', 'Status never goes from new to lost'],
      },
    );
    expect(model.entities[0]?.states).toMatchObject({
      states: ['new', 'assigned', 'resolved'],
      transitions: [
        { from: 'new', to: 'assigned', action: 'assign' },
        { from: 'assigned', to: 'resolved', action: 'resolve' },
      ],
    });
    expect(model.entities[0]?.fields[0]).toMatchObject({ name: 'subject', required: true, max: 150 });
  });

  it('takes what a sentence permits for no rule', () => {
    const model = derive('pt', {
      title: 'Produtos',
      text: 'O sistema deve permitir cadastrar produtos com nome e preço.',
    });
    expect(model.rules).toEqual([]);
  });
});
