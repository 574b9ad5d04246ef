import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leftLines, planSchema, type GivenTable, type SchemaPlan } from './index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const planned = (...scripts: readonly string[]): SchemaPlan => {
  const result = planSchema(scripts.map((text, i) => ({ name: `${i + 1}_horta.sql`, bytes: bytes(text) })));
  if (result.kind === 'refused') throw new Error(result.message);
  return result.plan;
};
const table = (plan: SchemaPlan, name: string): GivenTable => {
  const found = plan.tables.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not among ${plan.tables.map((t) => t.name).join()}`);
  return found;
};
const columns = (plan: SchemaPlan, name: string) =>
  Object.fromEntries(table(plan, name).columns.map(({ name: column, line: _, ...rest }) => [column, rest]));
const left = (plan: SchemaPlan): readonly string[] => plan.left.map(({ line, what, why }) => `${line} ${what}: ${why}`);

describe('a schema of PostgreSQL, as it is dumped', () => {
  const plan = planned(`SET statement_timeout = 0;
CREATE TYPE public.solo AS ENUM ('argila', 'areia');
CREATE DOMAIN public.ano AS integer CHECK (VALUE > 1900);
CREATE TABLE public.canteiro (
    canteiro_id bigint NOT NULL,
    nome character varying(40) NOT NULL,
    solo public.solo DEFAULT 'argila'::public.solo,
    area numeric(10,2) NOT NULL,
    desde public.ano,
    fotos text[],
    planta bytea,
    busca tsvector,
    situacao text DEFAULT 'livre'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now(),
    CONSTRAINT area_positiva CHECK ((area > (0)::numeric)),
    CONSTRAINT situacoes CHECK (((situacao)::text = ANY ((ARRAY['livre'::text, 'plantado'::text])::text[]))),
    CONSTRAINT minusculas CHECK (((nome)::text = lower((nome)::text)))
);
ALTER TABLE public.canteiro OWNER TO horta;
CREATE TABLE public.colheita (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    canteiro_id bigint NOT NULL,
    quilos double precision DEFAULT 0,
    feita_em timestamp without time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.colheita_2024 (id uuid, canteiro_id bigint);
ALTER TABLE ONLY public.colheita ATTACH PARTITION public.colheita_2024 FOR VALUES FROM (1) TO (2);
COPY public.canteiro (canteiro_id, nome) FROM stdin;
1	CREATE TABLE fake (a int);
\\.
ALTER TABLE ONLY public.canteiro ADD CONSTRAINT canteiro_pkey PRIMARY KEY (canteiro_id);
ALTER TABLE ONLY public.colheita ADD CONSTRAINT colheita_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.colheita
    ADD CONSTRAINT fk FOREIGN KEY (canteiro_id) REFERENCES public.canteiro(canteiro_id) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE UNIQUE INDEX nomes ON public.canteiro USING btree (nome);
CREATE INDEX quando ON public.colheita USING btree (feita_em);
COMMENT ON COLUMN public.canteiro.nome IS 'Como está na placa';
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM x; RETURN NEW; END; $$;
`);
  it('has its columns with type, limits, words, defaults and comments', () => {
    expect(columns(plan, 'canteiro')).toEqual({
      nome: { type: 'string', required: true, unique: true, max: 40, comment: 'Como está na placa' },
      solo: { type: 'enum', required: false, values: ['argila', 'areia'], default: 'argila' },
      area: { type: 'decimal', required: true, min: 0 },
      desde: { type: 'integer', required: false },
      fotos: { type: 'json', required: false },
      situacao: { type: 'enum', required: true, values: ['livre', 'plantado'], default: 'livre' },
    });
    expect(columns(plan, 'colheita')).toEqual({
      quilos: { type: 'decimal', required: false, default: 0 },
      feita_em: { type: 'datetime', required: false },
    });
    expect([table(plan, 'canteiro').key, table(plan, 'colheita').key]).toEqual(['canteiro_id', 'id']);
  });
  it('has its references as links', () => {
    expect(table(plan, 'colheita').links).toEqual([
      { column: 'canteiro_id', line: 22, target: 'canteiro', required: true, onDelete: 'cascade' },
    ]);
  });
  it('names everything that is left out with its line; partitions and rows are no tables', () => {
    expect(plan.tables.map((t) => t.name)).toEqual(['canteiro', 'colheita']);
    expect(left(plan)).toEqual([
      '11 canteiro.planta: binary',
      '12 canteiro.busca: binary',
      '15 canteiro: ( area > ( 0 ) :: numeric ): check',
      '17 canteiro: ( ( nome ) :: text = lower ( ( nome ) :: text ) ): check',
      '24 colheita.feita_em: default',
      '27 ALTER TABLE ONLY public.colheita ATTACH: partition',
      '28 COPY public.canteiro: rows',
      '36 CREATE INDEX quando ON public.colheita: index',
      '38 CREATE FUNCTION f: program',
    ]);
    expect(plan.language).toBe('pt');
  });
});

describe('a schema of MySQL', () => {
  const plan = planned(`CREATE DATABASE IF NOT EXISTS \`seed_bank\`;
/*!40101 SET NAMES utf8 */;
CREATE TABLE \`seed\` (
  \`id\` int unsigned NOT NULL AUTO_INCREMENT COMMENT 'number on the jar',
  \`key\` varchar(12) NOT NULL,
  \`kind\` enum('tree','herb') NOT NULL DEFAULT 'herb',
  \`tags\` set('a','b') DEFAULT NULL,
  \`is_rare\` tinyint(1) NOT NULL DEFAULT '0',
  \`count\` int unsigned NOT NULL DEFAULT 0,
  \`note\` varchar(99) NOT NULL DEFAULT '',
  \`jar_id\` int DEFAULT NULL,
  \`twin_of\` int NOT NULL,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`by_key\` (\`key\`),
  UNIQUE KEY \`pair\` (\`kind\`,\`note\`(10)),
  KEY \`jars\` (\`jar_id\`),
  CONSTRAINT \`fk_jar\` FOREIGN KEY (\`jar_id\`) REFERENCES \`jar\` (\`id\`) ON DELETE SET NULL,
  CONSTRAINT \`fk_twin\` FOREIGN KEY (\`twin_of\`) REFERENCES \`seed\` (\`id\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='What is kept; in jars';
CREATE TABLE jar (id int AUTO_INCREMENT PRIMARY KEY, shelf varchar(9), total int GENERATED ALWAYS AS (1+1) STORED);
INSERT INTO jar VALUES (1, 'a;b''c', 2);
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON jar FOR EACH ROW BEGIN SET NEW.shelf = 'x'; END;;
DELIMITER ;
`);
  it('reads quoted names, enumerations, flags and what may be left empty', () => {
    expect(columns(plan, 'seed')).toEqual({
      key: { type: 'string', required: true, unique: true, max: 12 },
      kind: { type: 'enum', required: true, values: ['tree', 'herb'], default: 'herb' },
      tags: { type: 'string', required: false },
      is_rare: { type: 'boolean', required: true, default: false },
      count: { type: 'integer', required: true, min: 0, max: 4_294_967_295, default: 0 },
      note: { type: 'string', required: false, max: 99 },
    });
    expect([plan.title, plan.language, table(plan, 'seed').comment]).toEqual([
      'Seed bank',
      'en',
      'What is kept; in jars',
    ]);
  });
  it('lets a link that a first row could not have be empty, and says so', () => {
    expect(table(plan, 'seed').links.map(({ column, required, onDelete }) => [column, required, onDelete])).toEqual([
      ['jar_id', false, 'set-null'],
      ['twin_of', false, 'set-null'],
    ]);
    expect(left(plan)).toEqual([
      '7 seed.tags set: type',
      '12 seed.twin_of: circle',
      '15 seed (kind, note): composite-unique',
      '16 seed: KEY jars: index',
      '20 jar.total: computed',
      '21 INSERT INTO jar VALUES: rows',
      '23 CREATE TRIGGER t BEFORE: program',
    ]);
  });
});

