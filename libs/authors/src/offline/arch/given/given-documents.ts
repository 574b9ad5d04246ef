import type { CardSpec } from '@squados/contracts';
import type { GivenOperation, GivenPlan } from '@squados/importers/contracts';
import { cell, code, markdownText } from '../write/escape.js';
import type { Say } from '../write/words.js';

const named = ({ method, path }: GivenOperation): string =>
  code(`${method.toUpperCase()} ${path}`.replaceAll('`', "'"));

const servedRows = (plan: GivenPlan): readonly string[] =>
  plan.operations.flatMap((o) =>
    o.support === 'served'
      ? [`| ${named(o)} | ${o.kind} | ${cell(o.resource)} | ${o.limits.map(cell).join('; ')} |`]
      : [],
  );

const refusedRows = (plan: GivenPlan): readonly string[] =>
  plan.operations.flatMap((o) =>
    o.support === 'refused' ? [`| ${named(o)} | ${o.reasons.map(cell).join('; ')} |`] : [],
  );

const orNone = (rows: readonly string[], head: readonly string[], none: string): readonly string[] =>
  rows.length === 0 ? [none] : [`| ${head.join(' | ')} |`, `|${head.map(() => ' --- ').join('|')}|`, ...rows];

/** The design of a given contract: what is served and how, what is not and why. */
export const givenDesign = (plan: GivenPlan, card: CardSpec, say: Say): string => {
  const served = plan.operations.filter((o) => o.support === 'served').length;
  const [none, operation] = [say('Nenhuma.', 'None.'), say('Operação', 'Operation')];
  return `${[
    `# ${markdownText(card.title)}`,
    '',
    `## ${say('Contexto', 'Context')}`,
    '',
    say(
      `O contrato ${markdownText(plan.title)} (OpenAPI ${markdownText(plan.openapi)}) foi dado e é tomado como está. Das suas ${plan.operations.length} operações, ${served} são atendidas.`,
      `The contract ${markdownText(plan.title)} (OpenAPI ${markdownText(plan.openapi)}) was given and is taken as it is. Of its ${plan.operations.length} operations, ${served} are served.`,
    ),
    '',
    `## ${say('Modelo de domínio', 'Domain model')}`,
    '',
    ...orNone(
      plan.resources.map(
        (r) =>
          `| ${cell(r.label)} | ${code(r.path.replaceAll('`', "'"))} | ${code(r.table)} | ${cell(r.key?.property ?? say('pelo caminho', 'by its path'))} |`,
      ),
      [say('Recurso', 'Resource'), say('Caminho', 'Path'), say('Tabela', 'Table'), say('Chave', 'Key')],
      none,
    ),
    '',
    `## API: ${say('operações atendidas', 'operations that are served')}`,
    '',
    ...orNone(
      servedRows(plan),
      [operation, say('Como', 'How'), say('Recurso', 'Resource'), say('Sem efeito', 'Without effect')],
      none,
    ),
    '',
    `## API: ${say('operações não atendidas', 'operations that are not served')}`,
    '',
    say('Cada uma responde 501 (problem+json).', 'Each answers 501 (problem+json).'),
    '',
    ...orNone(refusedRows(plan), [operation, say('Motivo', 'Reason')], none),
    '',
    `## ${say('Critérios de aceite', 'Acceptance criteria')}`,
    '',
    ...card.acceptanceCriteria.map((c) => `- ${markdownText(c)}`),
    '',
    `## ${say('Suposições', 'Assumptions')}`,
    '',
    ...(plan.assumptions.length > 0 ? plan.assumptions.map((a) => `- ${markdownText(a)}`) : [none]),
  ].join('\n')}\n`;
};
