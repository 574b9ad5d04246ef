import type { CreateLanguageGates } from '../shared/gate-parts.port.js';
import { contractGate, runningGates } from './running-gates.js';
import { staticGates } from './static-gates.js';
import { testGates } from './test-gates.js';

/** What holds a service in Python to its contract, its tests and its store. */
export const createPythonGates: CreateLanguageGates = (options) => [
  ...staticGates(options),
  contractGate(options),
  ...testGates(options),
  ...runningGates(options),
];
