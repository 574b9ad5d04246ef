import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Mutant, Source } from './language.js';

type Known = Record<string, { readonly digest: string; readonly mutants: readonly Mutant[] }>;

const read = (file: string): Known => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Known;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
};

/** What is known of each source file already; kept on disk, so that an interrupted run goes on where it was. */
export class Progress {
  readonly #file: string;
  readonly #known: Known;

  constructor(file: string) {
    this.#file = file;
    this.#known = read(file);
  }

  /** Undefined: not judged yet, or the file or its tests are others by now. */
  of({ path, digest }: Source): readonly Mutant[] | undefined {
    const known = this.#known[path];
    return known?.digest === digest ? known.mutants : undefined;
  }

  keep(sources: readonly Source[], mutants: readonly Mutant[]): void {
    for (const { path, digest } of sources)
      this.#known[path] = { digest, mutants: mutants.filter((m) => m.path === path) };
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#known));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
