import { actionsWithoutMove, markdownLine, sayIn } from '../../shared/card-note.js';
import type { ServicePlan } from '../../shared/service-plan.js';
import { file, pyString } from '../python-text.js';

/** `pyproject.toml`: what it needs, and how it is checked. */
export const pyprojectFile = (plan: Pick<ServicePlan, 'slug'>): string =>
  file([
    '[project]',
    `name = ${pyString(plan.slug)}`,
    'version = "1.0.0"',
    'requires-python = ">=3.11"',
    'dependencies = [',
    '    "fastapi>=0.121",',
    '    "psycopg[binary]>=3.2",',
    '    "pydantic>=2.12",',
    '    "sqlalchemy>=2.0",',
    '    "uvicorn>=0.34",',
    ']',
    '',
    '[project.optional-dependencies]',
    'dev = ["httpx", "mypy", "pytest", "pytest-cov", "ruff"]',
    '',
    '[tool.setuptools.packages.find]',
    'include = ["app*"]',
    '',
    '[tool.setuptools.package-data]',
    '"app.contract" = ["openapi.json"]',
    '',
    '[tool.ruff]',
    'line-length = 120',
    'target-version = "py311"',
    '',
    '[tool.ruff.lint]',
    'select = ["E", "F", "W", "I", "UP", "B", "C4", "SIM", "RUF", "PT", "D1"]',
    '# Labels of the product stand in texts: their letters and their length are as they are.',
    'ignore = ["E501", "RUF001", "RUF002", "RUF003", "D104", "D105", "D107"]',
    '',
    '[tool.ruff.lint.per-file-ignores]',
    '"tests/**" = ["D1"]',
    '',
    '[tool.mypy]',
    'strict = true',
    'plugins = ["pydantic.mypy"]',
    'packages = ["app"]',
    '',
    '[tool.pytest.ini_options]',
    'testpaths = ["tests"]',
    'addopts = "-q --strict-markers -p no:cacheprovider"',
    'filterwarnings = ["error", "ignore:.*httpx.*", "ignore:.*support Decimal objects natively.*"]',
    '',
    '[tool.coverage.run]',
    'source = ["app"]',
    'branch = false',
  ]);

/** `.env.example`: a demo on this machine; its token is no secret and opens nothing else. */
export const envFile = (plan: Pick<ServicePlan, 'language'>): string => {
  const say = sayIn(plan.language);
  return file([
    say(
      '# Demonstração local. Em produção, use PostgreSQL e tokens próprios.',
      '# A local demo. In production: PostgreSQL, and tokens of your own.',
    ),
    'DATABASE_URL=sqlite:///demo.db',
    'API_TOKENS=local-demo-token',
    'API_READ_TOKENS=local-demo-reader',
    'HOST=127.0.0.1',
    'PORT=8000',
    'CORS_ORIGINS=',
    'LOG_LEVEL=info',
  ]);
};

const TREE: readonly (readonly [string, string, string])[] = [
  ['app/api', 'rotas, estados HTTP e cabeçalhos, como no contrato', 'routes, statuses and headers, as in the contract'],
  ['app/services', 'regras, estados, versões', 'rules, states, versions'],
  ['app/repositories', 'consultas e gravação', 'queries and writes'],
  ['app/models', 'tabelas, como as migrações as criam', 'tables, as the migrations make them'],
  ['app/schemas', 'corpos e consultas do contrato', 'bodies and queries of the contract'],
  ['app/core', 'o que todas as entidades compartilham', 'what all entities share'],
  ['app/contract/openapi.json', 'o contrato, servido em `/openapi.json`', 'the contract, served at `/openapi.json`'],
  ['migrations', 'SQL do desenho, com ida e volta', 'SQL of the design, there and back'],
];

