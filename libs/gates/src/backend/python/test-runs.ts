import type { GateInput } from '@squados/agent-runtime';
import { KeptVerdicts, nameOfRun, runsEverything, type Kept } from '../../kept-verdicts/index.js';
import type { BackendGateOptions } from '../shared/gate-parts.port.js';
import { serviceFiles } from './python-files.js';
import { runPython, WIDE, type Ran } from './python-run.js';
import { serviceTests, type EntityTests } from './service-tests.js';
import { coverageIn, resultsIn, type FileCoverage, type TestResults } from './test-reports.js';

const COVERAGE = 'coverage.json';
const REPORT = 'junit.xml';

/** What the tests of an entity came to when they passed. */
export interface EntityResult {
  readonly tests: number;
  readonly coverage: readonly FileCoverage[];
}

export type KeptEntity = EntityTests & Kept<EntityResult>;

/** The tests of one attempt: those that were run, and those whose verdict stands from an earlier run. */
export type TestRun =
  | Extract<Ran, { readonly kind: 'verdict' }>
  | (Extract<Ran, { readonly kind: 'exited' }> & {
      readonly results: TestResults;
      readonly coverage: readonly FileCoverage[];
      readonly kept: readonly KeptEntity[];
      /** Entities whose tests were run; undefined: all tests of the service were. */
      readonly ran?: readonly EntityTests[];
    });

interface Selection {
  readonly entities: readonly EntityTests[];
  readonly kept: readonly KeptEntity[];
  /** Test files to run; none: all. */
  readonly tests: readonly string[];
}

/** Files of an entity: `app/api/book.py`, `app/models/book.py`, … */
export const isFileOf =
  (entity: string) =>
  (path: string): boolean =>
    path.startsWith('app/') && path.endsWith(`/${entity}.py`);

/**
 * Runs the tests of an attempt; one run serves all gates that ask, whoever asks first starts it.
 *
 * 1. In profile quick the tests of an entity are not run again while all that decides about them is the same as when they passed.
 * 2. Tests that are of no entity run with every card; all tests run with the card that stands for the product, and in profile full.
 */
export class TestRuns {
  readonly #runs = new WeakMap<GateInput['files'], Promise<TestRun>>();
  readonly #kept = new KeptVerdicts<EntityResult>();
  readonly #options: BackendGateOptions;

  constructor(options: BackendGateOptions) {
    this.#options = options;
  }

  of(input: GateInput): Promise<TestRun> {
    const known = this.#runs.get(input.files);
    if (known) return known;
    const run = this.#start(input);
    this.#runs.set(input.files, run);
    return run;
  }

  async #start(input: GateInput): Promise<TestRun> {
    const { entities, kept, tests } = await this.#select(input);
    const ran = await runPython(this.#options, input, {
      program: 'pytest',
      arguments: [...tests, '-p', 'pytest_cov', '--cov=app', `--cov-report=json:${COVERAGE}`, `--junitxml=${REPORT}`],
      collect: [COVERAGE, REPORT],
      env: WIDE,
      limits: { wallMs: WALL_MS, cpuSeconds: WALL_MS / 1_000 },
    });
    if (ran.kind === 'verdict') return ran;
    const results = resultsIn(ran.outcome.collected.get(REPORT) ?? '');
    const coverage = coverageIn(ran.outcome.collected.get(COVERAGE));
    const done = tests.length === 0 ? entities : entities.filter((one) => one.tests.some((t) => tests.includes(t)));
    if (ran.outcome.exitCode === 0 && results.failed === 0) this.#remember(input, done, { results, coverage });
    return { ...ran, results, coverage, kept, ...(tests.length === 0 ? {} : { ran: done }) };
  }

  async #select(input: GateInput): Promise<Selection> {
    const python = await this.#options.toolchains.find('python');
    const settings = python.kind === 'there' ? `${python.toolchain.version}\n${python.toolchain.folder}` : '';
    const { entities, others } = serviceTests(serviceFiles(input.files), settings);
    const all: Selection = { entities, kept: [], tests: [] };
    if (runsEverything(input.task)) return all;
    const kept = entities.flatMap((one) => {
      const before = this.#kept.of(one.digest);
      return before ? [{ ...one, ...before }] : [];
    });
    const due = entities.filter((one) => !kept.some(({ entity }) => entity === one.entity));
    const tests = [...others, ...due.flatMap((one) => one.tests)].sort();
    return tests.length === 0 ? all : { entities, kept, tests };
  }

  #remember(
    { task }: GateInput,
    entities: readonly EntityTests[],
    { results, coverage }: { readonly results: TestResults; readonly coverage: readonly FileCoverage[] },
  ): void {
    for (const { entity, tests, digest } of entities) {
      const passed = tests.reduce((sum, path) => sum + (results.byFile.get(path) ?? 0), 0);
      if (passed === 0) continue;
      const mine = coverage.filter(({ path }) => isFileOf(entity)(path));
      this.#kept.keep(digest, { value: { tests: passed, coverage: mine }, by: nameOfRun(task) });
    }
  }
}

/** All tests of a service of some thirty entities take over a minute of processor time. */
const WALL_MS = 300_000;
