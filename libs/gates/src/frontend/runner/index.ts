import { runScript } from './run.script.js';
import { typesScript } from './types.script.js';
import { lintScript } from './lint.script.js';
import { plainConfigScript } from './plain-config.script.js';
import { serveScript } from './serve.script.js';
import { testsScript } from './tests.script.js';
import { callsScript } from './calls.script.js';
import { buildScript } from './build.script.js';

const STATIC: readonly (readonly [path: string, script: string])[] = [
  ['.gates/types.mjs', typesScript],
  ['.gates/lint.mjs', lintScript],
  ['.gates/calls.mjs', callsScript],
];

/** What a run of the frontend's gates brings along, by its path in the sandbox. */
export const RUNNER: ReadonlyMap<string, string> = new Map([
  ...STATIC,
  ['.gates/run.mjs', runScript],
  ['.gates/tests.mjs', testsScript],
  ['.gates/build.mjs', buildScript],
]);

/** What the run brings along that stays, and checks project after project. */
export const SERVER: ReadonlyMap<string, string> = new Map([
  ...STATIC,
  ['.gates/plain-config.mjs', plainConfigScript],
  ['.gates/serve.mjs', serveScript],
]);
