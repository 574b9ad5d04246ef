import type { Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, type DomainModel } from '@squados/contracts';

/** A small product in three descriptions that agree; every test of the gates breaks one thing in one of them. */
export const MODEL: DomainModel = {
  version: 1,
  product: 'Biblioteca',
  language: 'pt',
  rules: [],
  assumptions: [],
  entities: [
    {
      name: 'Autor',
      label: 'Autor',
      labelPlural: 'Autores',
      table: 'autores',
      resource: 'autores',
      description: 'Quem escreve.',
      fields: [
        {
          name: 'nome',
          label: 'Nome',
          type: 'string',
          required: true,
          min: 2,
          max: 120,
          unique: true,
          source: 'RF001',
        },
      ],
      relations: [],
      operations: [
        { kind: 'create', requirement: 'RF001' },
        { kind: 'list', requirement: 'RF001' },
      ],
      requirements: ['RF001'],
    },
    {
      name: 'Livro',
      label: 'Livro',
      labelPlural: 'Livros',
      table: 'livros',
      resource: 'livros',
      description: 'O que se empresta.',
      fields: [
        { name: 'titulo', label: 'Título', type: 'string', required: true, max: 200, source: 'RF002' },
        { name: 'paginas', label: 'Páginas', type: 'integer', required: false, min: 1, max: 5000, source: 'RF002' },
        {
          name: 'estado',
          label: 'Estado',
          type: 'enum',
          required: true,
          values: ['disponivel', 'emprestado'],
          default: 'disponivel',
          source: 'RF002',
        },
      ],
      relations: [{ field: 'autor_id', label: 'Autor', target: 'Autor', required: true, onDelete: 'restrict' }],
      states: {
        field: 'estado',
        initial: 'disponivel',
        states: ['disponivel', 'emprestado'],
        transitions: [{ action: 'emprestar', from: 'disponivel', to: 'emprestado', requirement: 'RF002' }],
      },
      operations: [
        { kind: 'create', requirement: 'RF002' },
        { kind: 'read', requirement: 'RF002' },
        { kind: 'action', action: 'emprestar', requirement: 'RF002' },
      ],
      requirements: ['RF002'],
    },
  ],
};

export const AUTHORS_SQL = `CREATE TABLE autores (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  nome varchar(120) NOT NULL CONSTRAINT autores_nome_key UNIQUE CONSTRAINT autores_nome_min CHECK (char_length(nome) >= 2),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1
);
`;

export const BOOKS_SQL = `CREATE TABLE livros (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  titulo varchar(200) NOT NULL,
  paginas integer CONSTRAINT livros_paginas CHECK (paginas BETWEEN 1 AND 5000),
  estado varchar(20) NOT NULL DEFAULT 'disponivel' CONSTRAINT livros_estado CHECK (estado IN ('disponivel', 'emprestado')),
  autor_id uuid NOT NULL CONSTRAINT livros_autor REFERENCES autores (id) ON DELETE RESTRICT,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX livros_autor_id ON livros (autor_id);
`;

export const SCHEMA_SQL = `-- Biblioteca\n${AUTHORS_SQL}${BOOKS_SQL}`;

const SYSTEM = `
        id: { type: string, format: uuid, readOnly: true }
        created_at: { type: string, format: date-time, readOnly: true }
        updated_at: { type: string, format: date-time, readOnly: true }
        version: { type: integer, readOnly: true }`;

const OK = `{ description: Feito, content: { application/json: { schema: { $ref: '#/components/schemas/NAME' } } } }`;
const REFUSED = `{ description: Recusado }`;

