import { runScript } from './run.script.js';
import { typesScript } from './types.script.js';
import { lintScript } from './lint.script.js';
import { testsScript } from './tests.script.js';
import { callsScript } from './calls.script.js';
import { buildScript } from './build.script.js';

/** What a run of the frontend's gates brings along, by its path in the sandbox. */
export const RUNNER: ReadonlyMap<string, string> = new Map([
  ['.gates/run.mjs', runScript],
  ['.gates/types.mjs', typesScript],
  ['.gates/lint.mjs', lintScript],
  ['.gates/tests.mjs', testsScript],
  ['.gates/calls.mjs', callsScript],
  ['.gates/build.mjs', buildScript],
]);
