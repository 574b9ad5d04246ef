import type { Files } from '@squados/agent-runtime';
import { agentName, encodeToken, ownerOf, type CardSpec, type DomainModel } from '@squados/contracts';
import type { Contradiction, RequirementSource } from '../derive/draft.js';
import type { Language } from '../text/language.js';
import { decisionOf } from './adr.js';
import { writeAdr } from './decision.js';
import type { Contribution } from './contribution.js';
import { writeDesign } from './design.js';
import { writeSequence } from './sequence.js';
import { writeComponents, writeContainers, writeContext, writeEr, writeStates } from './mermaid.js';
import { writeOpenApi } from './openapi.js';
import { writeReadme, type Chapter } from './readme.js';
import { writeMigration, writeSchema } from './sql.js';
import { surroundingsOf } from './surroundings.js';
import { sayIn } from './words.js';

const FOLDER = ownerOf(agentName('arch'))?.folder ?? 'arquitetura';

/** Everything one ARCH card is written from. Only the task decides it, never what happens to be done. */
export interface DesignPlan {
  readonly card: CardSpec;
  readonly language: Language;
  readonly sources: readonly RequirementSource[];
  readonly chapters: readonly Chapter[];
  readonly contribution: Contribution;
  readonly contradictions: readonly Contradiction[];
  /** The model after each source, for the migrations between them. */
  readonly steps: readonly DesignStep[];
}

export interface DesignStep {
  /** Id of the card that the source is: known from the start, whatever runs when. */
  readonly id: string;
  readonly title: string;
  readonly model: DomainModel;
}

/** The model before anything is in it. */
export const emptied = (model: DomainModel): DomainModel => ({ ...model, entities: [], rules: [], assumptions: [] });

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const projectFiles = (plan: DesignPlan): readonly (readonly [string, string])[] => {
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
const remembered = (step: DesignStep, previous: DesignStep | undefined): ReturnType<typeof writeMigration> => {
  const known = migrations.get(step.model);
  if (known) return known;
  const made = writeMigration(previous?.model ?? emptied(step.model), step.model, step.title);
  migrations.set(step.model, made);
  return made;
};

/** Every migration up to this card: each card's set stands on its own, and two cards write the same bytes at the same path. */
const migrationFiles = (plan: DesignPlan): readonly (readonly [string, string])[] =>
  plan.steps.flatMap((step, i) => {
    const name = `migrations/${number(i + 1)}_${encodeToken(step.id)}`;
    const { up, down } = remembered(step, plan.steps[i - 1]);
    return [[`${name}.up.sql`, up] as const, [`${name}.down.sql`, down] as const];
  });

const cardFiles = (plan: DesignPlan): readonly (readonly [string, string])[] => {
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

/** Everything that an ARCH card hands over. */
export const designFiles = (plan: DesignPlan): Files =>
  new Map(
    [...projectFiles(plan), ...migrationFiles(plan), ...cardFiles(plan)].map(([path, text]) => [
      `${FOLDER}/${path}`,
      text,
    ]),
  );

export const modelMetrics = (model: DomainModel): Readonly<Record<string, number>> => ({
  entities: model.entities.length,
  fields: model.entities.reduce((n, e) => n + e.fields.length, 0),
  operations: model.entities.reduce((n, e) => n + e.operations.length, 0),
  rules: model.rules.length,
});
