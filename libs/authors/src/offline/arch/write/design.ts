import type { EntityModel, FieldModel, OperationModel } from '@squados/contracts';
import { firstSentence } from '../derive/subject.js';
import { nameWords } from '../text/identifiers.js';
import type { Contribution } from './contribution.js';
import type { Decision } from './decision.js';
import { cell, code, markdownText } from './escape.js';
import { qualities } from './qualities.js';
import type { Say } from './words.js';

export interface DesignInput {
  readonly contribution: Contribution;
  readonly decision: Decision;
  readonly adrFile: string;
  readonly cardTitle: string;
  readonly criteria: readonly string[];
  readonly say: Say;
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${header.join(' | ')} |`,
  `|${header.map(() => ' --- ').join('|')}|`,
  ...rows.map((r) => `| ${r.join(' | ')} |`),
];

const MAX_QUOTE = 600;
const context = ({ contribution: c, say }: DesignInput): readonly string[] => {
  const story = c.source.userStory;
  const said = firstSentence(c.source.text) || c.source.title;
  return [
    `## ${say('Contexto', 'Context')}`,
    '',
    `> ${markdownText(said).slice(0, MAX_QUOTE)}`,
    ...(story === undefined ? [] : ['>', `> ${markdownText(story).slice(0, MAX_QUOTE)}`]),
    '',
    reach(c, say),
    '',
  ];
};

const reach = (c: Contribution, say: Say): string => {
  const old = c.entities.filter((e) => !c.introduced.includes(e)).map((e) => markdownText(e.label));
  const fresh = c.introduced.map((e) => markdownText(e.label));
  const parts = [
    fresh.length === 0 ? '' : say(`introduz ${fresh.join(', ')}`, `introduces ${fresh.join(', ')}`),
    old.length === 0 ? '' : say(`apoia-se em ${old.join(', ')}`, `builds on ${old.join(', ')}`),
  ].filter((p) => p !== '');
  return say(
    `Este requisito ${parts.join(' e ')}. Entidades no modelo até aqui: ${c.model.entities.length}.`,
    `This requirement ${parts.join(' and ')}. Entities in the model so far: ${c.model.entities.length}.`,
  );
};

const components = ({ contribution: c, say }: DesignInput): readonly string[] => [
  `## ${say('Componentes', 'Components')}`,
  '',
  ...table(
    [say('Componente', 'Component'), say('Responsabilidade', 'Responsibility')],
    c.entities.flatMap((e) => [
      [
        code(`${e.name}Controller`),
        say(
          `Rotas ${code(`/${e.resource}`)}, validação do contrato, permissão`,
          `Routes ${code(`/${e.resource}`)}, contract validation, permission`,
        ),
      ],
      [
        code(`${e.name}Service`),
        say(
          `Regras${e.states ? ', transições' : ''} e transação de ${cell(e.label)}`,
          `Rules${e.states ? ', transitions' : ''} and transaction of ${cell(e.label)}`,
        ),
      ],
      [
        code(`${e.name}Repository`),
        say(`Tabela ${code(e.table)}, controle de versão`, `Table ${code(e.table)}, version control`),
      ],
    ]),
  ),
  '',
  say('Diagrama: `c4.mmd`.', 'Diagram: `c4.mmd`.'),
  '',
];

const limitsOf = (f: FieldModel, say: Say): string =>
  [
    f.required ? say('obrigatório', 'required') : '',
    f.unique ? say('único', 'unique') : '',
    f.min === undefined ? '' : `≥ ${f.min}`,
    f.max === undefined ? '' : `≤ ${f.max}`,
    f.values ? f.values.map(cell).join(', ') : '',
    f.default === undefined ? '' : `${say('padrão', 'default')} ${cell(String(f.default))}`,
  ]
    .filter((p) => p !== '')
    .join('; ') || '–';

const sourceText = (source: string, say: Say): string =>
  source === 'assumption' ? say('suposição', 'assumption') : cell(source);

