import type { Task } from '@squados/agent-runtime';
import { agentName, cardId, LIMITS, prefixOf, type CardSpec, type Proposal } from '@squados/contracts';

import { KNOWN } from '../criteria/index.js';
import { cardsOfAgent, lastInChain } from './chain-cards.js';
import { say, type Language } from './wording.js';

const INFRA = cardId('INFRA-001');
const DEPLOY = cardId('DEPLOY-001');

/** Every requirement that the project's chain cards name, each once. */
const allRequirements = (task: Task): readonly string[] =>
  [...new Set(cardsOfAgent(task, 'product').flatMap((card) => card.requirementIds))].slice(0, LIMITS.items);

/** What both cards take from the project rather than from a requirement. */
const projectCard = (
  task: Task,
  language: Language,
): Omit<CardSpec, 'id' | 'title' | 'description' | 'dependencies'> => ({
  agent: agentName('infra'),
  priority: task.card.priority,
  acceptanceCriteria: [],
  requirementIds: allRequirements(task),
  deliverables: [],
  language,
  ...(task.card.parent !== undefined && { parent: task.card.parent }),
});

const infraCard = (task: Task, language: Language): CardSpec => {
  const t = say(language);
  const design = cardsOfAgent(task, 'arch').at(-1);
  return {
    ...projectCard(task, language),
    id: INFRA,
    type: 'infrastructure',
    title: `${t('Infrastructure', 'Infraestrutura')}: ${task.project.title}`.slice(0, LIMITS.title),
    description: t(
      'Container images, a local composition, Kubernetes manifests and a build pipeline for the whole product, following its design.',
      'Imagens de contêiner, uma composição local, manifestos de Kubernetes e um pipeline de build para o produto inteiro, seguindo o seu desenho.',
    ),
    dependencies: [design?.id ?? task.card.id],
    acceptanceCriteria: [t(KNOWN.valid.en(), KNOWN.valid.pt()), t(KNOWN.secretless.en(), KNOWN.secretless.pt())],
  };
};

/** The naturally last card of an agent holds the whole of its half; a card that this completion leads to comes after those there. */
const lastOf = (task: Task, agent: string, next: readonly CardSpec[]): readonly CardSpec['id'][] => {
  const card = next.find((one) => one.agent === agent) ?? cardsOfAgent(task, agent).at(-1);
  return card ? [card.id] : [];
};

interface Around {
  readonly language: Language;
  readonly infra: CardSpec;
  readonly next: readonly CardSpec[];
}

const deployCard = (task: Task, { language, infra, next }: Around): CardSpec => {
  const t = say(language);
  return {
    ...projectCard(task, language),
    id: DEPLOY,
    type: 'deploy',
    title: `${t('Deployment', 'Implantação')}: ${task.project.title}`.slice(0, LIMITS.title),
    description: t(
      'Start the finished product, its store included, and ask it whether it is well.',
      'Iniciar o produto pronto, com o seu banco de dados, e perguntar se está saudável.',
    ),
    dependencies: [infra.id, ...lastOf(task, 'backend', next), ...lastOf(task, 'frontend', next)],
    acceptanceCriteria: [t(KNOWN.answers.en(), KNOWN.answers.pt())],
  };
};

const isDeploy = (card: CardSpec): boolean => card.type === 'deploy' || prefixOf(card.id) === 'DEPLOY';

/** INFRA and, closing the project, DEPLOY. */
const infraProposals = (task: Task, language: Language, next: readonly CardSpec[]): readonly Proposal[] => {
  const known = cardsOfAgent(task, 'infra');
  const given = known.findLast((card) => !isDeploy(card));
  const infra = given ?? infraCard(task, language);
  return [
    ...(given ? [] : [{ card: infra }]),
    ...(known.some(isDeploy) ? [] : [{ card: deployCard(task, { language, infra, next }), closing: true as const }]),
  ];
};

/**
 * The cards of the project as a whole: proposed once, by the naturally last product card that leads to others. Nothing for an
 * owner that the run lacks, or where the project holds such cards already. `next`: what the same completion proposes besides.
 */
export const projectProposals = (task: Task, language: Language, next: readonly CardSpec[]): readonly Proposal[] => {
  if (lastInChain(task)?.id !== task.card.id) return [];
  const has = (name: string): boolean => task.project.agents.some((agent) => agent === name);
  return has('infra') ? infraProposals(task, language, next) : [];
};
