import type { Files, Gate, Role, RoleResult, Task } from '@squados/agent-runtime';
import { agentName, encodeToken, isGivenContract, ownerOf, type CardSpec, type DomainModel } from '@squados/contracts';
import { createDerivation, type Derivation } from './derive/derive-model.js';
import type { Contradiction, RequirementSource } from './derive/draft.js';
import { writeGiven } from './given/write-given.js';
import { cardLanguage, modelLanguage, ownPlace, sourceCards, sourceOf } from './task/design-cards.js';
import type { Language } from './text/language.js';
import { decisionOf } from './write/adr.js';
import { writeAdr } from './write/decision.js';
import { contributionOf, type Contribution } from './write/contribution.js';
import { writeDesign } from './write/design.js';
import { writeSequence } from './write/sequence.js';
import { writeComponents, writeContainers, writeContext, writeEr, writeStates } from './write/mermaid.js';
import { writeOpenApi } from './write/openapi.js';
import { writeReadme, type Chapter } from './write/readme.js';
import { writeMigration, writeSchema } from './write/sql.js';
import { surroundingsOf } from './write/surroundings.js';
import { sayIn } from './write/words.js';

const AGENT = agentName('arch');
const FOLDER = ownerOf(AGENT)?.folder ?? 'arquitetura';

/** Everything one ARCH card is written from. Only the task decides it, never what happens to be done. */
interface Plan {
  readonly card: CardSpec;
  readonly language: Language;
  readonly sources: readonly RequirementSource[];
  readonly chapters: readonly Chapter[];
  readonly contribution: Contribution;
  readonly contradictions: readonly Contradiction[];
  /** The model after each source, for the migrations between them. */
  readonly steps: readonly Step[];
}

interface Step {
  /** Id of the card that the source is: known from the start, whatever runs when. */
  readonly id: string;
  readonly title: string;
  readonly model: DomainModel;
}

const chaptersOf = (task: Task, sources: readonly RequirementSource[]): readonly Chapter[] =>
  sources.map((source, i) => ({
    id: source.id,
    title: source.title,
    ...(i === sources.length - 1 ? { folder: encodeToken(task.card.id) } : {}),
  }));

const emptied = (model: DomainModel): DomainModel => ({ ...model, entities: [], rules: [], assumptions: [] });

const planOf = (task: Task, derivation: Derivation): Plan | undefined => {
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
const contradicted = (plan: Plan, first: Contradiction): RoleResult => {
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

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const projectFiles = (plan: Plan): readonly (readonly [string, string])[] => {
  const { model } = plan.contribution;
  const around = surroundingsOf(plan.sources);
  return [
    ['README.md', writeReadme(model, plan.chapters, sayIn(model.language))],
    ['modelo-de-dominio.json', json(model)],
    ['openapi.yaml', writeOpenApi(model)],
    ['schema.sql', writeSchema(model)],
    ['er.mmd', writeEr(model.entities)],
    ['c4-contexto.mmd', writeContext(model, around)],
    ['c4-containers.mmd', writeContainers(model, around)],
  ];
};

const number = (ordinal: number): string => String(ordinal).padStart(4, '0');

/** Migrations by the model they lead to: a derivation makes each prefix's model once. */
const migrations = new WeakMap<DomainModel, ReturnType<typeof writeMigration>>();
const remembered = (step: Step, previous: Step | undefined): ReturnType<typeof writeMigration> => {
  const known = migrations.get(step.model);
  if (known) return known;
  const made = writeMigration(previous?.model ?? emptied(step.model), step.model, step.title);
  migrations.set(step.model, made);
  return made;
};

/** Every migration up to this card: each card's set stands on its own, and two cards write the same bytes at the same path. */
const migrationFiles = (plan: Plan): readonly (readonly [string, string])[] =>
  plan.steps.flatMap((step, i) => {
    const name = `migrations/${number(i + 1)}_${encodeToken(step.id)}`;
    const { up, down } = remembered(step, plan.steps[i - 1]);
    return [[`${name}.up.sql`, up] as const, [`${name}.down.sql`, down] as const];
  });

const cardFiles = (plan: Plan): readonly (readonly [string, string])[] => {
  const { contribution, card } = plan;
  const say = sayIn(plan.language);
  const folder = encodeToken(card.id);
  const decision = decisionOf(contribution, say);
  const adrFile = `adr-${number(contribution.ordinal)}-${decision.slug}.md`;
  const criteria =
    card.acceptanceCriteria.length > 0
      ? [...new Set([...contribution.source.criteria, ...card.acceptanceCriteria])]
      : contribution.source.criteria;
  const states = contribution.entities.flatMap((e) => writeStates(e) ?? [])[0];
  return [
    [`${folder}/design.md`, writeDesign({ contribution, decision, adrFile, cardTitle: card.title, criteria, say })],
    [
      `${folder}/${adrFile}`,
      writeAdr(decision, {
        number: number(contribution.ordinal),
        requirement: `${contribution.source.id}: ${contribution.source.title}`,
        say,
      }),
    ],
    [
      `${folder}/c4.mmd`,
      writeComponents(contribution.model, contribution.entities, contribution.source.title || contribution.source.id),
    ],
    [`${folder}/er.mmd`, writeEr(contribution.entities)],
    [`${folder}/sequencia.mmd`, writeSequence(contribution, say)],
    ...(states === undefined ? [] : [[`${folder}/estados.mmd`, states] as const]),
  ];
};

const filesOf = (plan: Plan): Files =>
  new Map(
    [...projectFiles(plan), ...migrationFiles(plan), ...cardFiles(plan)].map(([path, text]) => [
      `${FOLDER}/${path}`,
      text,
    ]),
  );

const metricsOf = (model: DomainModel): Readonly<Record<string, number>> => ({
  entities: model.entities.length,
  fields: model.entities.reduce((n, e) => n + e.fields.length, 0),
  operations: model.entities.reduce((n, e) => n + e.operations.length, 0),
  rules: model.rules.length,
});

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
  return { kind: 'written', files: filesOf(plan), proposals: [], assumptions, metrics: metricsOf(model) };
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
    write: (task, tools) =>
      isGivenContract(task.card) ? writeGiven(task, tools) : Promise.resolve(write(task, derivation)),
  };
};
