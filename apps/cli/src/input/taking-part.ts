import { isGivenContract, isGivenSchema, type AgentName, type CardId, type CardSpec } from '@squados/contracts';
import { CliError } from '../cli-error.js';
import type { ProjectInput } from './project-input.js';

const isGivenDesign = (card: CardSpec): boolean => isGivenContract(card) || isGivenSchema(card);

/**
 * The cards of a given design that the agents of the run can do: as with a document, the chain ends where its next agent is missing.
 * Other input stays as it is: the cards of a backlog are its author's, and a document brings one epic along.
 * @throws CliError when nobody takes part who could take up the design.
 */
export const takingPart = (input: ProjectInput, agents: readonly AgentName[]): ProjectInput => {
  const design = input.cards.find(isGivenDesign);
  if (design === undefined) return input;
  if (!agents.includes(design.agent)) throw noDesigner(input, design.agent, agents);
  return { ...input, cards: reachable(input.cards, agents) };
};

/** Cards in the order in which they build on each other; one whose ground is missing goes with it. */
const reachable = (cards: readonly CardSpec[], agents: readonly AgentName[]): readonly CardSpec[] => {
  const kept = new Map<CardId, CardSpec>();
  for (const card of cards)
    if (agents.includes(card.agent) && card.dependencies.every((id) => kept.has(id))) kept.set(card.id, card);
  return [...kept.values()];
};

const noDesigner = ({ files }: ProjectInput, designer: AgentName, agents: readonly AgentName[]): CliError =>
  new CliError(
    `--agents: ${files[0]?.given ?? 'it'} is a design, and ${designer}, who takes it up, is not among them`,
    {
      code: 'usage',
      remedy: [`--agents ${[designer, ...agents].join(' ')}`],
    },
  );
