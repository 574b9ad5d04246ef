import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Files, RoleTools, Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, sha256, type DomainModel, type Sha256 } from '@squados/contracts';
import { createFrontendGates } from '@squados/gates/frontend';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { createFrontendRole } from './create-frontend-role.js';
import { designOf, smallModel } from './testing/models.js';

const toolchains = createToolchains();
const web = await toolchains.find('web');
const isHere = web.kind === 'there';
const title = (text: string): string =>
  isHere ? text : `${text} (skipped: ${web.kind === 'missing' ? web.remedy : ''})`;
const whenHere = isHere ? it : it.skip;
const gates = createFrontendGates({ sandbox: createSandbox(), toolchains });
const role = createFrontendRole({ gates });

const controller = new AbortController();
afterAll(() => {
  controller.abort();
});

const taskOf = (model: DomainModel): { readonly task: Task; readonly tools: RoleTools } => {
  const stored = new Map<Sha256, Uint8Array>();
  const store = (text: string): Sha256 => {
    const bytes = new TextEncoder().encode(text);
    const hash = sha256(createHash('sha256').update(bytes).digest('hex'));
    stored.set(hash, bytes);
    return hash;
  };
  const card = (id: string, agent: string) => ({
    id: cardId(id),
    title: id,
    description: '',
    agent: agentName(agent),
    priority: 'HIGH' as const,
    dependencies: [],
    acceptanceCriteria: ['It works'],
    requirementIds: ['FR-1'],
    deliverables: [],
  });
  const manifest = {
    'arquitetura/modelo-de-dominio.json': store(JSON.stringify(model)),
    'arquitetura/openapi.yaml': store(designOf(model).openapi),
    'arquitetura/schema.sql': store(''),
  };
  const policy = {
    maxRetries: 0,
    retryBaseMs: 1,
    retryCapMs: 1,
    attemptDeadlineMs: 60_000,
    gateProfile: 'quick',
    maxDeliveries: 5,
  } as const;
  const project = { id: projectId('p'), title: 'P', agents: [], policy, documents: [] };
  const task: Task = {
    project,
    card: card('FE-001', 'frontend'),
    attempt: 1,
    dependencies: [{ card: card('ARCH-001', 'arch'), manifest, assumed: false }],
    cards: [],
  };
  const readArtifact = async (hash: Sha256): Promise<Uint8Array> => stored.get(hash) ?? new Uint8Array();
  return { task, tools: { signal: controller.signal, readArtifact, note: () => undefined } };
};

const { task, tools } = taskOf(smallModel);

const write = async (): Promise<Files> => {
  const result = await role.write(task, tools);
  if (result.kind !== 'written') throw new Error(JSON.stringify(result));
  return result.files;
};

const verdicts = async (files: Files, names = gates.map(({ name }) => name)) =>
  Object.fromEntries(
    await Promise.all(
      gates
        .filter(({ name }) => names.includes(name))
        .map(async (gate) => [gate.name, await gate.run({ task, files, proposals: [], tools })] as const),
    ),
  );

const AT = 'engenharia/frontend/';
const edited = (files: Files, path: string, change: (text: string) => string): Files =>
  new Map([...files, [AT + path, change(files.get(AT + path) ?? '')]]);

describe('the frontend owner held to its gates', () => {
  it('writes its own card beside the application, and nothing outside its folder', async () => {
    const paths = [...(await write()).keys()];
    expect(paths.filter((path) => !path.startsWith(AT))).toEqual([]);
    expect(paths).toContain(`${AT}cards/FE-001.md`);
  });

  whenHere(
    title('passes every gate'),
    async () => {
      const all = await verdicts(await write());
      expect(Object.entries(all).filter(([, v]) => v.outcome !== 'pass')).toEqual([]);
      expect(all['web-coverage']?.summary).toMatch(/^(?:8|9|10)\d/);
      expect(all['web-tests']?.isolation.level).toBeGreaterThan(0);
    },
    240_000,
  );

  whenHere(
    title('is stopped by types, lint and contract at what each is there for'),
    async () => {
      const clean = await write();
      const retitled = edited(clean, 'src/api/note.ts', (t) =>
        t.replace('readonly title: string', 'readonly name: string'),
      );
      const stray = "export const stray = (http: Http) => http.send({ method: 'GET', path: '/memos' });";
      const called = edited(retitled, 'src/api/note.ts', (t) => `${t}\n${stray}\n`);
      const linted = edited(called, 'src/app/config.ts', (t) => `${t}export const anything: any = 1;\n`);
      const all = await verdicts(linted, ['web-types', 'web-lint', 'web-contract']);
      const found = (gate: string) => all[gate]?.findings?.map((f) => `${f.path ?? ''} ${f.rule ?? ''}`) ?? [];
      expect(found('web-types')).toContain(`${AT}src/features/notes/note-form-model.ts TS2339`);
      expect(found('web-lint')).toContain(`${AT}src/app/config.ts @typescript-eslint/no-explicit-any`);
      expect(found('web-contract')).toContain(`${AT}src/api/note.ts unknown-operation`);
    },
    240_000,
  );

  it('refers, and says what to install, where the toolchain is missing', async () => {
    const none = { find: async () => ({ kind: 'missing', reason: 'no web', remedy: 'squados setup web' }) as const };
    const [gate] = createFrontendGates({ sandbox: createSandbox(), toolchains: none });
    const verdict = await gate?.run({ task, files: await write(), proposals: [], tools });
    expect([verdict?.outcome, verdict?.summary]).toEqual(['refer', 'no web: run "squados setup web"']);
  });
});
