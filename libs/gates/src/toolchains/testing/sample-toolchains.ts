import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installToolchain, type InstallOutcome } from '../install/install-toolchain.js';
import type { Recipe } from '../install/recipe.js';
import { RECIPES } from '../install/recipes.js';
import type { ToolchainPlaces } from '../places.js';

/** A machine of its own in a temporary folder: pins that a test may change, and a recipe that writes one program. */
export interface SampleMachine {
  readonly places: ToolchainPlaces;
  readonly said: string[];
  /** How often the recipe ran. */
  readonly runs: () => number;
  pin(text: string): void;
  install(change?: Partial<Recipe>, signal?: AbortSignal): Promise<InstallOutcome>;
  remove(): void;
}

export const sampleMachine = (): SampleMachine => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'toolchains-')));
  const places = { root: join(home, 'installs'), pins: join(home, 'pins') };
  const said: string[] = [];
  let runs = 0;
  const pin = (text: string): void => {
    mkdirSync(join(places.pins, 'python'), { recursive: true });
    writeFileSync(join(places.pins, 'python', 'requirements.txt'), text);
  };
  pin('sample==1\n');
  const recipe: Recipe = {
    name: 'python',
    needsMb: 1,
    resumes: false,
    install: ({ folder }) => {
      runs += 1;
      const program = join(folder, 'python');
      writeFileSync(program, '#!/bin/sh\necho sample\n', { mode: 0o755 });
      writeFileSync(join(folder, 'library.py'), 'ANSWER = 42\n');
      return Promise.resolve({
        version: 'sample 1',
        programs: { python: program },
        env: { PATH: folder },
        alsoMounts: [],
        leansOn: [join(home, 'interpreter')],
      });
    },
  };
  writeFileSync(join(home, 'interpreter'), 'one');
  return {
    places,
    said,
    runs: () => runs,
    pin,
    install: (change = {}, signal = new AbortController().signal) =>
      installToolchain({
        places,
        name: 'python',
        env: {},
        mayUseSystem: false,
        signal,
        say: (line) => void said.push(line),
        recipes: { ...RECIPES, python: { ...recipe, ...change } },
      }),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
};
