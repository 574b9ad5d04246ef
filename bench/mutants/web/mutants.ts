// Do the tests of a generated frontend notice when its code changes? Usage:
//   node tools/bench-bundle.mjs bench/mutants/web/mutants.ts [--document examples/library.en.md] [--per-file 5] [--every 1] [--minutes 180] [--out FILE]
// `--every 4` takes each fourth source only: a sample. After `--minutes` it reports what it has.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RoleTools, Task } from '@squados/agent-runtime';
import { createArchRole } from '@squados/authors/arch';
import { createFrontendRole } from '@squados/authors/frontend';
import { agentName, cardId, projectId, sha256, type CardSpec, type Sha256 } from '@squados/contracts';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { parseRequirements } from '@squados/importers/requirements';

const { values } = parseArgs({
  options: {
    document: { type: 'string', default: 'examples/library.en.md' },
    'per-file': { type: 'string', default: '5' },
    every: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '180' },
    out: { type: 'string' },
  },
});

const stored = new Map<Sha256, Uint8Array>();
const store = (text: string): Sha256 => {
  const bytes = new TextEncoder().encode(text);
  const hash = sha256(createHash('sha256').update(bytes).digest('hex'));
  stored.set(hash, bytes);
  return hash;
};

const signal = new AbortController().signal;
const tools: RoleTools = {
  signal,
  readArtifact: async (hash) => stored.get(hash) ?? new Uint8Array(),
  note: () => undefined,
};

const card = (id: string, agent: string, more: Partial<CardSpec>): CardSpec => ({
  id: cardId(id),
  title: id,
  description: '',
  agent: agentName(agent),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  ...more,
});

const taskOf = (own: CardSpec, cards: readonly CardSpec[], more: Partial<Task>): Task => ({
  project: {
    id: projectId('mutants'),
    title: 'Mutants',
    agents: [],
    policy: {
      maxRetries: 0,
      retryBaseMs: 1,
      retryCapMs: 1,
      attemptDeadlineMs: 60_000,
      gateProfile: 'full',
      maxDeliveries: 5,
    },
    documents: [],
  },
  card: own,
  attempt: 1,
  dependencies: [],
  cards,
  ...more,
});

/** The application of a requirements document, by the project's own owners. */
const application = async (path: string): Promise<ReadonlyMap<string, string>> => {
  const parsed = parseRequirements({ name: path, bytes: readFileSync(path) });
  if (parsed.kind !== 'parsed') throw new Error(`${path}: ${parsed.message}`);
  const { language, requirements } = parsed.document;
  const designs = requirements
    .filter((r) => r.kind === 'functional')
    .map((r, i) =>
      card(`PROD-${String(i + 1).padStart(3, '0')}`, 'product', {
        title: `${r.id} - Technical Design & Architecture: ${r.title}`,
        description: r.text,
        type: 'design',
        requirementIds: [r.id],
        language,
      }),
    );
  const last = designs.at(-1);
  if (!last) throw new Error(`${path} holds no functional requirement`);
  const arch = card('ARCH-001', 'arch', {
    ...last,
    id: cardId('ARCH-001'),
    agent: agentName('arch'),
    parent: last.id,
    dependencies: [last.id],
  });
  const design = await createArchRole({ gates: [] }).write(taskOf(arch, [...designs, arch], {}), tools);
  if (design.kind !== 'written') throw new Error(design.message);
  const manifest = Object.fromEntries([...design.files].map(([file, text]) => [file, store(text)]));
  const own = card('FE-001', 'frontend', {});
  const dependencies = [{ card: arch, manifest, assumed: false }];
  const made = await createFrontendRole({ gates: [] }).write(taskOf(own, [own], { dependencies }), tools);
  if (made.kind !== 'written') throw new Error(made.message);
  return new Map([...made.files].map(([file, text]) => [file.replace('engenharia/frontend/', ''), text]));
};

