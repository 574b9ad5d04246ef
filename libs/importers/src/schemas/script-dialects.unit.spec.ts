import { describe, expect, it } from '@jest/globals';
import { leftLines, planSchema, type SchemaPlan } from './index.js';

const planned = (...scripts: readonly string[]): SchemaPlan => {
  const files = scripts.map((text, i) => ({ name: `${i + 1}.sql`, bytes: new TextEncoder().encode(text) }));
  const result = planSchema(files);
  if (result.kind === 'refused') throw new Error(result.message);
  return result.plan;
};
/** `table: column type, … → target` of every table. */
const told = (plan: SchemaPlan): readonly string[] =>
  plan.tables.map(({ name, columns, links }) => {
    const all = [
      ...columns.map((c) => `${c.name} ${c.type}${c.required ? '!' : ''}`),
      ...links.map((l) => `${l.column} → ${l.target}`),
    ];
    return `${name}: ${all.join(', ')}`;
  });
const lost = (plan: SchemaPlan): readonly string[] => plan.left.map(({ line, what, why }) => `${line} ${what}: ${why}`);

describe('texts with a backslash', () => {
  it('end at their quote where the backslash is a character like others', () => {
    const plan = planned(String.raw`CREATE TABLE pastas (id int PRIMARY KEY, raiz text DEFAULT 'C:\');
INSERT INTO pastas (raiz) VALUES ('D:\');
CREATE TABLE notas (id int PRIMARY KEY, texto varchar(9) DEFAULT 'x');`);
    expect(told(plan)).toEqual(['pastas: raiz text', 'notas: texto string']);
    expect(plan.tables[0]?.columns[0]?.default).toBe('C:\\');
  });
  it('go on behind a quote that it keeps: in MySQL, in E texts, and before a letter', () => {
    const mysql = String.raw`CREATE TABLE ${'`a`'} (id int PRIMARY KEY, t varchar(9) DEFAULT 'd\')');
CREATE TABLE b (id int PRIMARY KEY, t varchar(9));`;
    const others = String.raw`CREATE TABLE a (id int PRIMARY KEY, t varchar(9) DEFAULT E'd\')');
INSERT INTO a VALUES (1, 'O\'Neil; CREATE TABLE c (d int)');
CREATE TABLE b (id int PRIMARY KEY, t varchar(9));`;
    for (const script of [mysql, others]) {
      expect(told(planned(script))).toEqual(['a: t string', 'b: t string']);
      expect(planned(script).tables[0]?.columns[0]?.default).toBe("d')");
    }
  });
});

describe('scripts of SQL Server', () => {
  it('need no semicolon and no GO between their statements', () => {
    const plan = planned(`SET ANSI_NULLS ON
CREATE TABLE [dbo].[Loja](
  [Id] [int] IDENTITY(1,1) NOT NULL,
  [Área] [varchar](100) NOT NULL,
 CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
) ON [PRIMARY]
CREATE TABLE dbo.Venda (Id int PRIMARY KEY, Valor decimal(9, 2))
INSERT INTO dbo.Venda (Id) VALUES (1)
ALTER TABLE dbo.Venda ADD LojaId int NOT NULL
ALTER TABLE dbo.Venda ADD CONSTRAINT FK FOREIGN KEY (LojaId) REFERENCES dbo.Loja (Id)`);
    expect(told(plan)).toEqual(['Loja: Área string!', 'Venda: Valor decimal, LojaId → Loja']);
  });
  it('may make tables under a condition', () => {
    const plan = planned(`IF NOT EXISTS (SELECT * FROM sys.objects WHERE name = N'Loja')
BEGIN
CREATE TABLE dbo.Loja (Id int PRIMARY KEY, Nome nvarchar(9))
END
GO
IF OBJECT_ID('dbo.Venda', 'U') IS NULL CREATE TABLE dbo.Venda (Id int PRIMARY KEY, Valor money);`);
    expect(told(plan)).toEqual(['Loja: Nome string', 'Venda: Valor decimal']);
  });
  it('have programs that end at GO, whatever blocks are open', () => {
    const plan = planned(`CREATE PROCEDURE p AS
BEGIN TRANSACTION;
CREATE TABLE #t (x int);
BEGIN SELECT 1;
GO
CREATE TABLE Loja (Id int PRIMARY KEY, Nome nvarchar(9));`);
    expect(told(plan)).toEqual(['Loja: Nome string']);
    expect(lost(plan)).toEqual(['1 CREATE PROCEDURE p AS BEGIN: program']);
  });
});

describe('programs with blocks of their own', () => {
  it('end at the slash of Oracle, with everything that they declare', () => {
    const plan = planned(`CREATE OR REPLACE TRIGGER t BEFORE INSERT ON loja FOR EACH ROW
DECLARE n NUMBER;
BEGIN
  CASE n WHEN 1 THEN n := 2; END CASE;
  FOR r IN (SELECT 1 FROM dual) LOOP NULL; END LOOP;
END;
/
CREATE TABLE loja (id NUMBER(10) PRIMARY KEY, nome VARCHAR2(9));`);
    expect(told(plan)).toEqual(['loja: nome string']);
    expect(lost(plan)).toEqual(['1 CREATE OR REPLACE TRIGGER t: program']);
  });
  it('end where their blocks do, whatever ends inside of them', () => {
    const plan = planned(`CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN
  CASE 1 WHEN 1 THEN SELECT 1; END CASE; IF 1 THEN SELECT 2; END IF;
END;
CREATE TABLE a (id int PRIMARY KEY, t text);`);
    expect(told(plan)).toEqual(['a: t text']);
    expect(lost(plan)).toHaveLength(1);
  });
});

