import { agentName, type AgentName, type CardId } from './ids.js';

/** What the system knows of an agent owner as data; a new agent is one more row here, a role and an app: `docs/new-agent.md`. */
export interface AgentOwner {
  readonly agent: AgentName;
  /** Card id prefixes routed to it, upper case, without the dash. */
  readonly prefixes: readonly string[];
  /** Its folder under `app-artefacts/`; every path it writes lies below. */
  readonly folder: string;
  readonly title: string;
}

/** In the order in which a product is made; whatever needs to know which agents exist derives from here. */
const OWNERS = [
  { agent: 'product', prefixes: ['EPIC', 'PROD'], folder: 'produto', title: 'Product owner' },
  { agent: 'arch', prefixes: ['ARCH', 'ARQ'], folder: 'arquitetura', title: 'Architecture owner' },
  { agent: 'backend', prefixes: ['BE'], folder: 'engenharia/backend', title: 'Backend owner' },
  { agent: 'frontend', prefixes: ['FE'], folder: 'engenharia/frontend', title: 'Frontend owner' },
  { agent: 'infra', prefixes: ['INFRA', 'DEPLOY'], folder: 'deploy', title: 'Infrastructure owner' },
  { agent: 'qa', prefixes: ['QA'], folder: 'qa', title: 'QA owner' },
] as const;

/** A table with one entry per owner, `Record<OwnerName, …>`, does not compile until a new row has its entry there. */
export type OwnerName = (typeof OWNERS)[number]['agent'];

export const OWNER_NAMES: readonly OwnerName[] = OWNERS.map(({ agent }) => agent);

export const AGENT_OWNERS: readonly AgentOwner[] = OWNERS.map((row) => ({ ...row, agent: agentName(row.agent) }));

export const KNOWN_PREFIXES: readonly string[] = AGENT_OWNERS.flatMap((o) => o.prefixes);

/** The part of a card id that routes it: its leading letters, upper case (`be-017` → `BE`, `ÉPICO-1` → `ÉPICO`). */
export const prefixOf = (card: CardId | string): string => (/^\p{L}+/u.exec(card)?.[0] ?? '').toUpperCase();

/** The agent that owns a card by its id's prefix; undefined for a prefix nobody owns. */
export const agentForCard = (card: CardId | string): AgentName | undefined => {
  const prefix = prefixOf(card);
  return AGENT_OWNERS.find((o) => o.prefixes.includes(prefix))?.agent;
};

export const ownerOf = (agent: AgentName | string): AgentOwner | undefined =>
  AGENT_OWNERS.find((o) => o.agent === agent);
