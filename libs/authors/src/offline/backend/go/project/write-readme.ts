import { markdownLine, sayIn } from '../../shared/card-note.js';
import type { ServicePlan } from '../../shared/service-plan.js';
import { touchingActions, type GoEntity } from '../entity/go-entity.js';

type Say = ReturnType<typeof sayIn>;

const VARIABLES: readonly (readonly [name: string, byDefault: string, pt: string, en: string])[] = [
  [
    'DATABASE_URL',
    '',
    'Endereço do PostgreSQL, `postgresql://…`; obrigatório',
    'Address of PostgreSQL, `postgresql://…`; required',
  ],
  [
    'API_TOKENS',
    '',
    'Tokens que podem tudo, separados por vírgula; obrigatório',
    'Tokens that may do all, with commas between; required',
  ],
  ['API_READ_TOKENS', '', 'Tokens que só podem ler', 'Tokens that may only read'],
  ['HOST', '127.0.0.1', 'Endereço em que escuta', 'Address to listen on'],
  ['PORT', '8000', 'Porta em que escuta', 'Port to listen on'],
  ['CORS_ORIGINS', '', 'Origens de navegador permitidas', 'Origins that may call from a browser'],
  ['LOG_LEVEL', 'info', 'Nível do registro de eventos', 'Level of the log'],
];

const variables = (plan: ServicePlan, say: Say): readonly string[] => [
  `| ${say('Variável', 'Variable')} | ${say('Padrão', 'Default')} | ${say('O que diz', 'What it says')} |`,
  '| --- | --- | --- |',
  ...VARIABLES.map(([name, byDefault, pt, en]) => `| \`${name}\` | ${byDefault} | ${say(pt, en)} |`),
];

const bullets = (lines: readonly string[], say: Say): readonly string[] =>
  lines.length > 0 ? lines.map((l) => `- ${l}`) : [`- ${say('nenhuma', 'none')}`];

const withoutMove = (plan: ServicePlan, entities: readonly GoEntity[]): readonly string[] =>
  entities.flatMap((e) =>
    touchingActions(e).map((a) => `\`POST ${plan.basePath}/${e.plan.model.resource}/{id}/${a.name}\``),
  );

const unenforced = (plan: ServicePlan): readonly string[] =>
  plan.rules.filter((r) => r.by === 'none').map(({ rule }) => `${markdownLine(rule.id)}: ${markdownLine(rule.text)}`);

const FENCE = '```';

/** `README.md`: how to run and test it, where things are, and what of the documents it does not enforce. */
export const writeReadme = (plan: ServicePlan, entities: readonly GoEntity[]): string => {
  const say = sayIn(plan.language);
  const packages = entities.map((e) => `| \`internal/${e.pkg}\` | ${markdownLine(e.plan.model.labelPlural)} |`);
  return `${[
    `# ${markdownLine(plan.product)}: backend`,
    '',
    say(
      'Serviço em Go (Gin, pgx) sobre PostgreSQL. O contrato está em `api/openapi.json` e é servido em `/openapi.json`.',
      'A service in Go (Gin, pgx) on PostgreSQL. Its contract is `api/openapi.json`, served at `/openapi.json`.',
    ),
    '',
    `## ${say('Executar', 'Run')}`,
    '',
    `${FENCE}sh`,
    'export DATABASE_URL=postgresql://app@localhost/app API_TOKENS=change-me',
    'go run ./cmd/server',
    'go run ./cmd/server migrate down',
    FENCE,
    '',
    ...variables(plan, say),
    '',
    `## ${say('Testar', 'Test')}`,
    '',
    `${FENCE}sh`,
    'go test -coverpkg=./internal/... ./...',
    FENCE,
    '',
    say(
      'Com `DATABASE_URL`, cada teste de repositório usa um esquema próprio e o apaga; sem ela, é pulado.',
      'With `DATABASE_URL`, each test of a repository uses a schema of its own and drops it; without, it is skipped.',
    ),
    '',
    `## ${say('Onde está o quê', 'Where things are')}`,
    '',
    `| ${say('Pacote', 'Package')} | ${say('O que guarda', 'What it holds')} |`,
    '| --- | --- |',
    ...packages,
    `| \`internal/app\` | ${say('Montagem, partida e parada', 'Composition, start and stop')} |`,
    `| \`internal/platform\` | ${say('HTTP, banco, configuração, validação', 'HTTP, database, settings, validation')} |`,
    '',
    `## ${say('Ações sem mudança de estado', 'Actions without a change of state')}`,
    '',
    say(
      'O desenho não deriva mudança destas ações; elas contam a versão do registro e o devolvem:',
      'The design derives no change from these actions; they count up the version of the row and return it:',
    ),
    '',
    ...bullets(withoutMove(plan, entities), say),
    '',
    `## ${say('Regras que este serviço não impõe', 'Rules that this service does not enforce')}`,
    '',
    say('Existem apenas como texto:', 'They exist as text only:'),
    '',
    ...bullets(unenforced(plan), say),
  ].join('\n')}\n`;
};