export const OPENAPI_YAML = `openapi: 3.1.0
info:
  title: Biblioteca
  version: 1.0.0
  license: { name: Propriedade, identifier: LicenseRef-Proprietary }
servers: [{ url: /api/v1 }]
security: [{ bearer: [] }]
paths:
  /autores:
    get:
      operationId: listAutor
      summary: Listar
      responses: { '200': ${OK.replace('NAME', 'Autor')}, '400': ${REFUSED} }
    post:
      operationId: createAutor
      summary: Criar
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/AutorInput' }
            example: { nome: Clarice }
      responses: { '201': ${OK.replace('NAME', 'Autor')}, '400': ${REFUSED} }
  /livros:
    post:
      operationId: createLivro
      summary: Criar
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/LivroInput' }
      responses: { '201': ${OK.replace('NAME', 'Livro')}, '400': ${REFUSED} }
  /livros/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    get:
      operationId: getLivro
      summary: Consultar
      responses: { '200': ${OK.replace('NAME', 'Livro')}, '404': ${REFUSED} }
  /livros/{id}/emprestar:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    post:
      operationId: emprestarLivro
      summary: Emprestar
      responses: { '200': ${OK.replace('NAME', 'Livro')}, '409': ${REFUSED} }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string, format: uuid } }
  schemas:
    Autor:
      type: object
      required: [id, nome, created_at, updated_at, version]
      properties:${SYSTEM}
        nome: { type: string, minLength: 2, maxLength: 120 }
    AutorInput:
      type: object
      required: [nome]
      properties:
        nome: { type: string, minLength: 2, maxLength: 120 }
    Livro:
      type: object
      required: [id, titulo, estado, autor_id, created_at, updated_at, version]
      properties:${SYSTEM}
        titulo: { type: string, maxLength: 200 }
        paginas: { type: [integer, 'null'], minimum: 1, maximum: 5000 }
        estado: { type: string, enum: [disponivel, emprestado] }
        autor_id: { type: string, format: uuid }
    LivroInput:
      type: object
      required: [titulo, autor_id]
      properties:
        titulo: { type: string, maxLength: 200 }
        paginas: { type: [integer, 'null'], minimum: 1, maximum: 5000 }
        autor_id: { type: string, format: uuid }
`;

export const DESIGN_MD = `# Livros

## Contexto

O acervo empresta livros. Veja o [registro de decisão](adr-0001.md).

## Modelo de domínio

\`\`\`mermaid
erDiagram
  AUTOR ||--o{ LIVRO : escreve
\`\`\`

## API

\`POST /livros\` cria um livro.

## Critérios de aceite

- Um livro emprestado não pode ser emprestado de novo.
`;

export const ADR_MD = `# ADR 0001: Estado do livro

- Estado: aceita

## Contexto

O livro tem dois estados.

## Decisão

Um CHECK guarda os estados.

## Consequências

Um estado novo pede uma migração.
`;

const DOWN = { authors: 'DROP TABLE autores;\n', books: 'DROP TABLE livros;\n' };

/** Every file of a sound attempt; `changed` replaces or (undefined) removes some. */
export const archFiles = (changed: Readonly<Record<string, string | undefined>> = {}): ReadonlyMap<string, string> => {
  const all: Record<string, string | undefined> = {
    'modelo-de-dominio.json': JSON.stringify(MODEL),
    'openapi.yaml': OPENAPI_YAML,
    'schema.sql': SCHEMA_SQL,
    'migrations/0001_autores.up.sql': AUTHORS_SQL,
    'migrations/0001_autores.down.sql': DOWN.authors,
    'migrations/0002_livros.up.sql': BOOKS_SQL,
    'migrations/0002_livros.down.sql': DOWN.books,
    'c4.mmd': 'C4Context\n  Person(leitor, "Leitor")\n  System(acervo, "Acervo")\n  Rel(leitor, acervo, "Usa")\n',
    'ARCH-001/design.md': DESIGN_MD,
    'ARCH-001/adr-0001.md': ADR_MD,
    ...changed,
  };
  return new Map(
    Object.entries(all).flatMap(([path, text]) => (text === undefined ? [] : [[`arquitetura/${path}`, text] as const])),
  );
};

export const CRITERION = 'Um livro emprestado não pode ser emprestado de novo.';

export const archTask = (): Task => {
  const card = {
    id: cardId('ARCH-001'),
    title: 'Livros',
    description: '',
    agent: agentName('arch'),
    priority: 'HIGH' as const,
    dependencies: [],
    acceptanceCriteria: [CRITERION],
    requirementIds: ['RF002'],
    deliverables: [],
  };
  const policy = {
    maxRetries: 0,
    retryBaseMs: 1,
    retryCapMs: 1,
    attemptDeadlineMs: 1000,
    gateProfile: 'full' as const,
    maxDeliveries: 5,
  };
  return {
    project: { id: projectId('p'), title: 'Biblioteca', agents: [agentName('arch')], policy, documents: [] },
    card,
    attempt: 1,
    dependencies: [],
    cards: [card],
  };
};
