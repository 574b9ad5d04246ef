import type { SandboxOutcome } from '@squados/gates/sandbox';

/** One change of one place, and whether the generated tests noticed it. */
export interface Mutant {
  readonly path: string;
  readonly line: number;
  readonly change: string;
  readonly was: string;
  readonly became: string;
  readonly killed: boolean;
}

/** A generated source file that is to be mutated. */
export interface Source {
  readonly path: string;
  /** Digest of all that decides the outcome: when it stays, an earlier result stands. */
  readonly digest: string;
}

/** How the sources of one language are mutated and judged by their own generated tests, in the sandbox. */
export interface Language {
  readonly name: 'python' | 'go' | 'frontend';
  readonly sources: readonly Source[];
  /** Mutants of these files, five each where a file has as many places; one run of the sandbox. */
  run(paths: readonly string[], wallMs: number): Promise<readonly Mutant[]>;
}

export const MUTANTS_PER_FILE = 5;

const MARK = 'mutant ';

/** What the programs inside print: one line `mutant {…}` each. @throws when the run did not come to its end. */
export const mutantsOf = (outcome: SandboxOutcome): readonly Mutant[] => {
  if (outcome.kind === 'unavailable' || outcome.kind === 'aborted') throw new Error(JSON.stringify(outcome));
  if (outcome.kind === 'limited' || outcome.exitCode !== 0)
    throw new Error(
      `${outcome.kind === 'limited' ? outcome.message : `exit ${outcome.exitCode}`}\n${outcome.stdout}\n${outcome.stderr}`.slice(
        -4_000,
      ),
    );
  return outcome.stdout
    .split('\n')
    .filter((line) => line.startsWith(MARK))
    .map((line) => JSON.parse(line.slice(MARK.length)) as Mutant);
};
