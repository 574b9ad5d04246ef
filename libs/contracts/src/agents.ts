import { agentName, type AgentName, type CardId } from './ids.js';

/** What the system knows of an agent owner as data; a seventh agent is one more row here and one more app. */
export interface AgentOwner {
  readonly agent: AgentName;
  /** Card id prefixes routed to it, upper case, without the dash. */
  readonly prefixes: readonly string[];
  /** Its folder under `app-artefacts/`; every path it writes lies below. */
  readonly folder: string;
  readonly title: string;
}

const owner = (agent: string, prefixes: readonly string[], [folder, title]: readonly [string, string]): AgentOwner => ({
  agent: agentName(agent),
  prefixes,
  folder,
  title,
});

export const AGENT_OWNERS: readonly AgentOwner[] = [
  owner('product', ['EPIC', 'PROD'], ['produto', 'Product owner']),
  owner('arch', ['ARCH', 'ARQ'], ['arquitetura', 'Architecture owner']),
  owner('infra', ['INFRA', 'DEPLOY'], ['deploy', 'Infrastructure owner']),
  owner('frontend', ['FE'], ['engenharia/frontend', 'Frontend owner']),
  owner('backend', ['BE'], ['engenharia/backend', 'Backend owner']),
  owner('qa', ['QA'], ['qa', 'QA owner']),
];

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
