import { agentName, type AgentName } from '@squados/contracts';

/** The agents that this build brings along; a card for any other is refused on import. */
export const SOLO_AGENTS: readonly AgentName[] = [agentName('product'), agentName('arch')];

/** Attempts at a time, per agent, unless told otherwise. */
export const DEFAULT_SLOTS = 2;
