import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DependencyInput, Role, RoleTools } from '@squados/agent-runtime';
import { scriptedGate, written } from '@squados/agent-runtime/testing';
import { ownerOf, type AgentName } from '@squados/contracts';

export interface ChaosRole {
  readonly agent: AgentName;
  /** Of the agent's build; it signs what it writes. */
  readonly version: number;
  /** How long an attempt takes on the average, in ms. */
  readonly workMs: number;
}

/** One attempt in so many fails the first time. */
const FAILS = 25;

/** The same text, the same number in [0, 1). */
const shareOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;

const titleOf = (id: string): string => `# ${id}\n`;

/** Every file of a dependency is still there and is its own. */
const readInputs = async ({ card, manifest }: DependencyInput, { readArtifact }: RoleTools): Promise<void> => {
  for (const hash of Object.values(manifest)) {
    const text = new TextDecoder().decode(await readArtifact(hash));
    if (!text.startsWith(titleOf(card.id)))
      throw new Error(`${card.id} delivered ${JSON.stringify(text.slice(0, 40))}`);
  }
};

/** Takes its time, reads what it builds on, writes one file, and now and then fails the first time. */
export const chaosRole = ({ agent, version, workMs }: ChaosRole): Role => ({
  agent,
  author: `chaos ${version}`,
  gates: [scriptedGate('looked')],
  write: async ({ card, attempt, dependencies }, tools) => {
    const share = shareOf(`${card.id}/${attempt}`);
    await delay(workMs * (0.2 + 1.6 * share), undefined, { signal: tools.signal });
    for (const dependency of dependencies) await readInputs(dependency, tools);
    if (attempt === 1 && share < 1 / FAILS)
      return { kind: 'failed', retryable: true, code: 'chaos', message: 'the first attempt at this card fails' };
    const path = `${ownerOf(agent)?.folder ?? agent}/${card.id}.md`;
    return written({ [path]: `${titleOf(card.id)}\nAttempt ${attempt}.\n` });
  },
});
