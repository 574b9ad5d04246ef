import type { DomainModel } from '@squados/contracts';
import type { Design } from '../../design-input/index.js';
import { oneLine } from '../text/literals.js';
import type { AppModel, EntityView } from './app-model.js';
import { readContract, type ContractOperation } from './contract.js';
import { entityView, isReachable, operationsOf, type EntityOperations } from './entity-view.js';

export type AppModelRead =
  { readonly ok: true; readonly app: AppModel } | { readonly ok: false; readonly problem: string };

/** The application that a design asks for. What its contract offers and no page reaches is said in the notes. */
export const readAppModel = ({ model, openapi }: Pick<Design, 'model' | 'openapi'>): AppModelRead => {
  const contract = readContract(openapi);
  if (!contract.ok) return { ok: false, problem: `arquitetura/openapi.yaml can't be read: ${contract.problem}` };
  const twin = twice(model.entities.map((e) => e.resource));
  if (twin !== undefined) return { ok: false, problem: `two entities have the same resource, ${twin}` };
  const notes: string[] = [];
  const found = new Map(model.entities.map((e) => [e.name, operationsOf(e, contract.operations)]));
  const entities = viewsOf(model, found, (text) => notes.push(text));
  return {
    ok: true,
    app: {
      product: oneLine(model.product) || 'App',
      language: model.language,
      entities,
      notes: [...notes, ...unreached(contract.operations, found)],
    },
  };
};

const viewsOf = (
  model: DomainModel,
  found: ReadonlyMap<string, EntityOperations>,
  note: (text: string) => void,
): readonly EntityView[] => {
  const reachable = new Set([...found].filter(([, operations]) => isReachable(operations)).map(([name]) => name));
  return model.entities.flatMap((entity) => {
    const operations = found.get(entity.name);
    const view = operations && entityView({ entity, found: operations, reachable, note });
    if (view?.rowFields.some((field) => field.name === 'id')) return [view];
    note(`${entity.name}: under /${entity.resource} the contract answers no row with an id, so it gets no page.`);
    return [];
  });
};

const twice = (names: readonly string[]): string | undefined => names.find((name, i) => names.indexOf(name) !== i);

const unreached = (
  operations: readonly ContractOperation[],
  found: ReadonlyMap<string, EntityOperations>,
): readonly string[] => {
  const used = new Set(
    [...found.values()].flatMap(({ actions, ...rest }) => [
      ...Object.values(rest),
      ...actions.map((action) => action.operation),
    ]),
  );
  return operations
    .filter((operation) => !used.has(operation))
    .map((o) => `${o.method.toUpperCase()} ${oneLine(o.path)}: no page of the application calls this operation.`);
};
