import { AGENT_OWNERS, type AgentName } from '@squados/contracts';

/** The agents that this build brings along: every owner there is. A card for any other is refused on import. */
export const SOLO_AGENTS: readonly AgentName[] = AGENT_OWNERS.map(({ agent }) => agent);

/** Attempts at a time, per agent, unless told otherwise. */
export const DEFAULT_SLOTS = 2;