const entityData = (e: EntityModel, say: Say): readonly string[] => [
  `### ${markdownText(e.label)} (${code(e.table)})`,
  '',
  ...table(
    [
      say('Campo', 'Field'),
      say('Coluna', 'Column'),
      say('Tipo', 'Type'),
      say('Restrições', 'Constraints'),
      say('Origem', 'Source'),
    ],
    [
      ...e.relations.map((r) => [
        cell(r.label),
        code(r.field),
        code('uuid'),
        `→ ${code(r.target)}${r.required ? `; ${say('obrigatório', 'required')}` : ''}`,
        `ON DELETE ${r.onDelete}`,
      ]),
      ...e.fields.map((f) => [cell(f.label), code(f.name), code(f.type), limitsOf(f, say), sourceText(f.source, say)]),
    ],
  ),
  '',
];

const data = ({ contribution: c, say }: DesignInput): readonly string[] => [
  `## ${say('Dados', 'Data')}`,
  '',
  ...c.entities.flatMap((e) => entityData(e, say)),
  say(
    'Toda tabela tem ainda `id`, `version`, `created_at` e `updated_at`. Diagrama: `er.mmd`.',
    'Every table also has `id`, `version`, `created_at` and `updated_at`. Diagram: `er.mmd`.',
  ),
  '',
];

export const ROUTES: Readonly<Record<OperationModel['kind'], (e: EntityModel, o: OperationModel) => string>> = {
  list: (e) => `GET /${e.resource}`,
  create: (e) => `POST /${e.resource}`,
  read: (e) => `GET /${e.resource}/{id}`,
  update: (e) => `PUT /${e.resource}/{id}`,
  delete: (e) => `DELETE /${e.resource}/{id}`,
  action: (e, o) => `POST /${e.resource}/{id}/${o.action ?? ''}`,
};

const api = ({ contribution: c, say }: DesignInput): readonly string[] => [
  '## API',
  '',
  ...table(
    [say('Operação', 'Operation'), say('Entidade', 'Entity'), say('Origem', 'Source')],
    c.entities.flatMap((e) =>
      e.operations.map((o) => [code(ROUTES[o.kind](e, o)), cell(e.label), sourceText(o.requirement, say)]),
    ),
  ),
  '',
  say('Contrato completo: `../openapi.yaml`.', 'Full contract: `../openapi.yaml`.'),
  '',
];

const errors = ({ contribution: c, say }: DesignInput): readonly string[] => {
  const unique = c.entities.flatMap((e) => e.fields.filter((f) => f.unique).map((f) => `${e.name}.${f.name}`));
  const stateful = c.entities.filter((e) => e.states);
  return [
    `## ${say('Erros', 'Errors')}`,
    '',
    ...table(
      ['HTTP', say('Quando', 'When')],
      [
        ['400 / 422', say('corpo malformado / campo fora dos limites', 'malformed body / field outside its limits')],
        ['401 / 403', say('sem identidade / sem permissão', 'no identity / not allowed')],
        ['404', say('registro inexistente', 'no such row')],
        [
          '409',
          [
            unique.length > 0
              ? say(
                  `valor repetido (${unique.map(code).join(', ')})`,
                  `repeated value (${unique.map(code).join(', ')})`,
                )
              : '',
            stateful.length > 0 ? say('transição não permitida', 'transition not allowed') : '',
            say('registro em uso', 'row in use'),
          ]
            .filter((p) => p !== '')
            .join('; '),
        ],
        ['412', say('a versão lida não é mais a atual', 'the version that was read is no longer current')],
      ],
    ),
    '',
  ];
};

const rulesOf = ({ contribution: c, say }: DesignInput): readonly string[] =>
  c.rules.length === 0
    ? []
    : [
        `## ${say('Regras', 'Rules')}`,
        '',
        ...c.rules.flatMap((r) => [`> - **${markdownText(r.id)}** (${code(r.kind)}): ${markdownText(r.text)}`]),
        '',
      ];

