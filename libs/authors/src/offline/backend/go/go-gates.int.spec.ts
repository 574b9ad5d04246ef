import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { GateInput, Task } from '@squados/agent-runtime';
import type { Sha256, Verdict } from '@squados/contracts';
import { createBackendGates } from '@squados/gates/backend';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { createBackendRole } from '../create-backend-role.js';
import { writeOpenApi } from '../../arch/write/openapi.js';
import { writeMigration, writeSchema } from '../../arch/write/sql.js';
import { PLAIN, sampleModel } from './fixtures/sample-plan.js';
import { goWriter } from './go-writer.js';

const toolchains = createToolchains();
const found = await toolchains.find('go');
const why = found.kind === 'missing' ? ` (skipped: ${found.reason}; ${found.remedy})` : '';
const itWithGo = found.kind === 'there' ? it : it.skip;

const model = sampleModel(PLAIN);
const migration = writeMigration({ ...model, entities: [], rules: [] }, model, 'RF001');
const DESIGN: Readonly<Record<string, string>> = {
  'arquitetura/modelo-de-dominio.json': JSON.stringify(model),
  'arquitetura/openapi.yaml': writeOpenApi(model),
  'arquitetura/schema.sql': writeSchema(model),
  'arquitetura/migrations/0001_PROD-001.up.sql': migration.up,
  'arquitetura/migrations/0001_PROD-001.down.sql': migration.down,
};

const hashOf = (text: string): Sha256 => createHash('sha256').update(text).digest('hex') as Sha256;
const artifacts = new Map(Object.values(DESIGN).map((text) => [hashOf(text), new TextEncoder().encode(text)]));
const manifest = Object.fromEntries(Object.entries(DESIGN).map(([path, text]) => [path, hashOf(text)]));
const card = {
  id: 'BE-001',
  agent: 'backend',
  title: '',
  description: '',
  acceptanceCriteria: [],
  deliverables: [],
  requirementIds: [],
};
const task = {
  project: { policy: { gateProfile: 'quick', backend: 'go' } },
  card,
  cards: [card],
  dependencies: [{ card: { ...card, id: 'ARCH-001', agent: 'arch' }, manifest, assumed: false }],
} as unknown as Task;
const tools: GateInput['tools'] = {
  signal: new AbortController().signal,
  readArtifact: (hash) => Promise.resolve(artifacts.get(hash) ?? new Uint8Array()),
  note: () => undefined,
};

const written = async (): Promise<ReadonlyMap<string, string>> => {
  const result = await createBackendRole({ gates: [], writers: [goWriter] }).write(task, tools);
  if (result.kind !== 'written') throw new Error(JSON.stringify(result));
  return result.files;
};

type Said = Pick<Verdict, 'outcome' | 'findings' | 'summary'>;
const sandbox = createSandbox();
const goGates = createBackendGates({ sandbox, toolchains }).filter((g) => g.applies(task) !== 'none');
const judged = async (
  files: ReadonlyMap<string, string>,
  names = goGates.map(({ name }) => name),
): Promise<Readonly<Record<string, Said>>> => {
  const said: Record<string, Said> = {};
  for (const gate of goGates.filter(({ name }) => names.includes(name)))
    said[gate.name] = await gate.run({ task, files, proposals: [], tools });
  return said;
};

const AT = 'engenharia/backend/internal/typeentity/';

describe(`a written Go service${why}`, () => {
  itWithGo(
    'passes its own gates, with names that Go reserves, every type of field, a self relation, states and a circle',
    async () => {
      const said = await judged(await written());
      const bad = Object.entries(said).filter(
        ([name, v]) => v.outcome !== 'pass' && !(name === 'go-coverage' && v.outcome === 'refer'),
      );
      expect(bad).toEqual([]);
      expect(Object.keys(said)).toEqual(['go-builds', 'go-lint', 'go-tests', 'go-coverage', 'go-contract']);
    },
    300_000,
  );

  itWithGo(
    'is stopped at the line where a rule was left out, and at the file that is not formatted',
    async () => {
      const files = new Map(await written());
      const model = files.get(`${AT}model.go`) ?? '';
      files.set(`${AT}model.go`, model.replace('field.Length(1, 20)', 'field.Length(0, 20)'));
      files.set(`${AT}service.go`, `${files.get(`${AT}service.go`) ?? ''}\n\n`);
      const said = await judged(files, ['go-lint', 'go-tests']);
      expect(said['go-lint']?.findings).toMatchObject([{ path: `${AT}service.go`, rule: 'gofmt' }]);
      expect(said['go-tests']?.outcome).toBe('fail');
      expect(said['go-tests']?.findings?.map((f) => f.path)).toContain(`${AT}model_test.go`);
      expect(said['go-tests']?.findings?.[0]?.line).toBeGreaterThan(0);
    },
    300_000,
  );
});