const isSource = (path: string): boolean =>
  /^src\/.*\.tsx?$/.test(path) &&
  !/\.(?:test|stories)\.tsx?$|\.d\.ts$|^src\/testing\/|^src\/main\.tsx$|-fixtures\.ts$/.test(path);

/** Tests beside a feature judge it and its client; what all features stand on is judged by its own tests and one feature's. */
const testsFor = (path: string, all: readonly string[]): readonly string[] => {
  const feature = /^src\/features\/([^/]+)\//.exec(path)?.[1];
  const client = /^src\/api\/([^/]+)\.ts$/.exec(path)?.[1];
  const beside = all.filter(
    (t) => t.startsWith(`src/features/${feature ?? '-'}/`) || t.includes(`/${client ?? '-'}-model.test`),
  );
  const common = all.filter((t) => !t.startsWith('src/features/'));
  const richest = all.filter((t) => t.startsWith('src/features/loans/') || t.startsWith('src/features/reservations/'));
  return beside.length > 0 ? beside : [...common, ...(richest.length > 0 ? richest : all.slice(0, 2))];
};

interface Mutant {
  readonly path: string;
  readonly line: number;
  readonly was: string;
  readonly by: string;
  readonly killed: boolean;
}

const project = await application(values.document);
const paths = [...project.keys()];
const tests = paths.filter((path) => /\.test\.tsx?$/.test(path));
const sources = paths.filter(isSource).filter((_path, i) => i % Number(values.every) === 0);
const toolchains = createToolchains();
const web = await toolchains.find('web');
const node = await toolchains.find('node');
if (web.kind === 'missing' || node.kind === 'missing')
  throw new Error('the web toolchain is not installed: squados setup web');
const mark = `${randomBytes(16).toString('hex')} `;
const plan = {
  mark,
  perFile: Number(values['per-file']),
  files: sources.map((path) => ({ path, tests: testsFor(path, tests) })),
};
const outcome = await createSandbox().run(
  {
    command: [node.toolchain.program('node') ?? 'node', 'inside.mjs'],
    files: new Map([
      ...project,
      ['inside.mjs', readFileSync(join('bench/mutants/web/inside.mjs'), 'utf8')],
      ['mutants.json', JSON.stringify(plan)],
    ]),
    mounts: [
      ...web.toolchain.mounts,
      ...node.toolchain.mounts,
      { from: `${web.toolchain.folder}/node_modules`, at: 'node_modules' },
    ],
    env: { ...web.toolchain.env, NODE_ENV: 'test', CI: 'true' },
    limits: {
      wallMs: Number(values.minutes) * 60_000,
      cpuSeconds: 4 * 3_600,
      memoryMb: 4_096,
      processes: 128,
      diskMb: 512,
      outputKb: 8_192,
    },
  },
  signal,
);
if (outcome.kind !== 'exited' && outcome.kind !== 'limited') throw new Error(`nothing ran: ${JSON.stringify(outcome)}`);
const mutants = outcome.stdout
  .split('\n')
  .filter((line) => line.startsWith(mark))
  .map((line) => JSON.parse(line.slice(mark.length)) as Mutant);
const alive = mutants.filter((m) => !m.killed);
const share = mutants.length === 0 ? 0 : ((mutants.length - alive.length) / mutants.length) * 100;
const report = [
  `# Mutants of the generated frontend of ${values.document}`,
  '',
  `${mutants.length} mutants in ${sources.length} sources (every ${values.every}), ${mutants.length - alive.length} killed: ${share.toFixed(1)} %.`,
  ...(outcome.kind === 'limited' ? ['', `Stopped early: ${outcome.message}`] : []),
  '',
  ...alive.map((m) => `- alive: \`${m.path}:${m.line}\` ${JSON.stringify(m.was)} → ${JSON.stringify(m.by)}`),
  '',
].join('\n');
if (values.out !== undefined) writeFileSync(values.out, report);
process.stdout.write(report);
process.exit(share >= 80 ? 0 : 1);
