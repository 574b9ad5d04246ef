import type { RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { encodeToken, GIVEN_PLAN_FILE } from '@squados/contracts';
import { planContract, type PlannedContract } from '@squados/importers/contracts';
import { writeContainers, writeContext, writeEr } from '../write/mermaid.js';
import { writeReadme } from '../write/readme.js';
import { sayIn } from '../write/words.js';
import { givenDesign } from './given-documents.js';
import { givenModel } from './given-model.js';
import { givenMigration, givenSchema } from './given-sql.js';

const FOLDER = 'arquitetura';

/** The design that a given contract is: the contract itself, and what follows from it. */
export const writeGiven = async (task: Task, tools: RoleTools): Promise<RoleResult> => {
  const [attachment] = task.card.attachments ?? [];
  if (!attachment) return failed(task, 'input-missing', 'no contract is attached to it. Import the contract again');
  const bytes = await tools.readArtifact(attachment.sha256);
  const planned = planContract(bytes, attachment.name);
  if (planned.kind === 'refused') return failed(task, planned.code, `${planned.message}. ${planned.remedy}`);
  return written(task, planned, new TextDecoder().decode(bytes));
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const written = (task: Task, { plan, root }: PlannedContract, contract: string): RoleResult => {
  const model = givenModel(plan, root);
  const say = sayIn(plan.language);
  const folder = encodeToken(task.card.id);
  const { up, down } = givenMigration(model);
  const migration = `${FOLDER}/migrations/0001_${folder}`;
  const around = { actors: [], systems: [] };
  return {
    kind: 'written',
    files: new Map([
      [`${FOLDER}/README.md`, writeReadme(model, [{ id: task.card.id, title: plan.title, folder }], say)],
      [`${FOLDER}/openapi.yaml`, contract],
      [GIVEN_PLAN_FILE, json(plan)],
      [`${FOLDER}/modelo-de-dominio.json`, json(model)],
      [`${FOLDER}/schema.sql`, givenSchema(model)],
      [`${migration}.up.sql`, up],
      [`${migration}.down.sql`, down],
      [`${FOLDER}/er.mmd`, writeEr(model.entities)],
      [`${FOLDER}/c4-contexto.mmd`, writeContext(model, around)],
      [`${FOLDER}/c4-containers.mmd`, writeContainers(model, around)],
      [`${FOLDER}/${folder}/design.md`, givenDesign(plan, task.card, say)],
    ]),
    proposals: [],
    assumptions: [...unserved({ plan }), ...plan.assumptions],
    metrics: metricsOf({ plan }),
  };
};

const unserved = ({ plan }: Pick<PlannedContract, 'plan'>): readonly string[] => {
  const say = sayIn(plan.language);
  return plan.operations.flatMap((o) =>
    o.support === 'refused'
      ? [`${say('Não atendida', 'Not served')}: ${o.method.toUpperCase()} ${o.path}: ${o.reasons.join('; ')}`]
      : [],
  );
};

const metricsOf = ({ plan }: Pick<PlannedContract, 'plan'>): Readonly<Record<string, number>> => {
  const served = plan.operations.filter((o) => o.support === 'served').length;
  return {
    resources: plan.resources.length,
    operations: plan.operations.length,
    served,
    unserved: plan.operations.length - served,
  };
};

const failed = ({ card }: Task, code: string, message: string): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code,
  message: `${card.id}: ${message}.`,
  place: card.attachments?.[0]?.name ?? card.id,
});
