import type { Gate, Task } from '@squados/agent-runtime';
import { chooseBackendLanguage, type BackendLanguage } from '@squados/contracts';
import type { Sandbox } from '../../sandbox/index.js';
import type { Toolchains } from '../../toolchains/index.js';

export interface BackendGateOptions {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
}

/** Everything that the backend owner writes lies below it. */
export const FOLDER = 'engenharia/backend/';

/**
 * The gates of one language, in the order in which their findings help most. Names are the language's own (`py-tests`, `go-tests`),
 * so that a verdict says what was run; a gate applies where `isWrittenIn` says so.
 */
export type CreateLanguageGates = (options: BackendGateOptions) => readonly Gate[];

/** Whether a card's service is in this language: author and gates read it from the same policy and cards. */
export const isWrittenIn = (language: BackendLanguage, task: Task): boolean =>
  task.card.agent === 'backend' && chooseBackendLanguage(task.project.policy, task.cards).language === language;