describe('other ways of writing a schema', () => {
  it('a fence, brackets, batches and defaults of their own (SQL Server)', () => {
    const plan = planned(
      '```sql\nCREATE TABLE [dbo].[Peça] (\n  [PeçaId] INT IDENTITY(1,1) NOT NULL,\n  [Nome] NVARCHAR(50) NOT NULL,\n  [Ativa] BIT NOT NULL,\n  CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([PeçaId])\n)\nGO\nALTER TABLE [dbo].[Peça] ADD CONSTRAINT [DF] DEFAULT ((1)) FOR [Ativa]\nGO\n```\n',
    );
    expect(columns(plan, 'Peça')).toEqual({
      Nome: { type: 'string', required: true, max: 50 },
      Ativa: { type: 'boolean', required: true, default: true },
    });
  });
  it('triggers whose bodies hold semicolons (SQLite)', () => {
    const plan = planned(
      'CREATE TABLE a (id INTEGER PRIMARY KEY, b);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = 1; DELETE FROM a; END;\nCREATE TABLE c (id INTEGER PRIMARY KEY, a_id REFERENCES a);',
    );
    expect(plan.tables.map((t) => [t.name, t.links.length])).toEqual([
      ['a', 0],
      ['c', 1],
    ]);
  });
  it('keys of several columns, natural keys and one-to-one keys stay columns', () => {
    const plan = planned(
      'create table pais (sigla char(2) primary key, nome text);\ncreate table capital (pais char(2) primary key references pais, nome text);\ncreate table visita (pais char(2) references pais(sigla), dia date, primary key (pais, dia));',
    );
    expect(columns(plan, 'pais')['sigla']).toEqual({ type: 'string', required: true, unique: true, max: 2 });
    expect(table(plan, 'capital').links[0]).toMatchObject({ column: 'pais', required: true });
    expect(left(plan)).toEqual(['2 capital.pais: unique-link', '3 visita (pais, dia): key']);
  });
  it('several files are one schema, and each place names its file', () => {
    const plan = planned(
      'CREATE TABLE a (id int primary key, n text);',
      'ALTER TABLE a ADD COLUMN b int;\nDROP VIEW x;\nVIEW y;',
    );
    expect(columns(plan, 'a')).toMatchObject({ b: { type: 'integer' } });
    expect(leftLines(plan.left, 'en')).toEqual(['2_horta.sql:3: VIEW y: this statement is not read']);
  });

  it('names a table whose parenthesis is not closed, since it takes in what follows', () => {
    const plan = planned('CREATE TABLE book (id integer PRIMARY KEY, title text\nCREATE TABLE reader (id integer);');
    expect(left(plan)).toEqual(['1 CREATE TABLE book: unclosed']);
    expect(leftLines(plan.left, 'pt')[0]).toContain('o parêntese não é fechado');
    expect(left(planned('CREATE TABLE book (id integer, title varchar(10), n numeric(3,1));'))).toEqual([]);
  });
  it('rows that stand there by the thousand are told in a few lines', () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => `INSERT INTO a VALUES (${i});`).join('\n');
    expect(leftLines(planned(`CREATE TABLE a (id int, n text);\n${rows}`).left, 'en')).toHaveLength(6);
  });
});

