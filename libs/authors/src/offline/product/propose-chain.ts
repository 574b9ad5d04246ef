import type { Task } from '@squados/agent-runtime';
import { agentName, cardId, type CardId, type CardSpec, type Proposal } from '@squados/contracts';
import { detectLanguage } from '@squados/importers/requirements';

import { requirementText, subjectOf, type CardKind } from './card-kind.js';
import { cardsOfAgent, idSuffix, isChained, ledToBySibling, type ChainedKind } from './chain-cards.js';
import { projectProposals } from './project-cards.js';
import { say, type Language } from './wording.js';

interface Step {
  readonly agent: string;
  readonly prefix: string;
  readonly type: string;
  readonly name: (language: Language) => string;
}

const ARCH: Step = {
  agent: 'arch',
  prefix: 'ARCH',
  type: 'architecture',
  name: (language) => say(language)('Architecture', 'Arquitetura'),
};
const BE: Step = { agent: 'backend', prefix: 'BE', type: 'backend', name: () => 'Backend' };
const FE: Step = { agent: 'frontend', prefix: 'FE', type: 'frontend', name: () => 'Frontend' };
const QA: Step = {
  agent: 'qa',
  prefix: 'QA',
  type: 'qa',
  name: (language) => say(language)('Quality assurance', 'Garantia de qualidade'),
};

/** The next agent reads the requirement, so its language counts, not that of the words around it. */
const languageOfRequirement = (card: CardSpec): Language =>
  card.language ?? detectLanguage(`${subjectOf(card)}\n${requirementText(card)}`);

const isId = (id: CardId | undefined): id is CardId => id !== undefined;

const nextCard = (card: CardSpec, step: Step, dependencies: readonly (CardId | undefined)[]): CardSpec => {
  const language = languageOfRequirement(card);
  const label = card.requirementIds[0] ?? card.id;
  return {
    id: cardId(`${step.prefix}-${idSuffix(card.id)}`),
    title: `${label} - ${step.name(language)}: ${subjectOf(card)}`,
    description: requirementText(card) || card.title,
    agent: agentName(step.agent),
    type: step.type,
    priority: card.priority,
    dependencies: dependencies.filter(isId),
    acceptanceCriteria: card.acceptanceCriteria,
    requirementIds: card.requirementIds,
    deliverables: [],
    parent: card.id,
    language,
    ...(card.effort !== undefined && { effort: card.effort }),
    ...(card.userStory !== undefined && { userStory: card.userStory }),
    ...(card.businessValue !== undefined && { businessValue: card.businessValue }),
    ...(card.source !== undefined && { source: card.source }),
  };
};

const has = (task: Task, { agent }: Step): boolean => task.project.agents.some((name) => name === agent);

/** The card that a step led to already: it was imported, or an earlier attempt proposed it. */
const known = (task: Task, step: Step, builtOn: readonly (CardId | undefined)[]): CardSpec | undefined => {
  const id = `${step.prefix}-${idSuffix(task.card.id)}`;
  const isBuilt = (card: CardSpec): boolean => builtOn.some((on) => on !== undefined && card.dependencies.includes(on));
  return task.cards.find((card) => card.id === id) ?? cardsOfAgent(task, step.agent).find(isBuilt);
};

/** The step's card for this task: the one that is there, or a new one; undefined when the run lacks its agent. */
const follow = (
  task: Task,
  step: Step,
  more: readonly (CardId | undefined)[] = [],
): { readonly card: CardSpec; readonly isNew: boolean } | undefined => {
  if (!has(task, step)) return undefined;
  const there = known(task, step, [task.card.id]);
  return there
    ? { card: there, isNew: false }
    : { card: nextCard(task.card, step, [task.card.id, ...more]), isNew: true };
};

/** QA of a requirement: behind its frontend and its backend, as far as there are any. One per requirement. */
const quality = (task: Task, frontend: CardSpec | undefined): readonly CardSpec[] => {
  if (!has(task, QA)) return [];
  const parts = [frontend?.id, ledToBySibling(task, 'backend', 'backend')?.id];
  if (known(task, QA, [...parts, task.card.id])) return [];
  return [nextCard(task.card, QA, parts.some(isId) ? [...parts, designOf(task)] : [task.card.id])];
};

/** The requirement's ARCH card, where its design is among what this card builds on. */
const designOf = (task: Task): CardId | undefined => ledToBySibling(task, 'design', 'arch')?.id;

const created = (next: ReturnType<typeof follow>): readonly CardSpec[] => (next?.isNew === true ? [next.card] : []);

const NEXT: Readonly<Record<ChainedKind, (task: Task) => readonly CardSpec[]>> = {
  design: (task) => created(follow(task, ARCH)),
  backend: (task) => created(follow(task, BE, [designOf(task)])),
  frontend: (task) => {
    const frontend = follow(task, FE, [designOf(task)]);
    return [...created(frontend), ...quality(task, frontend?.card)];
  },
};

/**
 * The cards that follow a product card in its delivery chain: design → ARCH, backend → BE, frontend → FE and the requirement's
 * QA; the last of them also INFRA and DEPLOY. None for an agent that does not exist in this run, none that the project holds.
 */
export const chainProposals = (task: Task, kind: CardKind): readonly Proposal[] => {
  if (!isChained(kind)) return [];
  const next = NEXT[kind](task);
  const whole = projectProposals(task, languageOfRequirement(task.card), next);
  return [...next.map((card): Proposal => ({ card })), ...whole];
};
