import type { RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { prefixOf, type CardSpec } from '@squados/contracts';
import { parseRequirements, type RequirementsDocument, type RequirementsResult } from '@squados/importers/requirements';

import { epicNote } from './epic-note.js';
import { backlogFile } from './files/backlog-file.js';
import { mvpFeatures } from './files/mvp-features.js';
import { successMetrics } from './files/success-metrics.js';
import { traceability } from './files/traceability.js';
import { userFlows } from './files/user-flows.js';
import { userStories } from './files/user-stories.js';
import { wireframes } from './files/wireframes.js';
import { planFromCards } from './plan-from-cards.js';
import { planFromDocuments } from './plan-from-documents.js';
import { proposalsOf } from './propose-cards.js';
import type { ProductPlan } from './plan.js';

type Failed = Extract<RoleResult, { kind: 'failed' }>;
type Rejected = Extract<RequirementsResult, { kind: 'rejected' }>;

const filesOf = (plan: ProductPlan): ReadonlyMap<string, string> =>
  new Map([
    ['produto/backlog_produto_completo.json', backlogFile(plan)],
    ['produto/MVP_Features.md', mvpFeatures(plan)],
    ['produto/User_Stories_Completo.md', userStories(plan)],
    ['produto/Success_Metrics.md', successMetrics(plan)],
    ['produto/rastreabilidade.md', traceability(plan)],
    ...wireframes(plan),
    ...userFlows(plan),
  ]);

const metricsOf = (plan: ProductPlan): Readonly<Record<string, number>> => ({
  requirements: plan.features.length,
  cards: plan.features.reduce((sum, feature) => sum + feature.cards.length, 0),
  criteria: plan.features.reduce((sum, feature) => sum + feature.criteria.length, 0),
});

const written = ({ card }: Task, plan: ProductPlan, withProposals: boolean): RoleResult => ({
  kind: 'written',
  files: new Map([...filesOf(plan), ...epicNote(card)]),
  proposals: withProposals ? proposalsOf(plan.features) : [],
  assumptions: [...plan.assumptions, ...plan.warnings],
  metrics: metricsOf(plan),
});

const isDone = (result: RequirementsResult): result is Extract<RequirementsResult, { kind: 'parsed' }> =>
  result.kind === 'parsed';

const failure = (code: string, message: string, place: string): Failed => ({
  kind: 'failed',
  retryable: false,
  code,
  message,
  place,
});

const readDocuments = async (task: Task, tools: RoleTools): Promise<readonly RequirementsResult[]> => {
  const results: RequirementsResult[] = [];
  for (const attachment of task.card.attachments ?? []) {
    tools.signal.throwIfAborted();
    tools.note(`reading ${attachment.name}`);
    results.push(parseRequirements({ name: attachment.name, bytes: await tools.readArtifact(attachment.sha256) }));
  }
  return results;
};

/** What a document may be where it stands beside others that hold requirements; any other rejection ends the attempt. */
const HARMLESS: readonly string[] = ['no-requirements', 'other-format'] satisfies readonly Rejected['code'][];

const rejectionOf = (results: readonly RequirementsResult[]): Rejected | undefined => {
  const rejected = results.filter((result): result is Rejected => result.kind === 'rejected');
  return rejected.find((result) => !HARMLESS.includes(result.code)) ?? (results.some(isDone) ? undefined : rejected[0]);
};

const ownText = (card: CardSpec): RequirementsDocument | undefined => {
  const result = parseRequirements({ name: card.id, bytes: new TextEncoder().encode(card.description) });
  return result.kind === 'parsed' ? result.document : undefined;
};

const INPUT_MISSING =
  'the card has no requirements document, its own text holds no requirements, and the project has no product cards. ' +
  'Attach a requirements document (squados run requirements.md), write requirements into the description, or import a backlog that has PROD cards.';

const withoutDocuments = (task: Task, existing: readonly CardSpec[]): RoleResult => {
  const own = existing.length === 0 ? ownText(task.card) : undefined;
  if (own) return written(task, planFromDocuments([own], task.card.id), true);
  if (existing.length > 0) return written(task, planFromCards(existing, task.project.title), false);
  return failure('input-missing', `${task.card.id}: ${INPUT_MISSING}`, task.card.id);
};

const underExisting = (plan: ProductPlan, existing: readonly CardSpec[]): ProductPlan => {
  const byRequirement = new Map<string, CardSpec[]>();
  for (const card of existing)
    for (const id of card.requirementIds) byRequirement.set(id, [...(byRequirement.get(id) ?? []), card]);
  return {
    ...plan,
    features: plan.features.map((feature) => ({ ...feature, cards: byRequirement.get(feature.id) ?? [] })),
  };
};

/** An epic: its documents become the backlog, the overview files and the proposals; with product cards there, only the overview. */
export const writeEpic = async (task: Task, tools: RoleTools): Promise<RoleResult> => {
  const existing = task.cards.filter((card) => prefixOf(card.id) === 'PROD' && card.id !== task.card.id);
  const results = await readDocuments(task, tools);
  if (results.length === 0) return withoutDocuments(task, existing);
  const rejected = rejectionOf(results);
  if (rejected)
    return failure(
      `requirements-${rejected.code}`,
      `${rejected.message} ${rejected.remedy}`,
      rejected.message.split(':')[0] ?? task.card.id,
    );
  const plan = planFromDocuments(
    results.filter(isDone).map((result) => result.document),
    task.card.id,
  );
  if (existing.length > 0) return written(task, underExisting(plan, existing), false);
  return written(task, plan, true);
};
