import type { Gate, Role, RoleResult, Task } from '@squados/agent-runtime';
import { agentName, encodeToken, isGivenContract, isGivenSchema } from '@squados/contracts';
import { createDerivation, type Derivation } from './derive/derive-model.js';
import type { Contradiction, RequirementSource } from './derive/draft.js';
import { writeGiven } from './given/write-given.js';
import { writeGivenSchema } from './schema/write-given-schema.js';
import { cardLanguage, modelLanguage, ownPlace, sourceCards, sourceOf } from './task/design-cards.js';
import { contributionOf } from './write/contribution.js';
import { designFiles, emptied, modelMetrics, type DesignPlan } from './write/design-files.js';
import type { Chapter } from './write/readme.js';
import { sayIn } from './write/words.js';

const AGENT = agentName('arch');

const chaptersOf = (task: Task, sources: readonly RequirementSource[]): readonly Chapter[] =>
  sources.map((source, i) => ({
    id: source.id,
    title: source.title,
    ...(i === sources.length - 1 ? { folder: encodeToken(task.card.id) } : {}),
  }));

const planOf = (task: Task, derivation: Derivation): DesignPlan | undefined => {
  const all = sourceCards(task);
  const place = ownPlace(task, all);
  const cards = place === undefined ? [...all, task.card] : all.slice(0, place + 1);
  const own = cards.at(-1);
  if (!own) return undefined;
  const language = modelLanguage(all.length > 0 ? all : [task.card]);
  const sources = cards.map((c) => sourceOf(c, language));
  const source = sources.at(-1);
  if (!source) return undefined;
  const project = { product: task.project.title, language };
  const derived = derivation.deriveAll(sources, project);
  const steps = derived.map(({ model }, i) => ({
    id: cards[i]?.id ?? own.id,
    title: `${sources[i]?.id ?? ''}: ${sources[i]?.title ?? ''}`,
    model,
  }));
  const { model, contradictions } = derived.at(-1) ?? derivation.derive([], project);
  const before = steps.at(-2)?.model ?? emptied(model);
  const contribution = contributionOf({ before, model }, source, cards.length);
  return {
    card: task.card,
    language: cardLanguage(task.card, language),
    sources,
    chapters: chaptersOf(task, sources),
    contribution,
    contradictions,
    steps,
  };
};

const placeOf = (c: Contradiction, source: RequirementSource): string => {
  const line = c.line === 0 ? '' : `, ${source.language === 'pt' ? 'linha' : 'line'} ${c.line}`;
  const document =
    source.document === undefined || c.line === 0
      ? ''
      : ` (${source.document.name}:${source.document.fromLine + c.line})`;
  return `${c.requirement}${line}${document}`;
};

const MAX_EXCERPT = 1_000;
const contradicted = (plan: DesignPlan, first: Contradiction): RoleResult => {
  const { source } = plan.contribution;
  const more = plan.contradictions.length > 1 ? ` (+${plan.contradictions.length - 1})` : '';
  const say = sayIn(plan.language);
  return {
    kind: 'failed',
    retryable: false,
    code: 'contradiction',
    message: say(
      `${first.requirement} se contradiz: ${first.message}${more}. Corrija o texto do requisito e repita o cartão.`,
      `${first.requirement} contradicts itself: ${first.message}${more}. Correct the requirement's text and retry the card.`,
    ),
    place: placeOf(first, source),
    excerpt: plan.contradictions
      .map((c) => c.excerpt)
      .join('\n')
      .slice(0, MAX_EXCERPT),
  };
};

const missing = (task: Task): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code: 'input-missing',
  message: `${task.card.id} has no text to design from: give it a title, or let it depend on a design card.`,
  place: task.card.id,
});

const write = (task: Task, derivation: Derivation): RoleResult => {
  if (`${task.card.title}${task.card.description}`.trim() === '') return missing(task);
  const plan = planOf(task, derivation);
  if (!plan) return missing(task);
  const first = plan.contradictions[0];
  if (first) return contradicted(plan, first);
  const { assumptions, model } = plan.contribution;
  return { kind: 'written', files: designFiles(plan), proposals: [], assumptions, metrics: modelMetrics(model) };
};

/**
 * The architecture owner without a model behind it: derives one domain model from the project's requirements and writes from it
 * designs, decisions, contract, schema, migrations and diagrams. The same task gives the same bytes, in whatever order cards run.
 */
export const createArchRole = ({ gates }: { readonly gates: readonly Gate[] }): Role => {
  const derivation = createDerivation();
  return {
    agent: AGENT,
    author: 'offline',
    gates,
    write: (task, tools) => {
      if (isGivenContract(task.card)) return writeGiven(task, tools);
      return isGivenSchema(task.card) ? writeGivenSchema(task, tools) : Promise.resolve(write(task, derivation));
    },
  };
};
