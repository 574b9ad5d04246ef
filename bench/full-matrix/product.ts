// The whole product of an example, as the last cards of its chain deliver it, through every gate of profile full: design, backend and
// frontend as the owners write them, then QA's six checks on what was found. No orchestrator and no other card: minutes, not an hour.
// Usage: node tools/bench-bundle.mjs bench/full-matrix/product.ts --only library-go --record FILE [--piece SECONDS]
// Each gate's verdict is kept in the record at once; called again it goes on with the gates that have none.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CardEvidence, Files, Gate, Role, RoleTools, Task } from '@squados/agent-runtime';
import { createDerivation, writeMigration, writeOpenApi, writeSchema } from '@squados/authors/arch';
import { BACKEND_WRITERS, createBackendRole } from '@squados/authors/backend';
import { createFrontendRole } from '@squados/authors/frontend';
import {
  agentName,
  cardId,
  manifestHash,
  projectId,
  sha256,
  type BackendLanguage,
  type CardSpec,
  type Sha256,
  type Verdict,
} from '@squados/contracts';
import { createBackendGates } from '@squados/gates/backend';
import { createFrontendGates } from '@squados/gates/frontend';
import { createQaChecks, createQaGates } from '@squados/gates/qa';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { parseRequirements, type RequirementsDocument } from '@squados/importers';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, record: { type: 'string' }, piece: { type: 'string' } },
});
const [example = 'library', language = 'python'] = (options.only ?? '').split('-') as [string, BackendLanguage];
const recordFile = options.record ?? `${example}-${language}.json`;
const until = performance.now() + Number(options.piece ?? 3_600) * 1_000;

type Verdicts = Record<
  string,
  Pick<Verdict, 'outcome' | 'summary'> & { readonly excerpt?: string; readonly ms: number }
>;
const record: Verdicts = existsSync(recordFile) ? (JSON.parse(readFileSync(recordFile, 'utf8')) as Verdicts) : {};

const store = new Map<Sha256, Uint8Array>();
const keep = (text: string): Sha256 => {
  const bytes = new TextEncoder().encode(text);
  const hash = sha256(createHash('sha256').update(bytes).digest('hex'));
  store.set(hash, bytes);
  return hash;
};
const manifestOf = (files: Files): Readonly<Record<string, Sha256>> =>
  Object.fromEntries([...files].map(([path, text]) => [path, keep(text)]));

const read = (): RequirementsDocument => {
  const name = `${example}.${example === 'oficina' ? 'pt' : 'en'}.md`;
  const parsed = parseRequirements({ name, bytes: readFileSync(`examples/${name}`) });
  if (parsed.kind !== 'parsed') throw new Error(parsed.message);
  return parsed.document;
};

/** The design after all requirements; rules of the document's own table stand with the last of them. */
const design = (): Files => {
  const document = read();
  const rules = document.requirements.filter((r) => r.kind === 'rule').map((r) => `${r.id}: ${r.text}`);
  const functional = document.requirements.filter((r) => r.kind === 'functional');
  const sources = functional.map((r, i) => ({
    id: r.id,
    title: r.title,
    text: r.text,
    criteria: i === functional.length - 1 ? [...r.criteria, ...rules] : r.criteria,
    language: document.language,
    ...(r.story === undefined ? {} : { userStory: r.story }),
  }));
  const { model } = createDerivation().derive(sources, { product: document.title, language: document.language });
  const { up, down } = writeMigration({ ...model, entities: [], rules: [] }, model, 'PROD-001');
  return new Map([
    ['arquitetura/modelo-de-dominio.json', JSON.stringify(model)],
    ['arquitetura/openapi.yaml', writeOpenApi(model)],
    ['arquitetura/schema.sql', writeSchema(model)],
    ['arquitetura/migrations/0001_PROD-001.up.sql', up],
    ['arquitetura/migrations/0001_PROD-001.down.sql', down],
  ]);
};

const card = (id: string, agent: string): CardSpec => ({
  id: cardId(id),
  title: id,
  description: '',
  agent: agentName(agent),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
});
const CARDS = [card('ARCH-001', 'arch'), card('BE-001', 'backend'), card('FE-001', 'frontend'), card('QA-001', 'qa')];

const delivered = new Map<string, Files>();
const evidence = new Map<string, CardEvidence>();
const taskOf = (id: string): Task => ({
  project: {
    id: projectId('matrix'),
    title: example,
    agents: [],
    policy: {
      ...{ maxRetries: 0, retryBaseMs: 1, retryCapMs: 1, attemptDeadlineMs: 3_600_000, maxDeliveries: 5 },
      gateProfile: 'full',
      backend: language,
    },
    documents: [],
  },
  card: CARDS.find((one) => one.id === id) ?? card(id, 'qa'),
  attempt: 1,
  dependencies: CARDS.flatMap((one) => {
    const files = one.id === id ? undefined : delivered.get(one.id);
    return files ? [{ card: one, manifest: manifestOf(files), assumed: false }] : [];
  }),
  cards: CARDS,
});
const tools: RoleTools = {
  signal: new AbortController().signal,
  readArtifact: (hash) => Promise.resolve(store.get(hash) ?? new Uint8Array()),
  note: () => undefined,
  evidence: (id) => Promise.resolve(evidence.get(id)),
};

const judge = async (gate: Gate, task: Task, files: Files): Promise<void> => {
  if (gate.applies(task) === 'none' || record[gate.name]) return;
  if (performance.now() > until) process.exit(75);
  const from = performance.now();
  const { outcome, summary, excerpt } = await gate.run({ task, files, proposals: [], tools });
  const ms = Math.round(performance.now() - from);
  record[gate.name] = { outcome, summary, ms, ...(outcome === 'pass' || excerpt === undefined ? {} : { excerpt }) };
  writeFileSync(recordFile, `${JSON.stringify(record, undefined, 2)}\n`);
  process.stdout.write(
    `${outcome.padEnd(5)} ${gate.name.padEnd(20)} ${(ms / 1_000).toFixed(1).padStart(6)} s  ${summary}\n`,
  );
};

const deliver = async (id: string, role: Role, gates: readonly Gate[]): Promise<void> => {
  const task = taskOf(id);
  const written = await role.write(task, tools);
  if (written.kind !== 'written') throw new Error(JSON.stringify(written));
  delivered.set(id, written.files);
  for (const gate of gates) await judge(gate, task, written.files);
  const verdicts = gates.flatMap((gate): readonly Verdict[] => {
    const said = record[gate.name];
    if (!said) return [];
    const { outcome, summary, ms } = said;
    const isolation = { level: 2, by: 'as recorded' } as const;
    return [
      {
        gate: gate.name,
        profile: 'full',
        outcome,
        required: true,
        command: gate.name,
        durationMs: ms,
        summary,
        isolation,
      },
    ];
  });
  evidence.set(id, { attempt: 1, manifestHash: manifestHash(manifestOf(written.files)), verdicts });
};

const parts = { sandbox: createSandbox(), toolchains: createToolchains() };
delivered.set('ARCH-001', design());
const backend = createBackendGates(parts);
await deliver('BE-001', createBackendRole({ gates: backend, writers: BACKEND_WRITERS }), backend);
const frontend = createFrontendGates(parts);
await deliver('FE-001', createFrontendRole({ gates: frontend }), frontend);
const checks = createQaChecks(parts);
for (const gate of createQaGates({ ...parts, checks })) await judge(gate, taskOf('QA-001'), new Map());
process.exit(Object.values(record).every(({ outcome }) => outcome === 'pass') ? 0 : 1);
