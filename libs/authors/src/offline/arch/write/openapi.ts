import type { DomainModel, EntityModel, OperationModel } from '@squados/contracts';
import { pascal } from '../text/identifiers.js';
import { oneLine } from './escape.js';
import { fieldSchema, inputExample, schemaNames, schemasOf, type Json, type JsonObject } from './openapi-schemas.js';
import { errorResponses, ref, responses, type Context } from './openapi-errors.js';
import { toYaml } from './yaml.js';

const etag = ({ say }: Context): JsonObject => ({
  ETag: {
    description: say('Versão do registro, para If-Match', 'Version of the row, for If-Match'),
    schema: { type: 'string', maxLength: 40, examples: ['"1"'] },
  },
});
const one = (ctx: Context, entity: EntityModel, description: string): JsonObject => ({
  description,
  headers: etag(ctx),
  content: { 'application/json': { schema: ref('schemas', entity.name) } },
});
const body = (ctx: Context, entity: EntityModel): JsonObject => ({
  required: true,
  content: {
    'application/json': { schema: ref('schemas', schemaNames(entity, ctx.model).input), example: inputExample(entity) },
  },
});

const requirementText = (ctx: Context, operation: OperationModel): string =>
  operation.requirement === 'assumption'
    ? ctx.say('Suposição: o texto não a nomeia.', 'Assumption: the text does not name it.')
    : `${ctx.say('Requisito', 'Requirement')}: ${oneLine(operation.requirement)}.`;

const find = (entity: EntityModel, kind: OperationModel['kind']): OperationModel =>
  entity.operations.find((o) => o.kind === kind) ?? { kind, requirement: 'assumption' };

interface Described {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
}

const operation = (entity: EntityModel, what: Described, rest: JsonObject): JsonObject => ({
  operationId: what.id,
  tags: [entity.name],
  summary: what.summary,
  description: what.description,
  ...rest,
});

const FILTERED = new Set(['enum', 'boolean', 'date', 'uuid']);
const filters = (ctx: Context, entity: EntityModel): readonly JsonObject[] => {
  const by = (name: string, schema: JsonObject): JsonObject => ({
    name,
    in: 'query',
    required: false,
    description: ctx.say(`Somente os de ${name} igual a este valor`, `Only those whose ${name} equals this value`),
    schema,
  });
  return [
    ...entity.relations.map((r) => by(r.field, { type: 'string', format: 'uuid' })),
    ...entity.fields
      .filter((f) => FILTERED.has(f.type) && !PAGING.has(f.name))
      .map((f) => by(f.name, withoutExamples(fieldSchema({ ...f, required: true })))),
  ];
};
const PAGING = new Set(['page', 'size', 'sort']);
const withoutExamples = (schema: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([k]) => k !== 'examples' && k !== 'default'));

const sortable = (entity: EntityModel): readonly string[] =>
  [
    'created_at',
    'updated_at',
    ...entity.fields.filter((f) => f.type !== 'json' && f.type !== 'text').map((f) => f.name),
  ].flatMap((n) => [n, `-${n}`]);
const sort = (ctx: Context, entity: EntityModel): JsonObject => ({
  name: 'sort',
  in: 'query',
  required: false,
  description: ctx.say(
    'Campo da ordenação; com - à frente, decrescente',
    'Field to sort by; with - in front, descending',
  ),
  schema: { type: 'string', enum: sortable(entity), default: '-created_at' },
});

const collection = (ctx: Context, entity: EntityModel): JsonObject => {
  const [list, create] = [find(entity, 'list'), find(entity, 'create')];
  const { labelPlural, label } = { labelPlural: oneLine(entity.labelPlural), label: oneLine(entity.label) };
  const page = {
    description: ctx.say('Uma página', 'One page'),
    content: { 'application/json': { schema: ref('schemas', schemaNames(entity, ctx.model).page) } },
  };
  return {
    get: operation(
      entity,
      {
        id: `list${entity.name}`,
        summary: `${ctx.say('Listar', 'List')} ${labelPlural}`,
        description: requirementText(ctx, list),
      },
      {
        parameters: [ref('parameters', 'Page'), ref('parameters', 'Size'), sort(ctx, entity), ...filters(ctx, entity)],
        responses: { '200': page, ...responses(['400', '401', '403']) },
      },
    ),
    post: operation(
      entity,
      {
        id: `create${entity.name}`,
        summary: `${ctx.say('Criar', 'Create')} ${label}`,
        description: requirementText(ctx, create),
      },
      {
        requestBody: body(ctx, entity),
        responses: {
          '201': {
            ...one(ctx, entity, ctx.say('Criado', 'Created')),
            headers: {
              ...etag(ctx),
              Location: {
                description: ctx.say('Endereço do registro', 'Address of the row'),
                schema: { type: 'string', format: 'uri-reference', maxLength: 2048 },
              },
            },
          },
          ...responses(['400', '401', '403', '409', '422']),
        },
      },
    ),
  };
};