describe('what columns can hold', () => {
  it('numbers without a sign reach as far as their bytes do', () => {
    const types = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal(5,2)'];
    const plan = planned(`CREATE TABLE n (${types.map((type, i) => `c${i} ${type} unsigned`).join(', ')});`);
    expect(table(plan, 'n').columns.map(({ min, max }) => [min, max])).toEqual(
      [255, 65_535, 16_777_215, 4_294_967_295, Number.MAX_SAFE_INTEGER, undefined].map((max) => [0, max]),
    );
  });
  it('the empty word among others is no choice: it may be left empty', () => {
    const plan = planned(
      "CREATE TABLE c (a enum('','x','y') NOT NULL DEFAULT '', b varchar(9) NOT NULL CHECK (b IN ('x', '')), d enum('') NOT NULL);",
    );
    expect(columns(plan, 'c')).toEqual({
      a: { type: 'enum', required: false, values: ['x', 'y'] },
      b: { type: 'enum', required: false, values: ['x'] },
      d: { type: 'string', required: true },
    });
  });
});

describe('what is no schema', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['no table', 'SELECT 1;', 'schema-empty'],
    ['a conflict', 'CREATE TABLE a (\n<<<<<<< HEAD\n b int);', 'conflict-markers'],
    ['NUL bytes', 'CREATE\0TABLE', 'not-text'],
  ])('%s is refused with file, reason and remedy', (_, text, code) => {
    const result = planSchema([{ name: 'horta.sql', bytes: bytes(text) }]);
    expect(result).toMatchObject({ kind: 'refused', code });
    expect(result.kind === 'refused' && [result.message.startsWith('horta.sql'), result.remedy.length > 10]).toEqual([
      true,
      true,
    ]);
  });
  it('never throws, whatever is cut off or mixed up', () => {
    const parts =
      'CREATE TABLE a (|id int|,|)|;|\'|"|`|[|]|$$|PRIMARY KEY|REFERENCES|CHECK (|DEFAULT|ALTER TABLE a ADD|COMMENT ON COLUMN a.b IS|--|/*|\n|DELIMITER //|BEGIN|END|é|🌱'.split(
        '|',
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (some) => {
        expect(planSchema([{ name: 'a.sql', bytes: bytes(some.join(' ')) }]).kind).toMatch(/planned|refused/);
      }),
      { numRuns: 300 },
    );
  });
});