describe('scripts of PostgreSQL', () => {
  it('may make types in a DO block, and tag their bodies with digits', () => {
    const plan = planned(`DO $$ BEGIN
  CREATE TYPE estado AS ENUM ('novo', 'pago');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
CREATE FUNCTION f() RETURNS trigger AS $fn1$ BEGIN RETURN new; END; $fn1$ LANGUAGE plpgsql;
CREATE TABLE pedido (id int PRIMARY KEY, estado estado NOT NULL);`);
    expect(plan.tables[0]?.columns[0]).toMatchObject({ type: 'enum', values: ['novo', 'pago'] });
    expect(lost(plan)).toEqual(['5 CREATE FUNCTION f: program']);
  });
  it('tell tables of one name apart by their schemas', () => {
    const plan = planned(`create table public.users (id uuid references auth.users(id) primary key, name text);
create table notes (id uuid primary key, owner uuid references auth.users, author uuid references users, text text);`);
    expect(told(plan)).toEqual(['users: name text', 'notes: owner uuid, text text, author → users']);
    expect(lost(plan)).toEqual([
      '1 users (id) → auth.users: lost-reference',
      '2 notes (owner) → auth.users: lost-reference',
    ]);
    expect(told(planned('create table users (id uuid references auth.users(id) primary key, name text);'))).toEqual([
      'users: name text',
    ]);
  });
});

describe('migrations, one after the other', () => {
  it('leave columns and tables as the last one has them', () => {
    const plan = planned(
      `CREATE TABLE "Post" ("id" SERIAL PRIMARY KEY, "titulo" VARCHAR(9) NOT NULL, "nota" INT NOT NULL, "sobra" TEXT,
 CHECK ("nota" >= 1));
CREATE TABLE "Antiga" ("id" SERIAL PRIMARY KEY, "x" TEXT);
CREATE TABLE "Item" ("id" SERIAL PRIMARY KEY, "post" INT NOT NULL REFERENCES "Post", "y" TEXT);`,
      `ALTER TABLE "Post" DROP COLUMN "sobra", ALTER COLUMN "titulo" SET DATA TYPE TEXT, ALTER COLUMN "titulo" DROP NOT NULL;
ALTER TABLE "Post" RENAME COLUMN "nota" TO "pontos";
ALTER TABLE "Post" RENAME TO "Artigo";
DROP TABLE IF EXISTS "Antiga";`,
    );
    expect(told(plan)).toEqual(['Artigo: titulo text, pontos integer!', 'Item: y text, post → Artigo']);
    expect(plan.tables[0]?.columns[1]?.min).toBe(1);
    expect(lost(plan)).toEqual([]);
  });
  it('may write a table anew under its old name (SQLite)', () => {
    const plan = planned(`CREATE TABLE "a" ("id" INTEGER PRIMARY KEY, "x" TEXT);
CREATE TABLE "b" ("id" INTEGER PRIMARY KEY, "a_id" INTEGER REFERENCES "a" ("id"));
CREATE TABLE "new_a" ("id" INTEGER PRIMARY KEY, "x" TEXT NOT NULL);
DROP TABLE "a";
ALTER TABLE "new_a" RENAME TO "a";`);
    expect([...told(plan)].sort()).toEqual(['a: x text!', 'b: a_id → a']);
  });
  it('are not taken back again by what they hold for that', () => {
    const plan = planned(`-- +goose Up
CREATE TABLE a (id int PRIMARY KEY, t text);
-- +goose Down
DROP TABLE a;
-- migrate:up
ALTER TABLE a ADD COLUMN u text;`);
    expect(told(plan)).toEqual(['a: t text, u text']);
    expect(told(planned('CREATE TABLE a (id int PRIMARY KEY, t text); DROP TABLE a;'))).toEqual(['a: t text']);
  });
  it('change columns as MySQL and Oracle write it', () => {
    const plan = planned(
      "CREATE TABLE a (id int(11) NOT NULL, t varchar(9), u int, ok bit(1) DEFAULT b'1') ENGINE=InnoDB;" +
        'ALTER TABLE a ADD PRIMARY KEY (id); ALTER TABLE a MODIFY id int(11) NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=5;' +
        'ALTER TABLE a CHANGE COLUMN t nome text NOT NULL; ALTER TABLE a MODIFY ("u" NOT NULL ENABLE);',
    );
    expect(told(plan)).toEqual(['a: nome text!, u integer!, ok boolean']);
    expect(plan.tables[0]).toMatchObject({ key: 'id', columns: [{}, {}, { default: true }] });
    expect(lost(plan)).toEqual([]);
  });
});

describe('what is told of a script', () => {
  it('names what is meant: an index behind IF NOT EXISTS, a sign of two characters, how many more there are', () => {
    const plan = planned(`CREATE TABLE a (id int PRIMARY KEY, x int, y int, CHECK (x <> y));
${[1, 2, 3, 4, 5, 6, 7].map((n) => `CREATE INDEX IF NOT EXISTS i${n} ON a (x);`).join('\n')}`);
    const lines = leftLines(plan.left, 'en');
    expect(lines[0]).toBe('1.sql:1: a: x <> y: this condition is not kept, or not wholly');
    expect(lines[1]).toBe('1.sql:2: CREATE INDEX i1 ON a: the product makes its own indexes');
    expect(lines.at(-1)).toBe('2 more like these: the product makes its own indexes');
  });
});