const item = (ctx: Context, entity: EntityModel): JsonObject => {
  const label = oneLine(entity.label);
  return {
    parameters: [ref('parameters', 'Id')],
    get: operation(
      entity,
      {
        id: `get${entity.name}`,
        summary: `${ctx.say('Consultar', 'Get')} ${label}`,
        description: requirementText(ctx, find(entity, 'read')),
      },
      {
        responses: {
          '200': one(ctx, entity, ctx.say('Encontrado', 'Found')),
          ...responses(['400', '401', '403', '404']),
        },
      },
    ),
    put: operation(
      entity,
      {
        id: `update${entity.name}`,
        summary: `${ctx.say('Alterar', 'Update')} ${label}`,
        description: requirementText(ctx, find(entity, 'update')),
      },
      {
        parameters: [ref('parameters', 'IfMatch')],
        requestBody: body(ctx, entity),
        responses: {
          '200': one(ctx, entity, ctx.say('Alterado', 'Changed')),
          ...responses(['400', '401', '403', '404', '409', '412', '422']),
        },
      },
    ),
    delete: operation(
      entity,
      {
        id: `delete${entity.name}`,
        summary: `${ctx.say('Excluir', 'Delete')} ${label}`,
        description: requirementText(ctx, find(entity, 'delete')),
      },
      {
        parameters: [ref('parameters', 'IfMatch')],
        responses: {
          '204': { description: ctx.say('Excluído', 'Deleted') },
          ...responses(['400', '401', '403', '404', '409', '412']),
        },
      },
    ),
  };
};

const transitionText = (ctx: Context, entity: EntityModel, action: string): string => {
  const own = (entity.states?.transitions ?? []).filter((t) => t.action === action);
  const moves = own.map((t) => (t.from === t.to ? t.from : `${t.from} → ${t.to}`));
  const word = own.every((t) => t.from === t.to)
    ? ctx.say('Permitida em', 'Allowed in')
    : ctx.say('Transição', 'Transition');
  return moves.length === 0 ? '' : ` ${word}: ${oneLine(moves.join('; '))}.`;
};

const actionPath = (ctx: Context, entity: EntityModel, act: OperationModel): JsonObject => {
  const action = act.action ?? '';
  return {
    parameters: [ref('parameters', 'Id')],
    post: operation(
      entity,
      {
        id: `${action.replace(/-([a-z0-9])/g, (_m, c: string) => c.toUpperCase())}${entity.name}`,
        summary: `${pascal(action)} – ${oneLine(entity.label)}`,
        description: requirementText(ctx, act) + transitionText(ctx, entity, action),
      },
      {
        parameters: [ref('parameters', 'IfMatch')],
        responses: {
          '200': one(ctx, entity, ctx.say('Feito', 'Done')),
          ...responses(['400', '401', '403', '404', '409', '412', '422']),
        },
      },
    ),
  };
};

const actionsOf = (entity: EntityModel): readonly OperationModel[] =>
  entity.operations.filter((o) => o.kind === 'action' && o.action !== undefined);

const pathsOf = (ctx: Context): JsonObject =>
  Object.fromEntries(
    ctx.model.entities.flatMap(
      (e) =>
        [
          [`/${e.resource}`, collection(ctx, e)],
          [`/${e.resource}/{id}`, item(ctx, e)],
          ...actionsOf(e).map((a) => [`/${e.resource}/{id}/${a.action ?? ''}`, actionPath(ctx, e, a)] as const),
        ] as (readonly [string, Json])[],
    ),
  );

const parametersOf = ({ say }: Context): JsonObject => ({
  Id: {
    name: 'id',
    in: 'path',
    required: true,
    description: say('Identificador do registro', 'Identifier of the row'),
    schema: { type: 'string', format: 'uuid' },
  },
  Page: {
    name: 'page',
    in: 'query',
    required: false,
    description: say('Página, a partir de 1', 'Page, from 1'),
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 1_000_000, default: 1 },
  },
  Size: {
    name: 'size',
    in: 'query',
    required: false,
    description: say('Itens por página', 'Items per page'),
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 100, default: 20 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: say('Versão que se leu (ETag)', 'Version that was read (ETag)'),
    schema: { type: 'string', maxLength: 40 },
    example: '"1"',
  },
});

/** The contract of a model as OpenAPI 3.1: what can be done with each entity, with paging, filters, optimistic locking and problem+json. */
export const openApiOf = (model: DomainModel): JsonObject => {
  const ctx: Context = { model, say: (pt, en) => (model.language === 'pt' ? pt : en) };
  return {
    openapi: '3.1.0',
    info: {
      title: oneLine(model.product) || 'API',
      version: '1.0.0',
      description: ctx.say('Contrato derivado do modelo de domínio.', 'Contract derived from the domain model.'),
      license: {
        name: ctx.say('Proprietária (suposição)', 'Proprietary (assumption)'),
        identifier: 'LicenseRef-Proprietary',
      },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    tags: model.entities.map((e) => ({ name: e.name, description: oneLine(e.labelPlural) })),
    paths: pathsOf(ctx),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      parameters: parametersOf(ctx),
      responses: errorResponses(ctx),
      schemas: schemasOf(model),
    },
  };
};

export const writeOpenApi = (model: DomainModel): string => toYaml(openApiOf(model));
