import { randomBytes } from 'node:crypto';
import type { GateInput } from '@squados/agent-runtime';
import type { Isolation } from '@squados/contracts';
import type { Sandbox, SandboxOutcome, SandboxRequest } from '../sandbox/index.js';
import type { Toolchains } from '../toolchains/index.js';
import { projectOf } from './frontend-files.js';
import { closureDigests } from './import-closures.js';
import { readReports, type Step, type StepReports } from './run-report.js';
import { RUNNER } from './runner/index.js';
import type { CheckAnswer } from './session/check-job.js';
import { CheckerSession } from './session/checker-session.js';
import { lastingRequest, nodeOf, surroundings, type Tools } from './session/lasting-request.js';
import { touchedBy, type Touched } from './touched-tests.js';

/** One process that spoke, and how it ended. */
export interface Part {
  readonly reports: StepReports;
  readonly isolation: Isolation;
  readonly exitCode?: number;
  /** Why it ended before its time, in words; undefined when it ended by itself. */
  readonly stopped?: string;
  readonly stderr: string;
}

/** What a run came to. `unavailable`: nothing could run here; `aborted`: nobody waits for it any more. */
export type FrontendRun =
  | {
      readonly kind: 'ran';
      /** The process that was to run a step. */
      partOf(step: Step): Part;
      readonly touched: Touched;
      /** Sources whose lint verdict stands from an earlier run of the same bytes. */
      readonly kept: number;
      readonly isFull: boolean;
    }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'aborted' };

type Unrun = Exclude<FrontendRun, { kind: 'ran' }>;

export interface FrontendRunOptions {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  /** Milliseconds after which the process that stays is ended when nothing was asked of it; default: one minute. */
  readonly idleMs?: number;
}

const LIMITS = { wallMs: 480_000, cpuSeconds: 240, memoryMb: 3_072, processes: 128, diskMb: 256, outputKb: 2_048 };
const MARK_BYTES = 16;
const SETTINGS = ['package.json', 'tsconfig.json', 'eslint.config.js'];
const isSource = (path: string): boolean => /^src\/.*\.tsx?$/.test(path);
/** Declarations may change the meaning of files that don't import them. */
const isSetting = (path: string): boolean => SETTINGS.includes(path) || path.endsWith('.d.ts');

/** What runs for some seconds ends before optimized code pays: V8 compiles it later than it would (a quarter less CPU). */
const SHORT_RUN = ['--interrupt-budget=2000000'];

const STATIC: readonly Step[] = ['types', 'lint', 'calls'];
const DYNAMIC: readonly Step[] = ['build', 'tests'];

interface Prepared {
  readonly input: GateInput;
  readonly tools: Tools;
  readonly project: ReadonlyMap<string, string>;
  readonly touched: Touched;
  readonly sources: readonly string[];
  readonly digestOf: (path: string) => string;
  readonly isFull: boolean;
}

interface Static {
  readonly part: Part;
  readonly kept: number;
}

const isPart = (told: Part | Unrun): told is Part => 'reports' in told;

/**
 * The runs behind all gates of an attempt; whoever asks first starts them, keyed by the attempt's own files.
 *
 * 1. Profile full: one run of the sandbox from nothing, the static checks before anything of the project is executed.
 * 2. Profile quick: the static checks are asked of a process that stays and never executes anything of a project; build and tests
 *    run beside it, in a run of their own that begins from nothing. A project whose lint configuration is more than data gets a
 *    run of its own for the static checks as well.
 * 3. In profile quick a source that the lasting process linted without a finding is not linted again while its bytes, all that it
 *    imports and the settings are the same; the verdict says how many. No other run is believed about the next one.
 */
export class FrontendRuns {
  readonly #runs = new WeakMap<GateInput['files'], Promise<FrontendRun>>();
  readonly #clean = new Set<string>();
  readonly #session: CheckerSession;
  readonly #options: FrontendRunOptions;

  constructor(options: FrontendRunOptions) {
    this.#options = options;
    this.#session = new CheckerSession(options);
  }

  of(input: GateInput): Promise<FrontendRun> {
    const known = this.#runs.get(input.files);
    if (known) return known;
    const run = this.#start(input);
    this.#runs.set(input.files, run);
    return run;
  }

  /** Ends the process that stays. */
  close(): Promise<void> {
    return this.#session.close();
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
    const prepared = await prepare(input, [web.toolchain, node.toolchain]);
    return prepared.isFull ? this.#full(prepared) : this.#quick(prepared);
  }