const risks = ({ contribution: c, say }: DesignInput): readonly string[] => {
  const assumed = c.introduced
    .filter((e) => e.fields.some((f) => f.source === 'assumption'))
    .map((e) => markdownText(e.label));
  const cascades = c.entities.flatMap((e) =>
    e.relations
      .filter((r) => r.onDelete === 'cascade')
      .map((r) => `${markdownText(r.label)} → ${markdownText(e.label)}`),
  );
  const loose = c.rules.filter((r) => r.field === undefined && r.kind !== 'other');
  const lines = [
    assumed.length === 0
      ? ''
      : say(
          `Campos supostos em ${assumed.join(', ')}: confirmar com o produto antes da primeira versão.`,
          `Assumed fields in ${assumed.join(', ')}: confirm with the product owner before the first release.`,
        ),
    cascades.length === 0
      ? ''
      : say(
          `Exclusão em cascata (${cascades.join('; ')}): pedir confirmação e registrar auditoria.`,
          `Cascading deletes (${cascades.join('; ')}): ask for confirmation and keep an audit trail.`,
        ),
    loose.length === 0
      ? ''
      : say(
          `${loose.length} regra(s) vivem no serviço, não no esquema: cobrir com testes (${loose.map((r) => cell(r.id)).join(', ')}).`,
          `${loose.length} rule(s) live in the service, not in the schema: cover them with tests (${loose.map((r) => cell(r.id)).join(', ')}).`,
        ),
  ].filter((l) => l !== '');
  return [
    `## ${say('Riscos', 'Risks')}`,
    '',
    ...(lines.length > 0
      ? lines.map((l) => `- ${l}`)
      : [`- ${say('Nenhum além dos comuns do produto.', 'None beyond the product’s usual ones.')}`]),
    '',
  ];
};

/** The rule, field or operation that meets a criterion, by the words they share. */
const meetingOf = (criterion: string, { contribution: c, say }: DesignInput): string => {
  const words = new Set(nameWords(criterion));
  const rule = c.rules.find((r) => r.text === criterion);
  if (rule) return `${say('regra', 'rule')} ${cell(rule.id)}`;
  const field = c.entities
    .flatMap((e) => e.fields.map((f) => ({ e, f })))
    .find(({ f }) => nameWords(f.label).every((w) => words.has(w)));
  if (field) return code(`${field.e.table}.${field.f.name}`);
  const act = c.operations.find(({ operation: o }) => o.action !== undefined && words.has(o.action));
  if (act) return code(ROUTES.action(act.entity, act.operation));
  return say('teste de aceitação', 'acceptance test');
};

const trace = (input: DesignInput): readonly string[] => {
  const { criteria, say } = input;
  const title = `## ${say('Rastreabilidade dos critérios', 'Traceability of criteria')}`;
  if (criteria.length === 0)
    return [
      title,
      '',
      say(
        'O cartão não traz critérios de aceitação; o teste segue as regras acima.',
        'The card brings no acceptance criteria; tests follow the rules above.',
      ),
      '',
    ];
  return [
    title,
    '',
    ...table(
      [say('Critério', 'Criterion'), say('Atendido por', 'Met by')],
      criteria.map((t) => [cell(t), meetingOf(t, input)]),
    ),
    '',
  ];
};

const assumptions = ({ contribution: c, say }: DesignInput): readonly string[] =>
  c.assumptions.length === 0
    ? []
    : [`## ${say('Suposições', 'Assumptions')}`, '', ...c.assumptions.map((a) => `- ${markdownText(a)}`), ''];

/** The design of one card: what its requirement brings into the model and how it is met. */
export const writeDesign = (input: DesignInput): string => {
  const { contribution: c, decision, adrFile, say } = input;
  return `${[
    `# ${markdownText(c.source.id)}: ${markdownText(c.source.title || input.cardTitle)}`,
    '',
    ...context(input),
    `## ${say('Decisões', 'Decisions')}`,
    '',
    `- [${decision.title}](${adrFile})`,
    '',
    ...components(input),
    `## ${say('Sequência', 'Sequence')}`,
    '',
    say('Operação principal: `sequencia.mmd`.', 'Main operation: `sequencia.mmd`.'),
    '',
    ...data(input),
    ...rulesOf(input),
    ...api(input),
    ...errors(input),
    ...qualities(input),
    ...risks(input),
    ...trace(input),
    ...assumptions(input),
  ]
    .join('\n')
    .trimEnd()}\n`;
};
