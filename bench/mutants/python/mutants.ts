// How many planted defects the generated tests of a Python service notice; writes RESULTS.md.
// Usage: node tools/bench-bundle.mjs bench/mutants/python/mutants.ts --service FOLDER [--per-file 5] [--workers 2] [--out FILE]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createSandbox, type SandboxOutcome } from '@squados/gates/sandbox';
import { createToolchains, type Toolchain, type ToolchainName } from '@squados/gates/toolchains';

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly change: string;
  readonly killed: boolean;
}

const { values } = parseArgs({
  options: {
    service: { type: 'string' },
    'per-file': { type: 'string', default: '5' },
    workers: { type: 'string', default: '2' },
    out: { type: 'string', default: 'bench/mutants/python/RESULTS.md' },
  },
});

const HOUR_MS = 3_600_000;
const service = resolve(values.service ?? '.squados/app-artefacts/engenharia/backend');

const filesBelow = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path), readFileSync(path, 'utf8')] as const);

const toolchain = async (name: ToolchainName): Promise<Toolchain> => {
  const lookup = await createToolchains().find(name);
  if (lookup.kind === 'missing') throw new Error(`${lookup.reason}: ${lookup.remedy}`);
  return lookup.toolchain;
};

const run = async (): Promise<SandboxOutcome> => {
  const [python, postgres] = [await toolchain('python'), await toolchain('postgres')];
  const program = mutator();
  return createSandbox().run(
    {
      command: [
        postgres.program('with-postgres') ?? '',
        python.program('python') ?? '',
        'mutate.py',
        values['per-file'],
        values.workers,
      ],
      files: new Map([...filesBelow(service), ['mutate.py', program]]),
      mounts: [...python.mounts, ...postgres.mounts],
      env: {
        ...postgres.env,
        ...python.env,
        PATH: `${python.env['PATH'] ?? ''}:/usr/bin:/bin`,
        LANG: 'C.UTF-8',
        PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
      },
      collect: ['mutants.json'],
      limits: { wallMs: HOUR_MS, cpuSeconds: 7_200, memoryMb: 3_072, processes: 1_024, outputKb: 1_024 },
    },
    new AbortController().signal,
  );
};

const mutator = (): string => readFileSync(resolve('bench/mutants/python/mutate.py'), 'utf8');

const share = (mutants: readonly Mutant[]): string =>
  `${mutants.filter((m) => m.killed).length} of ${mutants.length} (${((100 * mutants.filter((m) => m.killed).length) / mutants.length).toFixed(1)} %)`;

const table = (mutants: readonly Mutant[]): readonly string[] => {
  const files = [...new Set(mutants.map((m) => m.file))].sort();
  return files.map((file) => `| ${file} | ${share(mutants.filter((m) => m.file === file))} |`);
};

const report = (mutants: readonly Mutant[], seconds: number): string =>
  [
    '# Planted defects in a generated Python service',
    '',
    `${values['per-file']} mutants per source file, run in the sandbox against the service's own tests, in ${Math.round(seconds)} s.`,
    '',
    `**Killed: ${share(mutants)}.**`,
    '',
    '| File | Killed |',
    '| --- | --- |',
    ...table(mutants),
    '',
    '## Survivors',
    '',
    ...mutants.filter((m) => !m.killed).map((m) => `- ${m.file}:${m.line}: ${m.change}`),
    '',
  ].join('\n');

const outcome = await run();
if (outcome.kind !== 'exited' || outcome.exitCode !== 0)
  throw new Error(`the run ended with ${JSON.stringify(outcome).slice(-3_000)}`);
const { mutants, seconds } = JSON.parse(outcome.collected.get('mutants.json') ?? '') as {
  mutants: readonly Mutant[];
  seconds: number;
};
writeFileSync(values.out, report(mutants, seconds));
process.stdout.write(`killed ${share(mutants)} in ${Math.round(seconds)} s\n`);
