/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup":"off"}
 */
// The cleanup trips over the document that mermaid was loaded with.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Gate } from '@squados/agent-runtime';
import { GIVEN_CONTRACT } from '@squados/contracts';
import { createInProcessPool } from '../testing/in-process-pool.js';
import {
  archFiles,
  archTask,
  MODEL,
  OPENAPI_YAML,
  SCHEMA_SQL,
  DESIGN_MD,
  BOOKS_SQL,
  AUTHORS_SQL,
  ADR_MD,
} from '../testing/samples.js';
import { createArchGates } from './create-arch-gates.js';

type Changes = Readonly<Record<string, string | undefined>>;

let gates: readonly Gate[] = [];
const OF_GIVEN = ['openapi-examples', 'given-contract'];
const ofOwnDesigns = (): readonly Gate[] => gates.filter((gate) => !OF_GIVEN.includes(gate.name));
beforeAll(async () => {
  const pool = createInProcessPool();
  await pool.warm();
  gates = createArchGates({ pool });
}, 180_000);
afterAll(() => {
  gates = [];
});

const inputOf = (changes: Changes) => ({
  task: archTask(),
  files: archFiles(changes),
  proposals: [],
  tools: {
    signal: new AbortController().signal,
    readArtifact: () => Promise.resolve(new Uint8Array()),
    note: () => undefined,
  },
});

const run = async (name: string, changes: Changes) => {
  const gate = gates.find((g) => g.name === name);
  if (!gate) throw new Error(`no gate ${name}`);
  return gate.run(inputOf(changes));
};

const api = (from: string | RegExp, to: string): Changes => {
  const text = OPENAPI_YAML.replace(from, to);
  if (text === OPENAPI_YAML) throw new Error(`nothing replaced: ${String(from)}`);
  return { 'openapi.yaml': text };
};
const sql = (from: string, to: string): Changes => {
  if (!SCHEMA_SQL.includes(from)) throw new Error(`nothing replaced: ${from}`);
  return { 'schema.sql': SCHEMA_SQL.replace(from, to) };
};
const design = (from: string, to: string): Changes => ({ 'ARCH-001/design.md': DESIGN_MD.replace(from, to) });
const model = (change: (text: string) => string): Changes => ({
  'modelo-de-dominio.json': change(JSON.stringify(MODEL)),
});

