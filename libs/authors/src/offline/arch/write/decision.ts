import type { EntityModel } from '@squados/contracts';
import type { Contribution } from './contribution.js';
import { markdownText } from './escape.js';
import type { Say } from './words.js';

/** One decision of a card, with the reason that lies in its model. */
export interface Decision {
  readonly slug: string;
  readonly title: string;
  readonly context: string;
  readonly decision: string;
  readonly alternatives: readonly string[];
  readonly consequences: readonly string[];
}

export type Proposal = (c: Contribution, say: Say) => Decision | undefined;

/** An entity's label in a sentence. */
export const name = (e: EntityModel): string => markdownText(e.label);

/** The decision as a one-page record. */
export const writeAdr = (
  d: Decision,
  { number, requirement, say }: { readonly number: string; readonly requirement: string; readonly say: Say },
): string =>
  `${[
    `# ADR ${number}: ${d.title}`,
    '',
    `## ${say('Estado', 'Status')}`,
    '',
    say('Aceita.', 'Accepted.'),
    '',
    `> ${say('Requisito', 'Requirement')} ${markdownText(requirement)}`,
    '',
    `## ${say('Contexto', 'Context')}`,
    '',
    d.context,
    '',
    `## ${say('Decisão', 'Decision')}`,
    '',
    d.decision,
    '',
    `## ${say('Alternativas', 'Alternatives')}`,
    '',
    ...d.alternatives.map((a) => `- ${a}`),
    '',
    `## ${say('Consequências', 'Consequences')}`,
    '',
    ...d.consequences.map((x) => `- ${x}`),
  ].join('\n')}\n`;