const VARIABLES: readonly (readonly [string, string, string])[] = [
  [
    'DATABASE_URL',
    '`postgresql://…`, ou `sqlite:///arquivo.db` para a demonstração local',
    '`postgresql://…`, or `sqlite:///file.db` for a local demo',
  ],
  [
    'API_TOKENS',
    'tokens que podem tudo, separados por vírgula; obrigatória',
    'tokens that may do all, separated by commas; required',
  ],
  ['API_READ_TOKENS', 'tokens que só leem', 'tokens that may only read'],
  ['HOST, PORT', 'onde escuta (127.0.0.1, 8000)', 'where it listens (127.0.0.1, 8000)'],
  ['CORS_ORIGINS', 'origens do navegador, separadas por vírgula', 'origins of browsers, separated by commas'],
  ['LOG_LEVEL', 'debug, info, warning ou error', 'debug, info, warning or error'],
];

const rows = (plan: ServicePlan, lines: readonly (readonly [string, string, string])[]): readonly string[] =>
  lines.map(([name, pt, en]) => `| \`${name}\` | ${sayIn(plan.language)(pt, en)} |`);

/** `README.md`. */
export const readmeFile = (plan: ServicePlan, assumptions: readonly string[]): string =>
  file([
    `# ${markdownLine(plan.product)}`,
    '',
    `${plan.languageReason} FastAPI, Pydantic, SQLAlchemy, PostgreSQL.`,
    '',
    ...commands(plan),
    ...tables(plan),
    ...limits(plan, assumptions),
  ]);

const commands = (plan: ServicePlan): readonly string[] => {
  const say = sayIn(plan.language);
  return [
    `## ${say('Executar', 'Run it')}`,
    '',
    '```sh',
    'pip install ".[dev]"',
    'set -a && . ./.env.example && set +a',
    'python -m app.migrate up',
    'python -m app',
    '```',
    '',
    `## ${say('Verificar', 'Check it')}`,
    '',
    '```sh',
    'ruff check . && ruff format --check . && mypy',
    'pytest --cov',
    'TEST_DATABASE_URL=postgresql://localhost/test pytest',
    '```',
    '',
    say(
      '`TEST_DATABASE_URL` aponta para um banco que os testes podem esvaziar.',
      '`TEST_DATABASE_URL` points to a database that the tests may empty.',
    ),
    '',
  ];
};

const tables = (plan: ServicePlan): readonly string[] => {
  const say = sayIn(plan.language);
  return [
    `## ${say('Variáveis', 'Variables')}`,
    '',
    `| ${say('Variável', 'Variable')} | ${say('O que é', 'What it is')} |`,
    '| --- | --- |',
    ...rows(plan, VARIABLES),
    '',
    `## ${say('Partes', 'Parts')}`,
    '',
    `| ${say('Onde', 'Where')} | ${say('O quê', 'What')} |`,
    '| --- | --- |',
    ...rows(plan, TREE),
    '',
  ];
};

const limits = (plan: ServicePlan, assumptions: readonly string[]): readonly string[] => {
  const say = sayIn(plan.language);
  const none = [`- ${say('nenhuma', 'none')}`];
  const free = plan.rules
    .filter((r) => r.by === 'none')
    .map((r) => `- ${markdownLine(r.rule.id)}: ${markdownLine(r.rule.text)}`);
  const still = actionsWithoutMove(plan.entities).map(([, o]) => `- \`POST ${plan.basePath}${o.path}\``);
  return [
    `## ${say('Suposições', 'Assumptions')}`,
    '',
    ...assumptions.map((a) => `- ${markdownLine(a)}`),
    '',
    `## ${say('Não imposto', 'Not enforced')}`,
    '',
    say('Regras que o desenho só tem como texto livre:', 'Rules that the design holds as free text only:'),
    '',
    ...(free.length > 0 ? free : none),
    '',
    say(
      'Ações sem mudança de estado derivada (contam a versão):',
      'Actions with no derived change of state (they count the version up):',
    ),
    '',
    ...(still.length > 0 ? still : none),
  ];
};