const PLANTED: readonly [gate: string, defect: string, changes: Changes, words: RegExp][] = [
  ['openapi-valid', 'a missing file', { 'openapi.yaml': undefined }, /no arquitetura\/openapi\.yaml/],
  ['openapi-valid', 'text that is no YAML', { 'openapi.yaml': 'a: [1,\nb: }' }, /neither YAML nor JSON/],
  [
    'openapi-valid',
    'a reference to nothing',
    api('schemas/AutorInput', 'schemas/Nada'),
    /"#\/components\/schemas\/Nada" points at nothing/,
  ],
  [
    'openapi-valid',
    'a reference out of the file',
    api("'#/components/schemas/LivroInput'", "'http://127.0.0.1:1/x.yaml'"),
    /external \$ref .* is never fetched/,
  ],
  [
    'openapi-valid',
    'an example against its schema',
    api('nome: Clarice', 'nome: C'),
    /must NOT have fewer than 2 characters/,
  ],
  [
    'openapi-valid',
    'an operation id used twice',
    api('operationId: getLivro', 'operationId: createLivro'),
    /"createLivro" is already used by POST \/livros/,
  ],
  [
    'openapi-valid',
    'an undeclared path parameter',
    api("  /livros/{id}:\n    parameters: [{ $ref: '#/components/parameters/Id' }]\n", '  /livros/{id}:\n'),
    /path parameter "id" is not declared/,
  ],
  [
    'openapi-valid',
    'a word that OpenAPI does not know',
    api('summary: Consultar', 'sumario: Consultar'),
    /("sumario")/,
  ],
  [
    'openapi-valid',
    'a missing version',
    api('openapi: 3.1.0', 'abertoapi: 3.1.0'),
    /supported swagger\/openapi version/,
  ],
  ['openapi-lint', 'no security', api('security: [{ bearer: [] }]\n', ''), /security/],
  ['openapi-lint', 'an operation without a summary', api('      summary: Consultar\n', ''), /summary/],
  [
    'openapi-lint',
    'identical paths',
    api(
      '  /livros/{id}/emprestar:',
      '  /livros/{outro}:\n    get: { summary: x, operationId: x, parameters: [{ name: outro, in: path, required: true, schema: { type: string } }], responses: { "200": { description: x }, "400": { description: x } } }\n  /livros/{id}/emprestar:',
    ),
    /path already exists/,
  ],
  ['openapi-lint', 'an enum of the wrong type', api('enum: [disponivel, emprestado]', 'enum: [1, 2]'), /enum/i],
  ['openapi-lint', 'an external reference', api("'#/components/schemas/LivroInput'", "'./fora.yaml'"), /never fetched/],
  ['ddl-loads', 'a missing file', { 'schema.sql': undefined }, /no arquitetura\/schema\.sql/],
  [
    'ddl-loads',
    'a syntax error',
    sql('CREATE INDEX livros_autor_id', 'CREATE INDEXX livros_autor_id'),
    /schema\.sql:19 error syntax error at or near "INDEXX"/,
  ],
  [
    'ddl-loads',
    'a table before the one it refers to',
    { 'schema.sql': BOOKS_SQL + AUTHORS_SQL },
    /relation "autores" does not exist/,
  ],
  [
    'ddl-loads',
    'a default that is no JSON',
    sql('paginas integer', "meta jsonb DEFAULT '''{}'''::jsonb, paginas integer"),
    /invalid input syntax for type json/,
  ],
  ['ddl-loads', 'a transaction left open', { 'schema.sql': `BEGIN;\n${SCHEMA_SQL}` }, /leaves a transaction open/],
  ['ddl-loads', 'an empty file', { 'schema.sql': '-- nada\n' }, /holds no statement/],
  [
    'ddl-loads',
    'a program started from SQL',
    { 'schema.sql': `${SCHEMA_SQL}COPY autores FROM PROGRAM 'id';` },
    /stopped answering after: COPY autores FROM PROGRAM/,
  ],
  [
    'migrations-up-down-up',
    'no migration at all',
    { 'migrations/0001_autores.up.sql': undefined, 'migrations/0002_livros.up.sql': undefined },
    /at least one migration/,
  ],
  [
    'migrations-up-down-up',
    'no way back',
    { 'migrations/0002_livros.down.sql': undefined },
    /no 0002_livros\.down\.sql/,
  ],
  [
    'migrations-up-down-up',
    'a way back that forgets a table',
    {
      'migrations/0002_livros.down.sql': 'SELECT 1;',
      'migrations/0001_autores.down.sql': 'DROP TABLE autores CASCADE;',
    },
    /table livros exists after all migrations down/,
  ],
  [
    'migrations-up-down-up',
    'another length than schema.sql',
    { 'migrations/0002_livros.up.sql': BOOKS_SQL.replace('varchar(200)', 'varchar(100)') },
    /column livros\.titulo: schema\.sql says character varying\(200\) NOT NULL; all migrations says character varying\(100\)/,
  ],
  [
    'migrations-up-down-up',
    'a missing index',
    { 'migrations/0002_livros.up.sql': BOOKS_SQL.replace(/CREATE INDEX.*\n/, '') },
    /index livros\.livros_autor_id exists after schema\.sql and not/,
  ],
  [
    'migrations-up-down-up',
    'a number left out',
    {
      'migrations/0002_livros.up.sql': undefined,
      'migrations/0002_livros.down.sql': undefined,
      'migrations/0003_livros.up.sql': BOOKS_SQL,
      'migrations/0003_livros.down.sql': 'DROP TABLE livros;',
    },
    /2 is missing/,
  ],
  [
    'migrations-up-down-up',
    'a broken statement',
    { 'migrations/0002_livros.up.sql': 'CREATE TABEL x ();' },
    /0002_livros\.up\.sql:1 error syntax error/,
  ],
  [
    'mermaid-parses',
    'a broken flowchart',
    { 'c4.mmd': '%% nota\nflowchart TD\n  A --> B\n  B --> [x' },
    /c4\.mmd:4 error Mermaid cannot read/,
  ],
  [
    'mermaid-parses',
    'a broken C4 diagram',
    { 'c4.mmd': 'C4Context\n  Person(x, "X"\n  Rel(' },
    /c4\.mmd:\d+ error Mermaid/,
  ],
  [
    'mermaid-parses',
    'a broken block in Markdown',
    design('AUTOR ||--o{ LIVRO', 'AUTOR ||--o{'),
    /design\.md:11 error Mermaid/,
  ],
  ['mermaid-parses', 'an unknown kind', { 'c4.mmd': 'desenho bonito' }, /No diagram type detected/],
  ['mermaid-parses', 'an empty diagram', { 'c4.mmd': ' \n' }, /diagram is empty/],
  ['mermaid-parses', 'a block without end', design('LIVRO : escreve\n```', 'LIVRO : escreve\n'), /never closed/],
  ['mermaid-parses', 'no diagram', { 'c4.mmd': undefined, 'ARCH-001/design.md': '# x\n' }, /no diagram found/],
  ['consistency', 'a model that is no JSON', { 'modelo-de-dominio.json': '{' }, /not JSON/],
  [
    'consistency',
    'a model that contradicts itself',
    model((t) => t.replace('"target":"Autor"', '"target":"Nada"')),
    /unknown entity Nada/,
  ],
  ['consistency', 'DDL that does not load', { 'schema.sql': 'CREATE TABEL x' }, /DDL does not load/],
  [
    'consistency',
    'a column of another type',
    sql('paginas integer', 'paginas numeric'),
    /Livro\.paginas .* is numeric, the model says integer/,
  ],
  [
    'consistency',
    'another length',
    sql('varchar(200)', 'varchar(100)'),
    /at most 100 characters, the model says at most 200/,
  ],
  [
    'consistency',
    'a nullable column',
    sql('titulo varchar(200) NOT NULL', 'titulo varchar(200)'),
    /is nullable, the model says required/,
  ],
  [
    'consistency',
    'a CHECK with another value',
    sql("('disponivel', 'emprestado')", "('disponivel', 'perdido')"),
    /admits disponivel, perdido, the model says/,
  ],
  [
    'consistency',
    'a missing foreign key',
    sql(' CONSTRAINT livros_autor REFERENCES autores (id) ON DELETE RESTRICT', ''),
    /no foreign key to autores/,
  ],
  [
    'consistency',
    'another delete rule',
    sql('ON DELETE RESTRICT', 'ON DELETE CASCADE'),
    /ON DELETE cascade, the model says restrict/,
  ],
  [
    'consistency',
    'an extra column',
    sql('  titulo', '  cor text,\n  titulo'),
    /column livros\.cor is not in the model/,
  ],
  [
    'consistency',
    'an extra table',
    { 'schema.sql': `${SCHEMA_SQL}CREATE TABLE sobras (id int);` },
    /table sobras is not in the model/,
  ],
  ['consistency', 'uniqueness lost', sql(' CONSTRAINT autores_nome_key UNIQUE', ''), /is not unique/],
  ['consistency', 'another default', sql("DEFAULT 'disponivel'", "DEFAULT 'emprestado'"), /has the default emprestado/],
  [
    'consistency',
    'a property missing',
    api('        titulo: { type: string, maxLength: 200 }\n        paginas', '        paginas'),
    /Livro\.titulo has no property/,
  ],
  [
    'consistency',
    'a property of another type',
    api("paginas: { type: [integer, 'null'], minimum: 1", "paginas: { type: [string, 'null'], minimum: 1"),
    /is string, the model says integer/,
  ],
  [
    'consistency',
    'an enum that differs',
    api('enum: [disponivel, emprestado]', 'enum: [disponivel]'),
    /lists disponivel, the model says disponivel, emprestado/,
  ],
  [
    'consistency',
    'a field no longer required',
    api('required: [id, titulo, estado', 'required: [id, estado'),
    /titulo is not in required/,
  ],
  [
    'consistency',
    'an extra property',
    api(
      '        autor_id: { type: string, format: uuid }\n    LivroInput',
      '        autor_id: { type: string, format: uuid }\n        cor: { type: string }\n    LivroInput',
    ),
    /property cor of schema Livro is not in the model/,
  ],
  [
    'consistency',
    'an extra operation',
    api('  /livros/{id}/emprestar:', '  /livros/{id}/perder:'),
    /POST \/livros\/\{id\}\/perder is no operation|emprestar has no POST/,
  ],
  [
    'consistency',
    'a body that forgets a field',
    api('required: [titulo, autor_id]', 'required: [titulo]'),
    /does not require autor_id/,
  ],
  ['design-documents', 'a missing section', design('## API', '## Rotas'), /section "API" is missing/],
  ['design-documents', 'an empty section', design('`POST /livros` cria um livro.', ''), /section "API" is empty/],
  [
    'design-documents',
    'a placeholder',
    design('cria um livro.', 'cria um livro. TODO: detalhar'),
    /"TODO" leaves something open/,
  ],
  [
    'design-documents',
    'hedging in Portuguese',
    design('O acervo empresta', 'Talvez o acervo empreste'),
    /"Talvez" leaves something open: decide/,
  ],
  [
    'design-documents',
    'hedging in English',
    design('O acervo empresta', 'It should probably lend'),
    /"should probably"/,
  ],
  [
    'design-documents',
    'a criterion nobody mentions',
    design('- Um livro emprestado não pode ser emprestado de novo.', '- Outro.'),
    /no document mentions the acceptance criterion/,
  ],
  [
    'design-documents',
    'a link to nothing',
    design('(adr-0001.md)', '(adr-0002.md)'),
    /leads to arquitetura\/ARCH-001\/adr-0002\.md, which does not exist/,
  ],
  [
    'design-documents',
    'a decision without consequences',
    { 'ARCH-001/adr-0001.md': ADR_MD.replace('## Consequências', '## Depois') },
    /section "Consequences \/ Consequências" is missing/,
  ],
  ['design-documents', 'half of a surrogate pair', design('O acervo', '\ud800 acervo'), /half of a surrogate pair/],
  ['design-documents', 'bytes that were not UTF-8', design('O acervo', '\ufffd acervo'), /U\+FFFD/],
  ['design-documents', 'a file too large', { 'ARCH-001/big.md': 'x'.repeat(8_000_001) }, /8000001 characters/],
];

