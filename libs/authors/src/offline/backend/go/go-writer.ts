import type { Files } from '@squados/agent-runtime';
import { FOLDER, type BackendWriter } from '../shared/backend-writer.port.js';
import type { ServicePlan } from '../shared/service-plan.js';
import { goEntities, type GoEntity } from './entity/go-entity.js';
import { writeHandler } from './entity/write-handler.js';
import { writeModel } from './entity/write-model.js';
import { limitsOf, writeLimits } from './entity/write-limits.js';
import { writeRepository } from './entity/write-repository.js';
import { writeService } from './entity/write-service.js';
import { DB_LIMIT } from './platform/db-limit.js';
import { PLATFORM } from './platform/index.js';
import { MODULE, type PlatformFile } from './platform/platform-file.js';
import { assumptionsOf } from './project/assumptions.js';
import { GO_MOD, GO_SUM } from './project/go-modules.js';
import { writeApp } from './project/write-app.js';
import { writeReadme } from './project/write-readme.js';
import { writeText } from './project/write-text.js';
import { beginnable } from './testing/references.js';
import { writeContractTest } from './testing/write-contract-test.js';
import { writeDbtestRows } from './testing/write-dbtest.js';
import { writeHandlerTest } from './testing/write-handler-test.js';
import { writeModelTest } from './testing/write-model-test.js';
import { writeRepositoryTest } from './testing/write-repository-test.js';
import { writeServiceTest } from './testing/write-service-test.js';

type Entry = readonly [path: string, text: string];

const entityFiles = (
  entity: GoEntity,
  entities: readonly GoEntity[],
  beginning: ReadonlySet<string>,
): readonly Entry[] => {
  const at = (file: string): string => `internal/${entity.pkg}/${file}.go`;
  return [
    [at('model'), writeModel(entity)],
    [at('service'), writeService(entity)],
    [at('handler'), writeHandler(entity)],
    [at('repository'), writeRepository(entity)],
    ...limitFile(entity, entities, at('limits')),
    [at('model_test'), writeModelTest(entity)],
    [at('service_test'), writeServiceTest(entity)],
    [at('handler_test'), writeHandlerTest(entity)],
    ...(beginning.has(entity.plan.model.name)
      ? [[at('repository_test'), writeRepositoryTest(entity, { entities, beginning })] as const]
      : []),
  ];
};

const limitFile = (entity: GoEntity, entities: readonly GoEntity[], path: string): readonly Entry[] => {
  const limits = limitsOf(entity, entities);
  return limits.length === 0 ? [] : [[path, writeLimits(entity, limits)]];
};

const migrationFiles = (plan: ServicePlan): readonly Entry[] =>
  plan.migrations.flatMap((m): readonly Entry[] => [
    [`migrations/${m.name}.up.sql`, m.up],
    [`migrations/${m.name}.down.sql`, m.down],
  ]);

const platformOf = (plan: ServicePlan): readonly PlatformFile[] =>
  plan.entities.some((e) => e.limits.length > 0) ? [...PLATFORM, DB_LIMIT] : PLATFORM;

const projectFiles = (
  plan: ServicePlan,
  entities: readonly GoEntity[],
  beginning: ReadonlySet<string>,
): readonly Entry[] => {
  const module = `app.local/${plan.slug}`;
  return [
    ['README.md', writeReadme(plan, entities)],
    ['go.mod', `module ${module}\n\n${GO_MOD}`],
    ['go.sum', GO_SUM],
    ['api/openapi.json', `${JSON.stringify(plan.contract, null, 2)}\n`],
    ['internal/app/app.go', writeApp(plan, entities, module)],
    ['internal/app/contract_test.go', writeContractTest(plan, entities, module)],
    ['internal/platform/text/text.go', writeText(plan)],
    ['internal/platform/dbtest/rows.go', writeDbtestRows(entities, beginning)],
    ...platformOf(plan).map((file): Entry => [file.path, file.source.replaceAll(MODULE, module)]),
  ];
};

const write = (plan: ServicePlan): Files => {
  const entities = goEntities(plan);
  const beginning = beginnable(entities);
  const files = [
    ...projectFiles(plan, entities, beginning),
    ...migrationFiles(plan),
    ...entities.flatMap((e) => entityFiles(e, entities, beginning)),
  ];
  return new Map(files.map(([path, text]) => [`${FOLDER}/${path}`, text]));
};

/** Writes the service in Go: Gin, pgx, one package per entity, PostgreSQL. */
export const goWriter: BackendWriter = {
  language: 'go',
  write,
  testsOf: (plan) => {
    const touched = new Set(plan.touched.map((e) => e.model.name));
    return goEntities(plan)
      .filter((e) => touched.has(e.plan.model.name))
      .map((e) => `./internal/${e.pkg}`);
  },
  assumptions: assumptionsOf,
};