  async #full(prepared: Prepared): Promise<FrontendRun> {
    const part = await this.#fromNothing(prepared, [...STATIC, ...DYNAMIC]);
    return isPart(part) ? ranOf(prepared, { part, kept: 0 }, part) : part;
  }

  async #quick(prepared: Prepared): Promise<FrontendRun> {
    const [checked, dynamic] = await Promise.all([this.#checked(prepared), this.#fromNothing(prepared, DYNAMIC)]);
    if (!isPart(dynamic)) return dynamic;
    return 'part' in checked ? ranOf(prepared, checked, dynamic) : checked;
  }

  async #checked(prepared: Prepared): Promise<Static | Unrun> {
    const { project, sources, digestOf, tools, input } = prepared;
    let lint: readonly string[] = [];
    const job = {
      project,
      tsconfigs: ['tsconfig.json'],
      lint: () => (lint = sources.filter((path) => !this.#clean.has(digestOf(path)))),
    };
    const answer = await this.#session.check(job, lastingRequest(tools), input.tools.signal);
    switch (answer.kind) {
      case 'refused':
        return this.#alone(prepared);
      case 'unavailable':
      case 'aborted':
        return answer;
      case 'stopped':
        return { part: { ...answer, reports: {}, stopped: answer.reason }, kept: 0 };
      case 'checked':
        this.#remember(lint, answer, digestOf);
        return { part: { ...answer, stderr: '' }, kept: sources.length - lint.length };
    }
  }

  async #alone(prepared: Prepared): Promise<Static | Unrun> {
    const part = await this.#fromNothing(prepared, STATIC);
    return isPart(part) ? { part, kept: 0 } : part;
  }

  #remember(
    lint: readonly string[],
    { reports }: Extract<CheckAnswer, { kind: 'checked' }>,
    digestOf: (path: string) => string,
  ): void {
    if (reports.lint === undefined || 'broken' in reports.lint) return;
    const found = new Set(reports.lint.findings.map((f) => f.path));
    for (const path of lint) if (!found.has(path)) this.#clean.add(digestOf(path));
  }

  async #fromNothing(prepared: Prepared, steps: readonly Step[]): Promise<Part | Unrun> {
    const mark = `${randomBytes(MARK_BYTES).toString('hex')} `;
    const outcome = await this.#options.sandbox.run(requestOf(prepared, steps, mark), prepared.input.tools.signal);
    return partOf(outcome, mark);
  }
}

const prepare = async (input: GateInput, tools: Tools): Promise<Prepared> => {
  const project = projectOf(input.files);
  const isFull = input.task.project.policy.gateProfile === 'full';
  const [web] = tools;
  const set = [...project].filter(([path]) => isSetting(path)).sort();
  const digestOf = closureDigests(project, JSON.stringify([web.version, web.folder, set]));
  const sources = [...project.keys()].filter(isSource);
  return { input, tools, project, sources, digestOf, isFull, touched: await touchedBy(input, project) };
};

const ranOf = ({ touched, isFull }: Prepared, { part, kept }: Static, dynamic: Part): FrontendRun => ({
  kind: 'ran',
  partOf: (step) => (STATIC.includes(step) ? part : dynamic),
  touched,
  kept,
  isFull,
});

const partOf = (outcome: SandboxOutcome, mark: string): Part | Unrun => {
  if (outcome.kind === 'aborted' || outcome.kind === 'unavailable') return outcome;
  const { isolation, stderr, stdout } = outcome;
  const common = { reports: readReports(stdout, mark), isolation, stderr };
  return outcome.kind === 'exited'
    ? { ...common, exitCode: outcome.exitCode }
    : { ...common, stopped: `stopped by its limit ${outcome.limit}: ${outcome.message}` };
};

const requestOf = (
  { project, touched, sources, isFull, tools }: Prepared,
  steps: readonly Step[],
  mark: string,
): SandboxRequest => {
  const plan = {
    mark,
    steps,
    tsconfigs: ['tsconfig.json', ...(isFull && project.has('tsconfig.stories.json') ? ['tsconfig.stories.json'] : [])],
    lint: sources,
    tests: touched.tests,
    covered: touched.sources,
    // Instrumented sources are counted; V8 would count every line of every package as well, for a fifth of the time.
    ...(isFull ? {} : { coverageProvider: 'babel', engine: SHORT_RUN }),
  };
  return {
    command: [nodeOf(tools), '.gates/run.mjs'],
    files: new Map([...project, ...RUNNER, ['.gates/plan.json', JSON.stringify(plan)]]),
    limits: LIMITS,
    ...surroundings(tools),
  };
};
