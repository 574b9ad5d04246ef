import type { RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { encodeToken } from '@squados/contracts';
import { leftLines, planSchema, type SchemaPlan } from '@squados/importers/schemas';
import type { RequirementSource } from '../derive/draft.js';
import { contributionOf } from '../write/contribution.js';
import { designFiles, emptied, modelMetrics, type DesignPlan } from '../write/design-files.js';
import { SCHEMA_SOURCE, schemaModel } from './schema-model.js';

/** The design of a given database schema: its tables as a model of ours, and everything that follows from a model. */
export const writeGivenSchema = async (task: Task, tools: RoleTools): Promise<RoleResult> => {
  const attachments = task.card.attachments ?? [];
  if (attachments.length === 0) return failed(task, 'input-missing', 'no schema is attached to it. Import it again');
  const files = await Promise.all(
    attachments.map(async ({ name, sha256 }) => ({ name, bytes: await tools.readArtifact(sha256) })),
  );
  const planned = planSchema(files);
  if (planned.kind === 'refused') return failed(task, planned.code, `${planned.message}. ${planned.remedy}`);
  return written(task, planned.plan);
};

const written = (task: Task, plan: SchemaPlan): RoleResult => {
  const design = designOf(task, plan);
  const { model } = design.contribution;
  return {
    kind: 'written',
    files: designFiles(design),
    proposals: [],
    assumptions: model.assumptions,
    metrics: { ...modelMetrics(model), leftOut: plan.left.length },
  };
};

const designOf = ({ card }: Task, plan: SchemaPlan): DesignPlan => {
  const found = schemaModel(plan);
  const model = { ...found, assumptions: [...found.assumptions, ...leftLines(plan.left, plan.language)] };
  const source: RequirementSource = {
    id: SCHEMA_SOURCE,
    title: plan.title,
    text: card.description,
    criteria: card.acceptanceCriteria,
    language: plan.language,
  };
  return {
    card,
    language: plan.language,
    sources: [source],
    chapters: [{ id: SCHEMA_SOURCE, title: plan.title, folder: encodeToken(card.id) }],
    contribution: contributionOf({ before: emptied(model), model }, source, 1),
    contradictions: [],
    steps: [{ id: card.id, title: plan.title, model }],
  };
};

const failed = ({ card }: Task, code: string, message: string): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code,
  message: `${card.id}: ${message}.`,
  place: card.attachments?.[0]?.name ?? card.id,
});
