import type { RoleResult, Task } from '@squados/agent-runtime';
import { encodeToken, type BackendLanguage } from '@squados/contracts';
import { planContract, type GivenOperation, type GivenPlan } from '@squados/importers/contracts';
import type { Design } from '../design-input/index.js';
import { GIVEN_TESTS, writeGivenService } from './python/given/write-given-service.js';
import { FOLDER } from './shared/backend-writer.port.js';
import { markdownLine, sayIn } from './shared/card-note.js';
import { slugOf } from './shared/plan-service.js';

interface Wish {
  readonly language: BackendLanguage;
  readonly reason: string;
}

/** The backend of a contract that was given: what the contract's plan serves, and 501 with the reasons for the rest. */
export const writeGivenBackend = (task: Task, design: Design, { language, reason }: Wish): RoleResult => {
  if (language !== 'python')
    return failed(
      task,
      'language-unknown',
      `a given contract is served in Python only, not yet in ${language}. Set policy.backend to python (--backend python) and retry it.`,
    );
  const planned = planContract(new TextEncoder().encode(design.openapi), `${design.card}: arquitetura/openapi.yaml`);
  if (planned.kind === 'refused') return failed(task, planned.code, `${planned.message}. ${planned.remedy}.`);
  const { plan, root } = planned;
  const files = writeGivenService({
    plan,
    root,
    slug: slugOf(plan.title),
    migrations: design.migrations,
    languageReason: reason,
  });
  return {
    kind: 'written',
    files: new Map([...files, [`${FOLDER}/cards/${encodeToken(task.card.id)}.md`, note(task, design, plan)]]),
    proposals: [],
    assumptions: [reason, ...unserved(plan), ...plan.assumptions],
    metrics: metricsOf(plan),
  };
};

const named = ({ method, path }: GivenOperation): string => `${method.toUpperCase()} ${path}`;

const unserved = (plan: GivenPlan): readonly string[] =>
  plan.operations.flatMap((o) =>
    o.support === 'refused'
      ? [`${sayIn(plan.language)('Responde 501', 'Answers 501')}: ${named(o)}: ${o.reasons.join('; ')}`]
      : [],
  );

const metricsOf = (plan: GivenPlan): Readonly<Record<string, number>> => {
  const served = plan.operations.filter((o) => o.support === 'served').length;
  return {
    resources: plan.resources.length,
    operations: plan.operations.length,
    served,
    unserved: plan.operations.length - served,
  };
};

/** `cards/BE-001.md`: what is served, what is not and why, and which tests hold it. */
const note = ({ card }: Task, design: Design, plan: GivenPlan): string => {
  const say = sayIn(plan.language);
  const served = plan.operations.flatMap((o) =>
    o.support === 'served'
      ? [`- ${markdownLine(named(o))}${o.limits.length > 0 ? `: ${o.limits.map(markdownLine).join('; ')}` : ''}`]
      : [],
  );
  const not = plan.operations.flatMap((o) =>
    o.support === 'refused' ? [`- ${markdownLine(named(o))}: ${o.reasons.map(markdownLine).join('; ')}`] : [],
  );
  return `${[
    `# ${markdownLine(card.id)}: ${markdownLine(card.title)}`,
    '',
    `${say('Desenho', 'Design')}: ${markdownLine(design.card)}.`,
    '',
    `## ${say('Atendidas', 'Served')}`,
    '',
    ...served,
    '',
    `## ${say('Não atendidas (501)', 'Not served (501)')}`,
    '',
    ...(not.length > 0 ? not : [`- ${say('nenhuma', 'none')}`]),
    '',
    `## ${say('Testes', 'Tests')}`,
    '',
    ...GIVEN_TESTS.map((test) => `- \`${test}\``),
  ].join('\n')}\n`;
};

const failed = ({ card }: Task, code: string, message: string): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code,
  message: `${card.id}: ${message}`,
  place: card.id,
});
