import type { OrchestratorEngine } from '@squados/orchestrator';
import type { Told } from '../participant.mjs';
import { recorded, released } from './graph.js';

/** Phases of whoever has the engine. */
export const submitting = (engine: OrchestratorEngine) => {
  const accepted = async (...command: Parameters<typeof engine.submit>): Promise<void> => {
    const result = await engine.submit(...command);
    if (result.kind === 'rejected') throw new Error(`${result.reason}: ${result.message}`);
  };
  return {
    prepare: async ({ name, file }: Told) => {
      for (const command of recorded(name, file)) await accepted(command);
    },
    go: ({ name }: Told) => accepted(released(name)),
  };
};
