import type {
  GivenError,
  GivenList,
  GivenOperation,
  GivenPlan,
  GivenResource,
  Json,
  ServedOperation,
} from '@squados/importers/contracts';
import {
  componentSchemas,
  createSchemaChecker,
  sampleValue,
  schema2020,
  type JsonObject,
} from '@squados/importers/contracts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** `operations.json`: how operations are bound to records, in the service's own words. */
export const operationsJson = (plan: GivenPlan): string =>
  json({
    base_path: plan.basePath,
    credentials: plan.credentials.map((c) =>
      c.scheme === 'key' ? { scheme: c.scheme, place: c.in, name: c.name } : c,
    ),
    resources: Object.fromEntries(plan.resources.map((r) => [r.name, resourceJson(r)])),
    operations: plan.operations.map(operationJson),
  });

const resourceJson = (r: GivenResource): object => ({
  name: r.name,
  path: r.path,
  scope: r.scope,
  parent: r.parent ?? null,
  key: r.key ? { member: r.key.property ?? null, type: r.key.type, made: r.key.made ?? null } : null,
  defaults: r.defaults,
});

const operationJson = (o: GivenOperation): object => {
  const { id, path } = o;
  const method = o.method.toUpperCase();
  return o.support === 'refused'
    ? { id, method, path, kind: 'unserved', reasons: o.reasons }
    : { id, method, path, ...servedJson(o) };
};

const servedJson = (o: ServedOperation): object => ({
  kind: o.kind,
  resource: o.resource,
  secured: o.isSecured,
  key_parameter: o.keyParameter ?? null,
  parameters: o.parameters.map((p) => ({
    name: p.name,
    place: p.in,
    required: p.required,
    type: p.type,
    is_list: p.isList,
    separator: p.separator ?? null,
  })),
  body: o.body ? { required: o.body.required, refused: o.body.refused } : null,
  success: {
    status: o.success.status,
    status_when_made: o.success.statusWhenMade ?? null,
    media: o.success.media ?? null,
    shape: o.success.shape,
    members: o.success.members ?? null,
  },
  listing: o.list ? listJson(o.list) : null,
  errors: Object.fromEntries(
    Object.entries(o.errors).map(([status, error]) => [status.replace(/xx$/i, 'XX'), errorJson(error)]),
  ),
});

const listJson = ({ page, size, offset, filters, members }: GivenList): object => ({
  page: page ?? null,
  size: size ?? null,
  offset: offset ?? null,
  filters,
  members: members.map((m) => ({
    at: m.at,
    source: m.from,
    name: m.name ?? null,
    value: m.value ?? null,
    optional: m.optional ?? false,
  })),
});

const errorJson = ({ media, members }: GivenError): object => ({
  media,
  members: members.map((m) => ({ name: m.name, source: m.from, value: m.value ?? null })),
});

/** `schemas.json`: the contract's schemas as JSON Schema 2020-12, with what each operation takes and answers. */
export const schemasJson = (plan: GivenPlan, root: JsonObject): string => {
  const is30 = plan.openapi.startsWith('3.0');
  const of = (schema: JsonObject | undefined): Json | undefined => schema && schema2020(schema, is30);
  const operations = plan.operations.flatMap((o) =>
    o.support === 'served'
      ? [
          [
            o.id,
            {
              parameters: o.parameters.map((p) => of(p.schema)),
              body: of(o.body?.schema),
              answer: of(o.success.schema),
            },
          ] as const,
        ]
      : [],
  );
  return json({ ...componentSchemas(root), operations: Object.fromEntries(operations) });
};

/** `samples.json`: for tests, a request for each operation and a record of each resource, each checked against its schema. */
export const samplesJson = (plan: GivenPlan, root: JsonObject): string => {
  const fits = createSchemaChecker(root);
  const records = plan.resources.flatMap((r) => {
    const value = sampleValue({ root, isAnswer: true }, r.schema);
    return fits(r.schema, value) ? [[r.name, value] as const] : [];
  });
  const operations = plan.operations.flatMap((o) =>
    o.support === 'served' && o.sample ? [[o.id, o.sample] as const] : [],
  );
  return json({ operations: Object.fromEntries(operations), records: Object.fromEntries(records) });
};
