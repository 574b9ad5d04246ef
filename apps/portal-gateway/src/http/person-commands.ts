import type { Command } from '@squados/contracts';

/** What the page offers; projects begin by a document, not by a bare command. */
export const PERSON_COMMANDS = [
  'PauseProject',
  'ResumeProject',
  'SkipCard',
  'RetryCard',
  'RollBack',
  'WaiveGate',
  'ApproveCard',
] as const satisfies readonly Command['type'][];
