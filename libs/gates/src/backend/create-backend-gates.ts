import type { Gate } from '@squados/agent-runtime';
import { createGoGates } from './go/index.js';
import { createPythonGates } from './python/create-python-gates.js';
import type { BackendGateOptions, CreateLanguageGates } from './shared/gate-parts.port.js';

/** One entry for each language that can be checked. */
const LANGUAGES: readonly CreateLanguageGates[] = [createPythonGates, createGoGates];

/** The gates of the backend owner: those of every language; a project's own language decides which of them apply. */
export const createBackendGates = (options: BackendGateOptions): readonly Gate[] =>
  LANGUAGES.flatMap((create) => create(options));
