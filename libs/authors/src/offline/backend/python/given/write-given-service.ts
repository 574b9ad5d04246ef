import type { Files } from '@squados/agent-runtime';
import type { GivenOperation, GivenPlan, JsonObject } from '@squados/importers/contracts';
import type { Design } from '../../../design-input/index.js';
import { FOLDER } from '../../shared/backend-writer.port.js';
import { markdownLine, sayIn } from '../../shared/card-note.js';
import { envFile, pyprojectFile } from '../files/project-files.js';
import { file, pyString } from '../python-text.js';
import { operationsJson, samplesJson, schemasJson } from './binding-json.js';
import { GIVEN_CORE_FILES } from './given-core-files.js';

/** What a service for a given contract is written from. */
export interface GivenService {
  readonly plan: GivenPlan;
  readonly root: JsonObject;
  readonly slug: string;
  readonly migrations: Design['migrations'];
  readonly languageReason: string;
}

const PACKAGES = ['app', 'app/core', 'tests', 'tests/integration', 'tests/unit'];

/** The tests of every card: the contract is one. */
export const GIVEN_TESTS: readonly string[] = [
  'tests/integration/test_operations.py',
  'tests/integration/test_records.py',
  'tests/unit/test_core.py',
  'tests/unit/test_security.py',
  'tests/unit/test_start.py',
  'tests/unit/test_config.py',
];

/** A contract-first service in Python: what differs from contract to contract is data, tables and migrations. */
export const writeGivenService = (service: GivenService): Files => {
  const { plan, root } = service;
  const own: readonly (readonly [string, string])[] = [
    ['.env.example', envFile(plan)],
    ['README.md', readme(service)],
    ['pyproject.toml', pyproject(service)],
    ['app/contract/__init__.py', ''],
    ['app/contract/openapi.json', `${JSON.stringify(root, null, 2)}\n`],
    ['app/contract/operations.json', operationsJson(plan)],
    ['app/contract/schemas.json', schemasJson(plan, root)],
    ['app/models/__init__.py', models(plan)],
    ['tests/samples.json', samplesJson(plan, root)],
    ...service.migrations.flatMap(({ name, up, down }) => [
      [`migrations/${name}.up.sql`, up] as const,
      [`migrations/${name}.down.sql`, down] as const,
    ]),
  ];
  return new Map(
    [...PACKAGES.map((folder) => [`${folder}/__init__.py`, ''] as const), ...GIVEN_CORE_FILES, ...own].map(
      ([path, text]) => [`${FOLDER}/${path}`, text],
    ),
  );
};

const pyproject = ({ slug }: GivenService): string =>
  pyprojectFile({ slug })
    .replace('    "psycopg[binary]', '    "jsonschema-rs>=0.30",\n    "psycopg[binary]')
    .replace('"app.contract" = ["openapi.json"]', '"app.contract" = ["*.json"]');

const models = ({ resources }: GivenPlan): string =>
  file([
    '"""The tables: one for the records of each resource."""',
    '',
    'from app.core.records import Record',
    '',
    ...resources.flatMap(({ name, table }) => [
      '',
      `class ${name}(Record):`,
      `    """Records of ${name}."""`,
      '',
      `    __tablename__ = ${pyString(table)}`,
      '',
    ]),
    '',
    'MODELS: dict[str, type[Record]] = {',
    ...resources.map(({ name }) => `    ${pyString(name)}: ${name},`),
    '}',
    'TABLES = [model.__tablename__ for model in MODELS.values()]',
  ]);

const named = ({ method, path }: GivenOperation): string => markdownLine(`${method.toUpperCase()} ${path}`);

const readme = ({ plan, languageReason }: GivenService): string => {
  const say = sayIn(plan.language);
  const none = [`- ${say('nenhuma', 'none')}`];
  const unserved = plan.operations.flatMap((o) =>
    o.support === 'refused' ? [`- ${named(o)}: ${o.reasons.map(markdownLine).join('; ')}`] : [],
  );
  const idle = plan.operations.flatMap((o) =>
    o.support === 'served' ? o.limits.map((limit) => `- ${named(o)}: ${markdownLine(limit)}`) : [],
  );
  return file([
    `# ${markdownLine(plan.title)}`,
    '',
    `${languageReason} FastAPI, jsonschema-rs, SQLAlchemy, PostgreSQL.`,
    '',
    say(
      'O contrato foi dado e é servido como está em `/openapi.json`. Os pedidos são validados pelos esquemas do próprio contrato; os registros são guardados como o JSON que ele descreve.',
      'The contract was given and is served as it is at `/openapi.json`. Requests are held against its own schemas; records are kept as the JSON that it describes.',
    ),
    '',
    '```sh',
    'pip install ".[dev]"',
    'set -a && . ./.env.example && set +a',
    'python -m app.migrate up && python -m app',
    'ruff check . && ruff format --check . && mypy && pytest --cov',
    '```',
    '',
    `- \`app/contract\`: ${say('o contrato, seus esquemas, e a ligação das operações aos registros', 'the contract, its schemas, and how operations are bound to records')}`,
    `- \`app/core\`: ${say('o mesmo para qualquer contrato: pedidos, validação, registros, respostas, erros', 'the same for any contract: requests, validation, records, answers, errors')}`,
    `- \`app/models\`, \`migrations\`: ${say('uma tabela por recurso', 'one table per resource')}`,
    '',
    say(
      'Credenciais: os tokens de API_TOKENS, no lugar que o contrato diz; um token Bearer vale sempre.',
      'Credentials: the tokens of API_TOKENS, where the contract looks for them; a bearer token always counts.',
    ),
    '',
    `## ${say('Não atendidas (501)', 'Not served (501)')}`,
    '',
    ...(unserved.length > 0 ? unserved : none),
    '',
    `## ${say('Sem efeito', 'Without effect')}`,
    '',
    ...(idle.length > 0 ? idle : none),
    '',
    `## ${say('Suposições', 'Assumptions')}`,
    '',
    ...(plan.assumptions.length > 0 ? plan.assumptions.map((a) => `- ${markdownLine(a)}`) : none),
  ]);
};
