import { randomBytes } from 'node:crypto';
import type { GateInput } from '@squados/agent-runtime';
import type { Isolation } from '@squados/contracts';
import type { Sandbox, SandboxOutcome, SandboxRequest } from '../sandbox/index.js';
import type { Toolchain, Toolchains } from '../toolchains/index.js';
import { projectOf } from './frontend-files.js';
import { closureDigests } from './import-closures.js';
import { readReports, type Step, type StepReports } from './run-report.js';
import { RUNNER } from './runner/index.js';
import { touchedBy, type Touched } from './touched-tests.js';

/** What a run came to. `unavailable`: nothing could run here; `aborted`: nobody waits for it any more. */
export type FrontendRun =
  | {
      readonly kind: 'ran';
      readonly reports: StepReports;
      readonly touched: Touched;
      /** Sources whose lint verdict stands from an earlier run of the same bytes. */
      readonly kept: number;
      readonly isolation: Isolation;
      readonly exitCode?: number;
      /** Why it ended before its time, in words; undefined when it ended by itself. */
      readonly stopped?: string;
      readonly stderr: string;
    }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'aborted' };

export interface FrontendRunOptions {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
}

const LIMITS = { wallMs: 480_000, cpuSeconds: 240, memoryMb: 3_072, processes: 128, diskMb: 256, outputKb: 2_048 };
const MARK_BYTES = 16;
const SETTINGS = ['package.json', 'tsconfig.json', 'eslint.config.js'];
const isSource = (path: string): boolean => /^src\/.*\.tsx?$/.test(path);

/** Steps of both profiles: a build takes a second. */
const STEPS: readonly Step[] = ['types', 'lint', 'calls', 'build', 'tests'];

interface Prepared {
  readonly project: ReadonlyMap<string, string>;
  readonly touched: Touched;
  readonly lint: readonly string[];
  readonly kept: number;
  readonly digestOf: (path: string) => string;
  readonly isFull: boolean;
}

/**
 * One run of the sandbox serves all gates of an attempt; whoever asks first starts it, keyed by the attempt's own files.
 *
 * 1. In profile quick a source that was linted without a finding is not linted again while its bytes, all that it imports and the
 *    settings are the same; the verdict says how many. The compiler likewise begins with what its last run wrote down, and looks
 *    again at what changed since. Profile full remembers nothing.
 * 2. The order is types, lint, calls, build, tests: nothing of the project's own code but its configuration has run before the first
 *    three have spoken.
 */
export class FrontendRuns {
  readonly #runs = new WeakMap<GateInput['files'], Promise<FrontendRun>>();
  readonly #clean = new Set<string>();
  #compilerState: string | undefined;
  readonly #options: FrontendRunOptions;

  constructor(options: FrontendRunOptions) {
    this.#options = options;
  }

  of(input: GateInput): Promise<FrontendRun> {
    const known = this.#runs.get(input.files);
    if (known) return known;
    const run = this.#start(input);
    this.#runs.set(input.files, run);
    return run;
  }

  async #start(input: GateInput): Promise<FrontendRun> {
    const [web, node] = await Promise.all([
      this.#options.toolchains.find('web'),
      this.#options.toolchains.find('node'),
    ]);
    const missing = [web, node].find((lookup) => lookup.kind === 'missing');
    if (missing?.kind === 'missing')
      return { kind: 'unavailable', reason: `${missing.reason}: run "${missing.remedy}"` };
    if (web.kind === 'missing' || node.kind === 'missing') return { kind: 'unavailable', reason: 'no toolchain' };
    const prepared = await this.#prepare(input, web.toolchain);
    const mark = `${randomBytes(MARK_BYTES).toString('hex')} `;
    const state = prepared.isFull ? undefined : this.#compilerState;
    const request = requestOf(prepared, { mark, state }, [web.toolchain, node.toolchain]);
    const outcome = await this.#options.sandbox.run(request, input.tools.signal);
    return this.#told(prepared, mark, outcome);
  }

  async #prepare(input: GateInput, web: Toolchain): Promise<Prepared> {
    const project = projectOf(input.files);
    const isFull = input.task.project.policy.gateProfile === 'full';
    const settings = [web.version, web.folder, ...SETTINGS.map((path) => project.get(path) ?? '')].join('\n');
    const digestOf = closureDigests(project, settings);
    const sources = [...project.keys()].filter(isSource);
    const lint = isFull ? sources : sources.filter((path) => !this.#clean.has(digestOf(path)));
    const touched = await touchedBy(input, project);
    return { project, touched, lint, kept: sources.length - lint.length, digestOf, isFull };
  }

  #told(prepared: Prepared, mark: string, outcome: SandboxOutcome): FrontendRun {
    if (outcome.kind === 'aborted' || outcome.kind === 'unavailable') return outcome;
    const reports = readReports(outcome.stdout, mark);
    this.#remember(prepared, reports);
    const { isolation, stderr } = outcome;
    const common = { kind: 'ran', reports, touched: prepared.touched, kept: prepared.kept, isolation, stderr } as const;
    return outcome.kind === 'exited'
      ? { ...common, exitCode: outcome.exitCode }
      : { ...common, stopped: `stopped by its limit ${outcome.limit}: ${outcome.message}` };
  }

  #remember({ lint, digestOf, isFull }: Prepared, { types, lint: report }: StepReports): void {
    if (isFull) return;
    if (types && !('broken' in types)) this.#compilerState = types.state;
    if (report === undefined || 'broken' in report) return;
    const found = new Set(report.findings.map((f) => f.path));
    for (const path of lint) if (!found.has(path)) this.#clean.add(digestOf(path));
  }
}

const requestOf = (
  { project, touched, lint, isFull }: Prepared,
  { mark, state }: { readonly mark: string; readonly state: string | undefined },
  toolchains: readonly [web: Toolchain, node: Toolchain],
): SandboxRequest => {
  const [web, node] = toolchains;
  const plan = {
    mark,
    steps: STEPS,
    tsconfigs: ['tsconfig.json', ...(isFull && project.has('tsconfig.stories.json') ? ['tsconfig.stories.json'] : [])],
    lint,
    tests: touched.tests,
    covered: touched.sources,
  };
  return {
    command: [node.program('node') ?? 'node', '.gates/run.mjs'],
    files: new Map([
      ...project,
      ...RUNNER,
      ['.gates/plan.json', JSON.stringify(plan)],
      ...(state === undefined ? [] : [['.gates/tsconfig.json.buildinfo', state] as const]),
    ]),
    mounts: [
      ...web.mounts,
      ...node.mounts.filter(({ at }) => !web.mounts.some((mount) => mount.at === at)),
      { from: `${web.folder}/node_modules`, at: 'node_modules' },
    ],
    env: { ...web.env, CI: 'true' },
    limits: LIMITS,
  };
};
