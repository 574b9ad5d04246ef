import type { GateInput } from '@squados/agent-runtime';
import type { Isolation } from '@squados/contracts';
import { runsEverything } from '../../kept-verdicts/index.js';
import type { SandboxOutcome } from '../../sandbox/index.js';
import type { BackendGateOptions } from '../shared/gate-parts.port.js';
import { checkScript, collectedFiles, commandsOf, type ScriptInput, type StepName } from './check-script.js';
import { findGoTools } from './go-tools.js';
import { packagesOf } from './packages.js';
import { serviceFiles } from './service-files.js';

/** What one step printed and how it ended. */
export interface Step {
  readonly command: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type GoRun =
  | {
      readonly kind: 'ran';
      /** Steps that came to their end. */
      readonly steps: ReadonlyMap<StepName, Step>;
      /** The coverage profile, if the tests wrote one. */
      readonly profile: string | undefined;
      readonly input: ScriptInput;
      readonly isolation: Isolation;
      /** Why steps are missing: the bound that stopped them. */
      readonly stopped?: string;
    }
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'aborted' };

const LIMITS = {
  quick: { wallMs: 240_000, cpuSeconds: 300 },
  full: { wallMs: 540_000, cpuSeconds: 900 },
} as const;
/** The compiler runs several processes with a dozen threads each; its cache and the test programs take the disk. */
const SHARED_LIMITS = { memoryMb: 3_072, processes: 1_024, diskMb: 3_000, outputKb: 64 } as const;

/** One run in the sandbox serves every verdict of an attempt: whoever asks first starts it. Keyed by the attempt's own files. */
export class GoRuns {
  readonly #options: BackendGateOptions;
  readonly #runs = new WeakMap<GateInput['files'], Promise<GoRun>>();

  constructor(options: BackendGateOptions) {
    this.#options = options;
  }

  of(input: GateInput): Promise<GoRun> {
    const known = this.#runs.get(input.files);
    if (known) return known;
    const run = this.#start(input);
    this.#runs.set(input.files, run);
    return run;
  }

  async #start(input: GateInput): Promise<GoRun> {
    const found = await findGoTools(this.#options.toolchains);
    if (found.kind === 'missing') return { kind: 'missing', reason: `${found.reason}: run "${found.remedy}"` };
    const { tools } = found;
    const scope = runsEverything(input.task) ? 'full' : 'quick';
    const script: ScriptInput = { tools, ...packagesOf(input, scope) };
    const outcome = await this.#options.sandbox.run(
      {
        command: ['/bin/sh', 'check.sh'],
        files: new Map([...serviceFiles(input.files), ['check.sh', checkScript(script)]]),
        mounts: tools.mounts,
        env: tools.env,
        limits: { ...SHARED_LIMITS, ...LIMITS[scope] },
        collect: collectedFiles(script),
      },
      input.tools.signal,
    );
    return runOf(outcome, script);
  }
}

const runOf = (outcome: SandboxOutcome, input: ScriptInput): GoRun => {
  if (outcome.kind === 'aborted') return outcome;
  if (outcome.kind === 'unavailable') return { kind: 'missing', reason: outcome.reason };
  const { collected, isolation } = outcome;
  const steps = commandsOf(input).flatMap(([name, command]) => stepOf(collected, name, command));
  return {
    kind: 'ran',
    steps: new Map(steps),
    profile: collected.get('out/cover.txt'),
    input,
    isolation,
    ...(outcome.kind === 'limited' ? { stopped: outcome.message } : {}),
  };
};

const stepOf = (
  collected: ReadonlyMap<string, string>,
  name: StepName,
  command: string,
): readonly (readonly [StepName, Step])[] => {
  const exit = collected.get(`out/${name}.exit`)?.trim() ?? '';
  if (!/^\d+$/.test(exit)) return [];
  const text = (kind: string): string => collected.get(`out/${name}.${kind}`) ?? '';
  return [[name, { command, exitCode: Number(exit), stdout: text('txt'), stderr: text('err') }]];
};
