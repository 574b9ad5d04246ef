import { describe, expect, it } from '@jest/globals';
import type { RoleResult } from '@squados/agent-runtime';
import { agentName, cardId, readDomainModel, sha256, type CardSpec, type DomainModel } from '@squados/contracts';
import { createArchRole } from '../create-arch-role.js';
import { noTools, taskFor } from '../testing/tasks.js';

const SCRIPT = `CREATE TABLE tb_oficina_mecanico (
  id_mecanico SERIAL PRIMARY KEY, nome VARCHAR(80) NOT NULL, version TEXT, created_at TIMESTAMP);
CREATE TABLE tb_oficina_ordem (
  id SERIAL PRIMARY KEY,
  id_mecanico INT NOT NULL REFERENCES tb_oficina_mecanico ON DELETE CASCADE,
  select_ TEXT, cliente VARCHAR(50) NOT NULL, preco NUMERIC(9,2) CHECK (preco >= 0));
CREATE TABLE "user" (id INT PRIMARY KEY);
CREATE VIEW ordens AS SELECT 1;`;

const CARD: CardSpec = {
  id: cardId('ARCH-001'),
  title: 'Desenho: o esquema dado: Oficina',
  description: 'O esquema SQL anexo é o modelo.',
  agent: agentName('arch'),
  type: 'given-schema',
  priority: 'CRITICAL',
  dependencies: [],
  acceptanceCriteria: ['Cada tabela está no modelo'],
  requirementIds: [],
  deliverables: [],
  attachments: [{ name: 'oficina.sql', sha256: sha256('0'.repeat(64)), bytes: 1, mediaType: 'text/plain' }],
  language: 'pt',
};

const write = (script: string): Promise<RoleResult> =>
  createArchRole({ gates: [] }).write(taskFor([CARD], CARD), {
    ...noTools,
    readArtifact: () => Promise.resolve(new TextEncoder().encode(script)),
  });

const filesOf = async (script: string): Promise<ReadonlyMap<string, string>> => {
  const result = await write(script);
  if (result.kind !== 'written') throw new Error(JSON.stringify(result));
  return new Map([...result.files].map(([path, text]) => [path, String(text)]));
};
const modelOf = async (script: string): Promise<DomainModel> => {
  const read = readDomainModel((await filesOf(script)).get('arquitetura/modelo-de-dominio.json') ?? '');
  if (!read.ok) throw new Error(read.problem);
  return read.model;
};

describe('the design of a given schema', () => {
  it('keeps tables and columns under names that are code, and links rows by their ids', async () => {
    const { entities, language } = await modelOf(SCRIPT);
    expect(language).toBe('pt');
    expect(entities.map(({ name, table, resource }) => [name, table, resource])).toEqual([
      ['OficinaMecanico', 'tb_oficina_mecanico', 'oficina-mecanico'],
      ['OficinaOrdem', 'tb_oficina_ordem', 'oficina-ordem'],
      ['User', 'app_user', 'user'],
    ]);
    expect(entities[0]!.fields.map((f) => f.name)).toEqual(['nome', 'own_version']);
    expect(entities[1]!.relations).toEqual([
      { field: 'mecanico_id', label: 'Mecanico', target: 'OficinaMecanico', required: true, onDelete: 'cascade' },
    ]);
    expect(entities[1]!.fields.find((f) => f.name === 'preco')).toMatchObject({ type: 'decimal', min: 0 });
  });
  it('assumes a description for a table that has its key alone', async () => {
    const { entities } = await modelOf(SCRIPT);
    expect(entities[2]!.fields.map((f) => [f.name, f.required])).toEqual([['description', false]]);
  });
  it('writes contract, schema, one migration and diagrams, and tells what is left out', async () => {
    const files = await filesOf(SCRIPT);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'arquitetura/openapi.yaml',
        'arquitetura/schema.sql',
        'arquitetura/migrations/0001_ARCH-001.up.sql',
        'arquitetura/er.mmd',
        'arquitetura/ARCH-001/design.md',
      ]),
    );
    const result = await write(SCRIPT);
    const said = result.kind === 'written' ? (result.assumptions ?? []).join('\n') : '';
    expect(said).toContain('tb_oficina_mecanico.id_mecanico');
    expect(said).toContain('oficina.sql:8: CREATE VIEW ordens AS SELECT: visões não são aproveitadas');
  });
  it('fails for good, with the reason, when no table is there', async () => {
    expect(await write('SELECT 1;')).toMatchObject({ kind: 'failed', retryable: false, code: 'schema-empty' });
  });
});
