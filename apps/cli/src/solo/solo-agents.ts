import { agentName, type AgentName } from '@squados/contracts';

/** One name per entry of the table in `agent-modules.ts`: a name here does not compile until its module stands there. */
export const SOLO_AGENT_NAMES = ['product', 'arch', 'backend', 'frontend', 'infra', 'qa'] as const;
export type SoloAgentName = (typeof SOLO_AGENT_NAMES)[number];

/** The agents that this build brings along; a card for any other is refused on import. */
export const SOLO_AGENTS: readonly AgentName[] = SOLO_AGENT_NAMES.map(agentName);

/** Attempts at a time, per agent, unless told otherwise. */
export const DEFAULT_SLOTS = 2;
