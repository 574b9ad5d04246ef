import type { CardSpec, EntityModel } from '@squados/contracts';
import { parse } from 'yaml';
import type { Design } from '../../design-input/index.js';
import { readContract, type ContractProblem } from './read-contract.js';
import { inDependencyOrder } from './dependency-order.js';
import { rulesOf } from './enforcement.js';
import { entityPlan, moduleNames } from './entity-plan.js';
import type { EntityPlan, ServicePlan } from './service-plan.js';

export type Planned =
  | { readonly kind: 'planned'; readonly plan: ServicePlan }
  | { readonly kind: 'unsupported'; readonly problems: readonly ContractProblem[] };

/**
 * Joins the model with its contract. Whatever of the contract no entity of the model accounts for, or the other way round, is named
 * with its place; nothing is left out in silence.
 */
export const planService = (design: Design, card: CardSpec, languageReason: string): Planned => {
  const contract = readContract(parsed(design.openapi));
  if (contract.kind === 'unsupported') return contract;
  const { model } = design;
  const names = moduleNames(model.entities);
  const planned = inDependencyOrder(model.entities).map((e) =>
    entityPlan(e, { model, contract, module: names.get(e.name) ?? '' }),
  );
  const problems = [
    ...planned.flatMap((p) => p.problems),
    ...unaccounted(contract.operations, planned),
    ...repeatedIds(contract.operations),
  ];
  if (problems.length > 0) return { kind: 'unsupported', problems };
  const entities = planned.flatMap((p) => p.entity ?? []);
  const plan: ServicePlan = {
    product: model.product,
    slug: slugOf(model.product),
    language: model.language,
    basePath: contract.basePath,
    entities,
    touched: entities.filter((e) => isTouched(e, design.touched)),
    card,
    designedBy: design.card,
    migrations: design.migrations,
    openapi: design.openapi,
    contract: contract.document,
    problems: contract.problemTitles,
    rules: rulesOf(model),
    languageReason,
  };
  return { kind: 'planned', plan };
};

const parsed = (yaml: string): unknown => {
  try {
    return parse(yaml, { maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
};

const isTouched = (entity: EntityPlan, touched: readonly EntityModel[]): boolean =>
  touched.some((t) => t.name === entity.model.name);

const unaccounted = (
  operations: readonly { readonly path: string; readonly method: string }[],
  planned: readonly { readonly entity?: EntityPlan }[],
): readonly ContractProblem[] => {
  const known = new Set(planned.flatMap((p) => p.entity?.operations.map((o) => `${o.method} ${o.path}`) ?? []));
  return operations
    .filter((o) => !known.has(`${o.method} ${o.path}`))
    .map((o) => ({
      place: `${o.method.toUpperCase()} ${o.path}`,
      message: 'no entity of the domain model has this operation, so there is nothing to write it from',
    }));
};

const repeatedIds = (
  operations: readonly { readonly path: string; readonly method: string; readonly operationId: string }[],
): readonly ContractProblem[] =>
  operations
    .filter((o, i) => operations.findIndex((other) => other.operationId === o.operationId) !== i)
    .map((o) => ({
      place: `${o.method.toUpperCase()} ${o.path}`,
      message: `another operation is called ${o.operationId} already`,
    }));

const MAX_SLUG = 40;
/** ASCII kebab-case of a title; `service` when nothing of it is left. */
export const slugOf = (title: string): string => {
  const words =
    title
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const slug = words
    .join('-')
    .slice(0, MAX_SLUG)
    .replace(/^[0-9-]+|-+$/g, '');
  return slug === '' ? 'service' : slug;
};
