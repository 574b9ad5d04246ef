import { encodeToken, type RuleModel } from '@squados/contracts';
import { FOLDER } from './backend-writer.port.js';
import type { EnforcedBy, RuleCheck } from './enforcement.js';
import type { EntityPlan, OperationPlan, ServicePlan } from './service-plan.js';

type Say = (pt: string, en: string) => string;
export const sayIn =
  (language: ServicePlan['language']): Say =>
  (pt, en) =>
    language === 'pt' ? pt : en;

/** Outside text as one line of Markdown: what would be markup is shown, not obeyed. */
export const markdownLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .replace(/([\\`*_[\]<>|~#])/g, '\\$1');

const bullets = (lines: readonly string[], none: string): string =>
  lines.length > 0 ? lines.map((l) => `- ${l}`).join('\n') : `- ${none}`;

const HELD_BY: Readonly<Record<Exclude<EnforcedBy, 'none'>, readonly [pt: string, en: string]>> = {
  unique: ['valor único no banco e 409', 'a unique value in the store, and 409'],
  range: ['limite do campo, no esquema e 422', 'a bound of the field, in the schema, and 422'],
  limit: [
    'linhas contadas na transação que as grava, e 409',
    'rows counted in the transaction that writes them, and 409',
  ],
  moves: ['transições do estado, e 409', 'the transitions of the state, and 409'],
  kept: ['referências que impedem a exclusão, e 409', 'references that keep it from being deleted, and 409'],
};
const heldBy = (by: EnforcedBy, say: Say): string => (by === 'none' ? '' : say(...HELD_BY[by]));

const ruleLine = ({ rule, by }: RuleCheck, say: Say): string =>
  `${markdownLine(rule.id)}: ${markdownLine(rule.text)} (${heldBy(by, say)})`;

/** Actions that the design derived no change of state for: they are served, and do no more than count the version up. */
export const actionsWithoutMove = (
  entities: readonly EntityPlan[],
): readonly (readonly [EntityPlan, OperationPlan])[] =>
  entities.flatMap((e) =>
    e.operations.filter((o) => o.kind === 'action' && o.moves.length === 0).map((o) => [e, o] as const),
  );

const concerns = (plan: ServicePlan): ((rule: RuleModel) => boolean) => {
  const requirements = new Set(plan.card.requirementIds);
  return (rule) => requirements.size === 0 || requirements.has(rule.requirement);
};

const criterionLine = (criterion: string, plan: ServicePlan, say: Say): string => {
  const check = plan.rules.find((r) => r.rule.text.trim() === criterion.trim());
  const held = check && check.by !== 'none' ? heldBy(check.by, say) : undefined;
  const words = held ?? say('não derivado do modelo como dado', 'not derived from the model as data');
  return `[${held ? 'x' : ' '}] ${markdownLine(criterion)} – ${words}`;
};

/** `cards/<id>.md`: what this card asked for, what of it the service enforces and what it does not, and which tests hold it. */
export const writeCardNote = (plan: ServicePlan, tests: readonly string[]): readonly [path: string, text: string] => {
  const say = sayIn(plan.language);
  const mine = plan.rules.filter((r) => concerns(plan)(r.rule));
  const none = say('nenhum', 'none');
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      say('Critérios de aceitação', 'Acceptance criteria'),
      plan.card.acceptanceCriteria.map((c) => criterionLine(c, plan, say)),
    ],
    [say('Regras impostas', 'Rules enforced'), mine.filter((r) => r.by !== 'none').map((r) => ruleLine(r, say))],
    [
      say('Regras não impostas', 'Rules not enforced'),
      mine.filter((r) => r.by === 'none').map(({ rule }) => `${markdownLine(rule.id)}: ${markdownLine(rule.text)}`),
    ],
    [
      say('Ações sem mudança de estado', 'Actions without a change of state'),
      actionsWithoutMove(plan.touched).map(([, o]) => `\`POST ${plan.basePath}${o.path}\``),
    ],
    [say('Testes', 'Tests'), tests.map((t) => `\`${t}\``)],
  ];
  const head = `# ${markdownLine(plan.card.id)}: ${markdownLine(plan.card.title)}\n\n${say('Desenho', 'Design')}: ${markdownLine(plan.designedBy)}. ${plan.languageReason}\n`;
  const text = sections.map(([title, lines]) => `\n## ${title}\n\n${bullets(lines, none)}\n`).join('');
  return [`${FOLDER}/cards/${encodeToken(plan.card.id)}.md`, head + text];
};
