import type { Files } from '@squados/agent-runtime';
import { FOLDER, type BackendWriter } from '../shared/backend-writer.port.js';
import { sayIn } from '../shared/card-note.js';
import type { EntityPlan, ServicePlan } from '../shared/service-plan.js';
import { CORE_FILES } from './core/core-files.js';
import { apiFile, apiIndexFile } from './files/api-file.js';
import { messagesFile } from './files/messages-file.js';
import { modelFile, modelsFile } from './files/model-file.js';
import { envFile, pyprojectFile, readmeFile } from './files/project-files.js';
import { repositoryFile } from './files/repository-file.js';
import { schemaFile } from './files/schema-file.js';
import { serviceFile } from './files/service-file.js';
import { integrationTestFile, isStorable, sampleFile, unitTestFile } from './files/test-files.js';
import { namesOf } from './python-names.js';

type TextFile = readonly [path: string, text: string];

const PACKAGES = [
  'app',
  'app/contract',
  'app/core',
  'app/repositories',
  'app/schemas',
  'app/services',
  'tests',
  'tests/contract',
  'tests/integration',
  'tests/samples',
  'tests/unit',
];

const entityFiles = (plan: ServicePlan): readonly TextFile[] =>
  plan.entities.flatMap((entity): readonly TextFile[] => {
    const { module } = namesOf(entity);
    return [
      [`app/api/${module}.py`, apiFile(entity)],
      [`app/models/${module}.py`, modelFile(entity, plan)],
      [`app/repositories/${module}.py`, repositoryFile(entity)],
      [`app/schemas/${module}.py`, schemaFile(entity, plan)],
      [`app/services/${module}.py`, serviceFile(entity, plan)],
      [`tests/samples/${module}.py`, sampleFile(entity, plan)],
      ...testFiles(entity, plan),
    ];
  });

const UNIT = 'tests/unit/test_';
const INTEGRATION = 'tests/integration/test_';

const testFiles = (entity: EntityPlan, plan: ServicePlan): readonly TextFile[] => {
  const { module } = namesOf(entity);
  const unit: TextFile = [`${UNIT}${module}_rules.py`, unitTestFile(entity)];
  return isStorable(entity, plan) ? [unit, [`${INTEGRATION}${module}_api.py`, integrationTestFile(entity)]] : [unit];
};

const migrationFiles = (plan: ServicePlan): readonly TextFile[] =>
  plan.migrations.flatMap(({ name, up, down }): readonly TextFile[] => [
    [`migrations/${name}.up.sql`, up],
    [`migrations/${name}.down.sql`, down],
  ]);

const projectFiles = (plan: ServicePlan): readonly TextFile[] => [
  ['.env.example', envFile(plan)],
  ['README.md', readmeFile(plan, assumptionsOf(plan))],
  ['pyproject.toml', pyprojectFile(plan)],
  ['app/api/__init__.py', apiIndexFile(plan)],
  ['app/contract/openapi.json', `${JSON.stringify(plan.contract, null, 2)}\n`],
  ['app/core/messages.py', messagesFile(plan)],
  ['app/models/__init__.py', modelsFile(plan)],
  ...PACKAGES.map((folder): TextFile => [`${folder}/__init__.py`, '']),
];

const write = (plan: ServicePlan): Files =>
  new Map(
    [...projectFiles(plan), ...CORE_FILES, ...entityFiles(plan), ...migrationFiles(plan)].map(([path, text]) => [
      `${FOLDER}/${path}`,
      text,
    ]),
  );

const assumptionsOf = (plan: ServicePlan): readonly string[] => {
  const say = sayIn(plan.language);
  const times = plan.entities.some((e) => e.model.fields.some((f) => f.type === 'time'));
  return [
    say(
      'Os tokens são opacos e vêm de API_TOKENS e API_READ_TOKENS; o contrato não diz quem os emite.',
      'Tokens are opaque and come from API_TOKENS and API_READ_TOKENS; the contract does not say who issues them.',
    ),
    say(
      'Uma referência que não leva a nada é 422; uma transição proibida e um valor repetido são 409.',
      'A reference that leads nowhere is 422; a forbidden move and a repeated value are 409.',
    ),
    ...(times
      ? [say('Horários são guardados e devolvidos em UTC.', 'Times of day are kept and answered in UTC.')]
      : []),
    ...patterns(plan),
    ...plan.entities
      .filter((e) => !isStorable(e, plan))
      .map((e) =>
        say(
          `${e.model.name} nunca pode ser criado: suas referências obrigatórias formam um círculo.`,
          `A ${e.model.name} can never be created: its required references form a circle.`,
        ),
      ),
  ];
};

const patterns = (plan: ServicePlan): readonly string[] =>
  plan.entities.flatMap((e) =>
    e.model.fields
      .filter((f) => f.pattern !== undefined)
      .map((f) =>
        sayIn(plan.language)(
          `O padrão de ${e.model.name}.${f.name} não está no contrato e não é imposto.`,
          `The pattern of ${e.model.name}.${f.name} is not in the contract and is not enforced.`,
        ),
      ),
  );

const testsOf = (plan: ServicePlan): readonly string[] =>
  plan.touched.flatMap((entity) => testFiles(entity, plan).map(([path]) => path));

/** Services in Python: FastAPI, Pydantic 2, SQLAlchemy 2, psycopg 3. */
export const createPythonWriter = (): BackendWriter => ({
  language: 'python',
  write,
  testsOf,
  assumptions: assumptionsOf,
});
