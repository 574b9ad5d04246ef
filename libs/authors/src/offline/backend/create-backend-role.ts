import { readDesign } from '../design-input/index.js';
import type { Files, Gate, Role, RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { agentName, chooseBackendLanguage } from '@squados/contracts';
import { writeGivenBackend } from './create-given-backend.js';
import type { BackendWriter } from './shared/backend-writer.port.js';
import { actionsWithoutMove, sayIn, writeCardNote } from './shared/card-note.js';
import { languageReason } from './shared/language-reason.js';
import { planService } from './shared/plan-service.js';
import type { ContractProblem } from './shared/read-contract.js';
import type { ServicePlan } from './shared/service-plan.js';

const AGENT = agentName('backend');
const MAX_EXCERPT = 2_000;

export interface BackendRoleOptions {
  readonly gates: readonly Gate[];
  /** One for each language; a project whose language has none fails its cards with that reason. */
  readonly writers: readonly BackendWriter[];
}

/**
 * The backend owner without a model behind it: every BE card writes the whole service for the model that its ARCH card holds, so
 * that all cards of a project grow one service. The same design gives the same bytes; only the note is the card's own.
 */
export const createBackendRole = ({ gates, writers }: BackendRoleOptions): Role => ({
  agent: AGENT,
  author: 'offline',
  gates,
  write: (task, tools) => write(task, tools, writers),
});

const write = async (task: Task, tools: RoleTools, writers: readonly BackendWriter[]): Promise<RoleResult> => {
  const lookup = await readDesign(task, tools);
  if (lookup.kind !== 'found') return lookup;
  const { design } = lookup;
  const choice = chooseBackendLanguage(task.project.policy, task.cards);
  const reason = languageReason(choice, design.model.language);
  if (design.isGiven) return writeGivenBackend(task, design, { language: choice.language, reason });
  const writer = writers.find((w) => w.language === choice.language);
  if (!writer) return noWriter(task, choice.language);
  const planned = planService(design, task.card, reason);
  if (planned.kind === 'unsupported') return unsupported(task, planned.problems);
  const { plan } = planned;
  return {
    kind: 'written',
    files: withNote(writer, plan),
    proposals: [],
    assumptions: [reason, ...writer.assumptions(plan), ...unenforced(plan)],
    metrics: metricsOf(plan),
  };
};

const withNote = (writer: BackendWriter, plan: ServicePlan): Files => {
  const [path, text] = writeCardNote(plan, writer.testsOf(plan));
  return new Map([...writer.write(plan), [path, text] as const]);
};

/** What the documents say and the model holds as free text only. */
const unenforced = (plan: ServicePlan): readonly string[] => {
  const say = sayIn(plan.language);
  const rules = plan.rules
    .filter((r) => r.by === 'none')
    .map(({ rule }) => `${say('Não imposta', 'Not enforced')}: ${rule.id}: ${rule.text}`);
  const actions = actionsWithoutMove(plan.entities).map(
    ([entity, o]) =>
      `POST ${plan.basePath}${o.path}: ${say(
        `nenhuma mudança de estado foi derivada; a ação conta a versão de ${entity.model.name} e o devolve.`,
        `no change of state was derived; the action counts up the version of the ${entity.model.name} and returns it.`,
      )}`,
  );
  return [...actions, ...rules];
};

const noWriter = (task: Task, language: string): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code: 'language-unknown',
  message: `${task.card.id} is to be written in ${language}, which this agent can't write. Set policy.backend to another language and retry it.`,
  place: task.card.id,
});

const unsupported = (task: Task, problems: readonly ContractProblem[]): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code: 'contract-unsupported',
  message: `${task.card.id} can't be built: ${problems.length} place(s) of the design don't fit together, first ${problems[0]?.place ?? ''}: ${problems[0]?.message ?? ''}. Correct the design and retry the card.`,
  place: problems[0]?.place ?? task.card.id,
  excerpt: problems
    .map((p) => `${p.place}: ${p.message}`)
    .join('\n')
    .slice(0, MAX_EXCERPT),
});

const metricsOf = (plan: ServicePlan): Readonly<Record<string, number>> => ({
  entities: plan.entities.length,
  operations: plan.entities.reduce((n, e) => n + e.operations.length, 0),
  rules: plan.rules.length,
  rulesEnforced: plan.rules.filter((r) => r.by !== 'none').length,
});