describe('the gates of the architecture owner', () => {
  it('pass a sound attempt, each with one line that counts what it saw', async () => {
    for (const gate of ofOwnDesigns()) {
      const verdict = await gate.run(inputOf({}));
      expect([gate.name, verdict.outcome, verdict.summary]).toEqual([
        gate.name,
        'pass',
        expect.stringMatching(/\d+ .*: 0 errors/),
      ]);
    }
  });

  it('are required for cards of their owner and for no other', () => {
    const task = archTask();
    const foreign = { ...task, card: { ...task.card, agent: 'product' as typeof task.card.agent } };
    expect(ofOwnDesigns().map((g) => [g.applies(task), g.applies(foreign)])).toEqual(
      ofOwnDesigns().map(() => ['required', 'none']),
    );
  });

  it('hold a given contract to its own gate, and its style to advice', () => {
    const task = archTask();
    const given = { ...task, card: { ...task.card, type: GIVEN_CONTRACT } };
    const applied = Object.fromEntries(gates.map((g) => [g.name, g.applies(given)]));
    expect(applied).toMatchObject({
      'openapi-valid': 'required',
      'openapi-examples': 'advisory',
      'openapi-lint': 'advisory',
      'given-contract': 'required',
      consistency: 'none',
    });
    expect(gates.filter((g) => g.applies(task) === 'none').map((g) => g.name)).toEqual(OF_GIVEN);
  });

  it('take an example that does not fit as a fault of ours, and as advice on a given contract', async () => {
    const misfit = `${OPENAPI_YAML}    Odd:\n      type: integer\n      example: many\n`;
    const input = inputOf({ 'openapi.yaml': misfit });
    const given = { ...input, task: { ...input.task, card: { ...input.task.card, type: GIVEN_CONTRACT } } };
    const judge = async (name: string, of: typeof input) => {
      const verdict = await gates.find((g) => g.name === name)?.run(of);
      return [verdict?.outcome, (verdict?.findings ?? []).map((f) => f.rule)];
    };
    expect(await judge('openapi-valid', input)).toEqual(['fail', ['invalid-example']]);
    expect(await judge('openapi-valid', given)).toEqual(['pass', []]);
    expect(await judge('openapi-examples', given)).toEqual(['fail', ['invalid-example']]);
  });

  it.each(PLANTED)('%s fails on %s and says so', async (name, _defect, changes, words) => {
    const verdict = await run(name, changes);
    expect(verdict.outcome).toBe('fail');
    expect(`${verdict.summary}\n${verdict.excerpt ?? ''}`).toMatch(words);
    expect(verdict.summary).not.toMatch(/\n/);
    expect(verdict.findings?.length ?? 0).toBeGreaterThan(0);
  });

  it('checks a lone later migration from schema.sql down, up and down', async () => {
    const alone = { 'migrations/0001_autores.up.sql': undefined, 'migrations/0001_autores.down.sql': undefined };
    const sound = await run('migrations-up-down-up', alone);
    expect([sound.outcome, sound.summary]).toEqual([
      'pass',
      expect.stringContaining('down from schema.sql, up and down again'),
    ]);
    const broken = await run('migrations-up-down-up', {
      ...alone,
      'migrations/0002_livros.up.sql': BOOKS_SQL.replace('varchar(200)', 'varchar(9)'),
    });
    expect([broken.outcome, broken.summary]).toEqual(['fail', expect.stringContaining('character varying(9)')]);
  });
});
