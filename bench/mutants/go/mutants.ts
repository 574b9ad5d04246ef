import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RoleTools, Task } from '@squados/agent-runtime';
import { BACKEND_WRITERS, createBackendRole } from '@squados/authors/backend';
import type { Sha256 } from '@squados/contracts';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains, type Toolchain, type Toolchains } from '@squados/gates/toolchains';

interface Mutant {
  readonly path: string;
  readonly line: number;
  readonly operator: string;
  readonly was: string;
  readonly became: string;
  readonly outcome: 'killed' | 'survived';
}

export interface Wanted {
  /** Folder of the designs: `…/app-artefacts/arquitetura`. */
  readonly designs: string;
  /** Parts of paths; none: every source file. */
  readonly chosen: readonly string[];
  /** Where this harness lies, and where its results go. */
  readonly folder: string;
}

const MUTANTS_PER_FILE = 5;
const FOLDER = 'engenharia/backend/';
/** Sentences, and what only tests use. */
const LEFT_OUT = /_test\.go$|\/dbtest\/|\/text\/|^migrations\/|^api\/|^cmd\//;

const artifactsOf = async (
  designs: string,
): Promise<ReadonlyMap<Sha256, readonly [path: string, bytes: Uint8Array]>> => {
  const entries = await readdir(designs, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  const read = await Promise.all(files.map(async (file) => [file, await readFile(file)] as const));
  return new Map(
    read.map(([file, bytes]) => [
      createHash('sha256').update(bytes).digest('hex') as Sha256,
      [`arquitetura/${file.slice(designs.length + 1)}`, bytes] as const,
    ]),
  );
};

/** The service for the whole model, as a card that names no requirement gets it. */
const serviceOf = async (designs: string): Promise<ReadonlyMap<string, string>> => {
  const artifacts = await artifactsOf(designs);
  const card = {
    id: 'BE-001',
    agent: 'backend',
    title: '',
    description: '',
    acceptanceCriteria: [],
    deliverables: [],
    requirementIds: [],
  };
  const manifest = Object.fromEntries([...artifacts].map(([hash, [path]]) => [path, hash]));
  const task = {
    project: { policy: { backend: 'go' } },
    card,
    dependencies: [{ card: { ...card, id: 'ARCH', agent: 'arch' }, manifest, assumed: false }],
    cards: [card],
  } as unknown as Task;
  const tools: RoleTools = {
    signal: new AbortController().signal,
    readArtifact: (hash) => Promise.resolve(artifacts.get(hash)?.[1] ?? new Uint8Array()),
    note: () => undefined,
  };
  const result = await createBackendRole({ gates: [], writers: BACKEND_WRITERS }).write(task, tools);
  if (result.kind === 'failed') throw new Error(result.message);
  return new Map(
    [...result.files].flatMap(([path, text]) =>
      path.startsWith(FOLDER) ? [[path.slice(FOLDER.length), text] as const] : [],
    ),
  );
};

const toolchain = async (toolchains: Toolchains, name: 'go' | 'postgres'): Promise<Toolchain> => {
  const found = await toolchains.find(name);
  if (found.kind === 'missing') throw new Error(`${found.reason}: ${found.remedy}`);
  return found.toolchain;
};

const SCRIPT = [
  'set -u',
  'mkdir -p home tmp; export HOME=$PWD/home TMPDIR=$PWD/tmp',
  'go build -o mutate/mutate mutate/main.go || exit 1',
  'postgres=$1; shift',
  'cd service && exec "$postgres" ../mutate/mutate "$@" >../out.jsonl',
  '',
].join('\n');

const run = async (
  service: ReadonlyMap<string, string>,
  sources: readonly string[],
  folder: string,
): Promise<string> => {
  const root = join(folder, '../../..');
  const toolchains = createToolchains({ pins: join(root, 'toolchains'), root: join(root, '.squados-toolchains') });
  const [go, postgres] = await Promise.all([toolchain(toolchains, 'go'), toolchain(toolchains, 'postgres')]);
  const server = postgres.program('with-postgres') ?? '';
  const outcome = await createSandbox().run(
    {
      command: ['/bin/sh', 'mutate.sh', server, String(MUTANTS_PER_FILE), ...sources],
      files: new Map([
        ...[...service].map(([path, text]) => [`service/${path}`, text] as const),
        ['mutate/main.go', await readFile(join(folder, 'mutate/main.go'), 'utf8')],
        ['mutate.sh', SCRIPT],
      ]),
      mounts: [...go.mounts, ...postgres.mounts],
      env: {
        ...postgres.env,
        ...go.env,
        GOFLAGS: '-mod=readonly -buildvcs=false -ldflags=-s',
        PATH: `${go.env['PATH'] ?? ''}:${postgres.env['PATH'] ?? ''}:/usr/bin:/bin`,
      },
      limits: { wallMs: 7_200_000, cpuSeconds: 7_200, memoryMb: 4_096, processes: 1_024, diskMb: 8_000 },
      collect: ['out.jsonl'],
    },
    new AbortController().signal,
  );
  if (outcome.kind !== 'exited') throw new Error(`the run ended as ${outcome.kind}`);
  if (outcome.exitCode !== 0) process.stderr.write(outcome.stderr);
  return outcome.collected.get('out.jsonl') ?? '';
};

const share = (mutants: readonly Mutant[]): string => {
  const killed = mutants.filter((m) => m.outcome === 'killed').length;
  return `${killed} of ${mutants.length}`;
};

const cell = (text: string): string =>
  `\`${text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '\\|').slice(0, 60)}\``;

const tableOf = (mutants: readonly Mutant[]): string => {
  const paths = [...new Set(mutants.map((m) => m.path))].sort();
  const survivors = mutants.filter((m) => m.outcome === 'survived');
  return [
    '# Mutants of the generated Go service',
    '',
    `Of the English example, ${MUTANTS_PER_FILE} mutants a source file, spread over it, judged by the tests of the file's own package with PostgreSQL in the`,
    'sandbox: `node bench/mutants/go/run.mjs DATA_FOLDER`. Mutants that do not compile are replaced by the next one.',
    '',
    `Killed: ${share(mutants)}.`,
    '',
    '| File | Killed |',
    '| --- | --- |',
    ...paths.map((path) => `| \`${path}\` | ${share(mutants.filter((m) => m.path === path))} |`),
    '',
    '## Survivors',
    '',
    '| Place | Change | Was | Became |',
    '| --- | --- | --- | --- |',
    ...survivors.map((m) => `| \`${m.path}:${m.line}\` | ${m.operator} | ${cell(m.was)} | ${cell(m.became)} |`),
    '',
  ].join('\n');
};

/** Runs the mutants and writes RESULTS.md; a choice of files is only printed. */
export const tableOfMutants = async ({
  designs,
  chosen,
  folder,
}: Wanted): Promise<{ readonly killed: number; readonly total: number }> => {
  const service = await serviceOf(designs);
  const sources = [...service.keys()]
    .filter((path) => path.endsWith('.go') && !LEFT_OUT.test(path))
    .filter((path) => chosen.length === 0 || chosen.some((part) => path.includes(part)))
    .sort();
  const lines = (await run(service, sources, folder)).split('\n').filter((line) => line !== '');
  const mutants = lines.map((line) => JSON.parse(line) as Mutant);
  const table = tableOf(mutants);
  if (chosen.length === 0) await writeFile(join(folder, 'RESULTS.md'), table);
  else process.stdout.write(table);
  return { killed: mutants.filter((m) => m.outcome === 'killed').length, total: mutants.length };
};
