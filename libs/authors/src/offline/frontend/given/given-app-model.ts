import type { DomainModel } from '@squados/contracts';
import { planContract, type GivenPlan, type JsonObject } from '@squados/importers/contracts';
import type { Design } from '../../design-input/index.js';
import type { AppModel, EntityView } from '../app-model/app-model.js';
import { oneLine } from '../text/literals.js';
import { givenEntity } from './given-entity.js';
import { unenterable } from './member-fields.js';
import { pageOperations, type Left, type PageOperations } from './page-operations.js';

export type GivenAppRead =
  | { readonly ok: true; readonly app: AppModel; readonly errorMembers: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const CONTRACT = 'arquitetura/openapi.yaml';

/** The application that a given contract asks for. Each operation that no page reaches is in the notes, with its reason. */
export const readGivenApp = ({ model, openapi }: Pick<Design, 'model' | 'openapi'>): GivenAppRead => {
  const planned = planContract(new TextEncoder().encode(openapi), CONTRACT);
  if (planned.kind === 'refused') return { ok: false, problem: `${planned.message}: ${planned.remedy}` };
  const { plan, root } = planned;
  const notes: string[] = [];
  const entities = plan.resources.flatMap((resource) => {
    const entity = model.entities.find((e) => e.name === resource.name);
    if (!entity) return [];
    const { operations, left } = enterable(root, pageOperations(plan, resource));
    notes.push(...left.map(said));
    if (operations.list === undefined && operations.get === undefined) return [];
    const view = givenEntity({ root, resource, entity, operations, note: (text) => notes.push(oneLine(text)) });
    if (view.fields.length > 0) return [view];
    notes.push(...unshown(operations));
    return [];
  });
  notes.push(...refused(plan));
  return { ok: true, app: appOf(model, entities, [...new Set(notes)]), errorMembers: errorMembers(plan) };
};

/** Records without a member that a page could show have no page. */
const unshown = (operations: Omit<PageOperations, 'left'>): readonly string[] =>
  [...new Set(Object.values(operations))].map((operation) =>
    said({ operation, reason: 'its records have no member of one kind that a page could show' }),
  );

const appOf = (model: DomainModel, entities: readonly EntityView[], notes: readonly string[]): AppModel => ({
  product: oneLine(model.product) || 'App',
  language: model.language,
  entities,
  notes,
  isGiven: true,
});

const said = ({ operation, reason }: Left): string =>
  `${operation.method.toUpperCase()} ${oneLine(operation.path)}: ${oneLine(reason)}.`;

const refused = (plan: GivenPlan): readonly string[] =>
  plan.operations.flatMap((o) =>
    o.support === 'refused'
      ? [
          `${o.method.toUpperCase()} ${oneLine(o.path)}: the service does not serve it: ${oneLine(o.reasons.join('; '))}.`,
        ]
      : [],
  );

/** A form whose required members no page can enter is none. */
const enterable = (
  root: JsonObject,
  { left, ...operations }: PageOperations,
): { readonly operations: Omit<PageOperations, 'left'>; readonly left: readonly Left[] } => {
  const lost = (['create', 'update'] as const).flatMap((call) => {
    const operation = operations[call];
    const names = operation ? unenterable(root, operation.body?.schema) : [];
    const reason = `no page can enter what its body must hold: ${names.join(', ')}`;
    return operation && names.length > 0 ? [{ call, operation, reason }] : [];
  });
  const gone = new Set<string>(lost.map(({ call }) => call));
  const kept = Object.fromEntries(Object.entries(operations).filter(([call]) => !gone.has(call)));
  const news = lost.filter(({ operation }, i) => lost.findIndex((l) => l.operation === operation) === i);
  return { operations: kept as typeof operations, left: [...left, ...news] };
};

/** Where errors of this contract say what happened. */
const errorMembers = (plan: GivenPlan): readonly string[] => [
  ...new Set(
    plan.operations.flatMap((o) =>
      o.support === 'served'
        ? Object.values(o.errors).flatMap((e) => e.members.flatMap((m) => (m.from === 'detail' ? [m.name] : [])))
        : [],
    ),
  ),
];
