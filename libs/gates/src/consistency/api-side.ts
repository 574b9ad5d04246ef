import type { DomainModel, EntityModel, OperationModel } from '@squados/contracts';
import { deref, isObject, type Json, type JsonObject } from '../openapi/json-tree.js';
import { operationsOf, type Operation } from '../openapi/operations.js';
import { createBodyFaults, schemaFaults } from './api-fields.js';

/** Where a fault is to be mended: a pointer into the API description. */
export interface ApiFault {
  readonly pointer: string;
  readonly message: string;
}

/** Paths that a service has without any entity behind them. */
const TECHNICAL = new Set(['health', 'healthz', 'ready', 'readyz', 'live', 'livez', 'metrics', 'version']);
const PREFIX = /^(?:api|v\d+)$/i;

interface Route {
  readonly operation: Operation;
  /** Without `/api`, `/v1`; a parameter is `{}`. */
  readonly segments: readonly string[];
}

const routeOf = (operation: Operation): Route => {
  const segments = operation.path.split('/').filter((s) => s !== '');
  const start = segments.findIndex((s) => !PREFIX.test(s));
  return { operation, segments: segments.slice(Math.max(0, start)).map((s) => (s.startsWith('{') ? '{}' : s)) };
};

const ROUTES: Readonly<
  Record<Exclude<OperationModel['kind'], 'action'>, { methods: readonly string[]; onItem: boolean }>
> = {
  create: { methods: ['post'], onItem: false },
  list: { methods: ['get'], onItem: false },
  read: { methods: ['get'], onItem: true },
  update: { methods: ['put', 'patch'], onItem: true },
  delete: { methods: ['delete'], onItem: true },
};

const named = (entity: EntityModel, operation: OperationModel): string =>
  `${entity.name}: operation ${operation.action ?? operation.kind}`;

const isActionRoute = (route: Route, entity: EntityModel, action: string): boolean => {
  const [resource, id, ...rest] = route.segments;
  return resource === entity.resource && id === '{}' && rest.at(-1) === action && rest.length <= 2;
};

/** Does this route serve that operation of the entity? */
const serves = (route: Route, entity: EntityModel, operation: OperationModel): boolean => {
  const { method } = route.operation;
  if (operation.kind === 'action') {
    return (
      (method === 'post' || method === 'put' || method === 'patch') &&
      isActionRoute(route, entity, operation.action ?? '')
    );
  }
  const { methods, onItem } = ROUTES[operation.kind];
  const path = onItem ? [entity.resource, '{}'] : [entity.resource];
  return methods.includes(method) && route.segments.join('/') === path.join('/');
};

const asPath = (entity: EntityModel, operation: OperationModel): string => {
  if (operation.kind === 'action') return `POST /${entity.resource}/{id}/${operation.action ?? ''}`;
  const { methods, onItem } = ROUTES[operation.kind];
  return `${methods.join(' or ').toUpperCase()} /${entity.resource}${onItem ? '/{id}' : ''}`;
};

/** `/clientes/{id}/pedidos`: a list of one entity below another that it refers to. */
const isSubList = (route: Route, model: DomainModel): boolean => {
  const [parent, id, child] = route.segments;
  const entities = [parent, child].map((resource) => model.entities.find((e) => e.resource === resource));
  return (
    route.segments.length === 3 &&
    id === '{}' &&
    entities.every((e) => e !== undefined) &&
    route.operation.method === 'get'
  );
};

const isKnown = (route: Route, model: DomainModel): boolean =>
  TECHNICAL.has(route.segments[0] ?? '') ||
  isSubList(route, model) ||
  model.entities.some((entity) => entity.operations.some((operation) => serves(route, entity, operation)));

const missingOperations = (model: DomainModel, routes: readonly Route[]): ApiFault[] =>
  model.entities.flatMap((entity) =>
    entity.operations
      .filter((operation) => !routes.some((route) => serves(route, entity, operation)))
      .map((operation) => ({
        pointer: '/paths',
        message: `${named(entity, operation)} has no ${asPath(entity, operation)}`,
      })),
  );

const extraRoutes = (model: DomainModel, routes: readonly Route[]): ApiFault[] =>
  routes
    .filter((route) => !isKnown(route, model))
    .map(({ operation }) => ({
      pointer: operation.pointer,
      message: `${operation.method.toUpperCase()} ${operation.path} is no operation of the model`,
    }));

const bodySchema = (root: JsonObject, operation: Operation): Json | undefined => {
  const content = deref(root, operation.node['requestBody'])?.['content'];
  const media = isObject(content) ? content['application/json'] : undefined;
  return isObject(media) ? media['schema'] : undefined;
};

const bodyFaults = (root: JsonObject, model: DomainModel, routes: readonly Route[]): ApiFault[] =>
  model.entities.flatMap((entity) =>
    routes
      .filter((route) => serves(route, entity, { kind: 'create', requirement: '' }))
      .flatMap(({ operation }) => {
        const schema = bodySchema(root, operation);
        const faults =
          schema === undefined
            ? [`${operation.method.toUpperCase()} ${operation.path} has no JSON body to create ${entity.name} from`]
            : createBodyFaults(root, entity, schema);
        return faults.map((message) => ({ pointer: `${operation.pointer}/requestBody`, message }));
      }),
  );

const schemasOf = (root: JsonObject): JsonObject => {
  const components = root['components'];
  const schemas = isObject(components) ? components['schemas'] : undefined;
  return isObject(schemas) ? schemas : {};
};

const entitySchemas = (root: JsonObject, model: DomainModel): ApiFault[] => {
  const schemas = schemasOf(root);
  return model.entities.flatMap((entity) => {
    const schema = Object.hasOwn(schemas, entity.name) ? schemas[entity.name] : undefined;
    const pointer = `/components/schemas/${entity.name}`;
    if (schema === undefined)
      return [{ pointer: '/components/schemas', message: `${entity.name} has no schema ${entity.name}` }];
    return schemaFaults(root, entity, schema).map((message) => ({ pointer, message }));
  });
};

/** A schema with an id of its own is an entity, unless it is a variant of one by its name (`ClienteResumo`, `PaginaDeCliente`). */
const extraSchemas = (root: JsonObject, model: DomainModel): ApiFault[] =>
  Object.entries(schemasOf(root)).flatMap(([name, schema]) => {
    const isVariant = model.entities.some((e) => name.includes(e.name));
    const hasId = isObject(schema) && isObject(schema['properties']) && 'id' in schema['properties'];
    return hasId && !isVariant
      ? [{ pointer: `/components/schemas/${name}`, message: `schema ${name} is no entity of the model` }]
      : [];
  });

/** Where the API description and the model differ, in either direction. */
export const apiFaults = (model: DomainModel, root: JsonObject): readonly ApiFault[] => {
  const routes = operationsOf(root).map(routeOf);
  return [
    ...entitySchemas(root, model),
    ...extraSchemas(root, model),
    ...missingOperations(model, routes),
    ...extraRoutes(model, routes),
    ...bodyFaults(root, model, routes),
  ];
};
