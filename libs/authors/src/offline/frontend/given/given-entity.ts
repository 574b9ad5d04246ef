import type { EntityModel } from '@squados/contracts';
import { shapeOf, type GivenResource, type ServedOperation } from '@squados/importers/contracts';
import type { CallsView, CallView, EntityView, FieldView, RowField } from '../app-model/app-model.js';
import type { FieldContext } from '../app-model/field-view.js';
import { oneLine } from '../text/literals.js';
import { claimer, constantName, fileName, typeName, valueName } from '../text/names.js';
import { callOf, type EntityContext, type GivenInput } from './entity-context.js';
import { formInputs } from './form-inputs.js';
import {
  fieldNames,
  isSameValue,
  memberField,
  membersOf,
  partField,
  type MemberContext,
  type WireMember,
} from './member-fields.js';
import { wireList } from './wire-list.js';
import { wireSend } from './wire-send.js';
import type { IdPart, WireShape, WireView } from './wire-view.js';

/** Functions and types that stand beside the entity's own in its client. */
const BESIDE = ['idOf', 'joinedId', 'partOf', 'instantOf', 'mapped', 'pageOf', 'wholePage', 'onlyRow', 'nothingYet'];

/** One entity of a given contract, as its pages show it and as its client maps it. */
export const givenEntity = (input: GivenInput): EntityView => {
  const context = withSoundUpdate(contextOf(input));
  const parts = partsOf(context);
  const { list, get, create, update } = parts;
  const rowFields = rowsOf([get?.shape, list?.shape].flatMap((shape) => shape ?? []));
  const asked = list?.asked ?? lookupFilters(context);
  const choices = [...rowFields, ...asked.map((f) => f.field), ...formFields(create), ...formFields(update)];
  const wire: WireView = {
    idParts: context.idParts,
    ...parts,
    choices: distinct(choices.filter((f) => f.choice !== undefined)),
  };
  return {
    ...namesOf(context),
    rowFields: [ID, ...rowFields],
    fields: rowFields,
    inputs: byName([...formInputs(create), ...formInputs(update)]),
    choices: united(choices),
    sorts: [],
    hasPaging: list !== undefined && (list.page ?? list.offset) !== undefined,
    filters: asked.map(({ name, field }) => ({ name, label: field.label, kind: field.kind, field })),
    calls: callsOf(context),
    actions: [],
    wire,
    isAsked: asked.some((f) => f.isRequired),
  };
};

/** A form for a row begins with what the row shows: a request that takes none of it has no form. */
const withSoundUpdate = (context: EntityContext): EntityContext => {
  const { get, update } = context.operations;
  if (!get || !update) return context;
  const shown = membersOf(context.members, get.success.schema);
  const taken = membersOf(context.members, update.body?.schema);
  if (taken.some((m) => shown.some((s) => isSameValue(s.field, m.field)))) return context;
  const { update: _update, ...operations } = context.operations;
  context.note(
    `${update.method.toUpperCase()} ${update.path}: it takes nothing of what the record shows, so no form begins with it.`,
  );
  return { ...context, operations };
};

/** Each operation as the client calls it. */
const partsOf = (context: EntityContext): Omit<WireView, 'idParts' | 'choices'> => {
  const { list, get, create, update, remove } = context.operations;
  return given({
    list: list && wireList(context, list),
    get: get && { ...callOf(get), shape: context.shapeFor(get.success.schema) },
    create: create && wireSend(context, create, 'Draft'),
    update: update && wireSend(context, update, 'Change'),
    remove: remove && callOf(remove),
  });
};

const ID: RowField = {
  name: 'id',
  label: 'Id',
  kind: 'string',
  isOptional: false,
  isNullable: false,
  isUnique: true,
  system: true,
};

const given = <T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;

const contextOf = (input: GivenInput): EntityContext => {
  const { entity, root, note } = input;
  const type = typeName(entity.name);
  const value = valueName(type);
  const claim = claimer([type, `${type}Query`, ...BESIDE]);
  const names = fieldNames();
  const model: EntityModel = { ...entity, fields: [], relations: [] };
  const fields: FieldContext = { entity: model, type, reachable: new Set(), claim, note };
  const members: MemberContext = { root, names, fields, choices: new Map() };
  const known = new Map<string, WireShape>();
  const shapeFor = (schema: unknown): WireShape => {
    const key = JSON.stringify(schema);
    const old = known.get(key);
    if (old) return { ...old, isKnown: true };
    const made: WireShape = {
      type: claim(`${type}Wire`, 'Form'),
      mapper: claim(`${value}Of`, 'Form'),
      members: membersOf(members, schema),
      isKnown: false,
    };
    known.set(key, made);
    return made;
  };
  return { ...input, type, value, members, claim, idParts: idPartsOf(input, members), shapeFor };
};

/** The path's parameters that name a row: its parents' keys first, its own last. */
const idPartsOf = ({ resource, operations }: GivenInput, members: MemberContext): readonly IdPart[] => {
  const { get, list, create } = operations;
  const scope = scopeNames(resource, get ?? list ?? create);
  const own = ownPart(resource, get);
  return [
    ...scope.map((parameter) => pathPart(parameter, members)),
    ...(own === undefined ? [] : [keyPart(own, resource, members)]),
  ];
};

const ownPart = ({ key }: GivenResource, get: ServedOperation | undefined): string | undefined =>
  key && (get?.keyParameter ?? key.property);

/** A part that only the path tells. Its name is another one than that of a member of the record. */
const pathPart = (parameter: string, { names }: MemberContext): IdPart => {
  const [name, label] = [names(`${parameter} `), oneLine(parameter) || 'Id'];
  return { parameter, name, label, field: partField(name, label) };
};

const keyPart = (parameter: string, resource: GivenResource, members: MemberContext): IdPart => {
  const member = resource.key?.property;
  if (member === undefined) return pathPart(parameter, members);
  const schema = shapeOf(members.root, resource.schema).members.get(member) ?? { type: 'string' };
  const made = memberField(members, { wire: member, schema, isRequired: true });
  const [name, label] = [members.names(member), oneLine(parameter) || 'Id'];
  return { parameter, name, label, member, field: made?.field ?? partField(name, label) };
};

/** Two operations may call the same parameter of a path by different names. */
const scopeNames = ({ scope }: GivenResource, operation: ServedOperation | undefined): readonly string[] => {
  const inPath = [...(operation?.path ?? '').matchAll(/\{([^{}]+)\}/g)].map((m) => m[1] ?? '');
  return scope.map((name, i) => inPath[i] ?? name);
};

/** Without a list a record is found by what names it. */
const lookupFilters = ({ idParts }: EntityContext) =>
  idParts.map(({ parameter, name, label }) => ({
    wire: parameter,
    name,
    isRequired: true,
    field: partField(name, label),
  }));

/** A field that some answers lack is optional in the row. */
const rowsOf = (shapes: readonly WireShape[]): readonly RowField[] => {
  const [first, ...others] = shapes;
  if (!first) return [];
  return first.members.map(({ field }) => {
    const twins = others.map((o) => o.members.find((m) => isSameValue(m.field, field)));
    return {
      ...field,
      isOptional: field.isOptional || !twins.every((twin) => twin?.isRequired === true),
      isNullable: field.isNullable || twins.some((twin) => twin?.isNullable === true),
      system: false,
    };
  });
};

const byName = (fields: readonly FieldView[]): readonly FieldView[] => [
  ...new Map(fields.map((f) => [f.name, f])).values(),
];

const formFields = (send: { readonly members: readonly WireMember[] } | undefined): readonly FieldView[] =>
  send?.members.map((m) => m.field) ?? [];

const distinct = (fields: readonly FieldView[]): readonly FieldView[] => [
  ...new Map(fields.map((f) => [f.choice?.constant, f])).values(),
];

/** Words for every value that a member may have, wherever it stands. */
const united = (fields: readonly FieldView[]): readonly FieldView[] => {
  const known = new Map<string, FieldView>();
  for (const field of fields) {
    const { choice, name } = field;
    if (!choice) continue;
    const values = new Set([...(known.get(name)?.choice?.values ?? []), ...choice.values]);
    known.set(name, { ...field, choice: { ...choice, values: [...values] } });
  }
  return [...known.values()];
};

const namesOf = ({ entity, type, value }: EntityContext) => ({
  model: entity,
  type,
  value,
  constant: constantName(type),
  file: fileName(type),
  resource: entity.resource,
  label: oneLine(entity.label) || entity.name,
  labelPlural: oneLine(entity.labelPlural) || entity.name,
  sortsConstant: `${constantName(type)}_SORTS`,
});

const IDENTIFIER = /^[a-z][A-Za-z0-9]{3,60}$/;

const callsOf = (context: EntityContext): CallsView => {
  const { operations, type, claim } = context;
  const { list, get, create, update, remove } = operations;
  const call = (operation: ServedOperation | undefined, verb: string): CallView | undefined =>
    operation && callView(context, operation, `${verb}${type}`);
  const changed = update && update === create ? { ...update, id: '' } : update;
  return given({
    list: list ? call(list, 'list') : get && found(get, claim(`find${type}`, 'Call')),
    get: call(get, 'get'),
    create: call(create, 'create'),
    update: call(changed, 'change'),
    remove: call(remove, 'delete'),
  });
};

const callView = (
  { claim, idParts }: EntityContext,
  { id, path, method }: ServedOperation,
  fallback: string,
): CallView => {
  const idParam = idParts.at(-1)?.parameter;
  return {
    fn: claim(IDENTIFIER.test(id) ? valueName(id) : fallback, 'Call'),
    method: method.toUpperCase() as CallView['method'],
    path,
    needsIfMatch: false,
    ...(idParam === undefined ? {} : { idParam }),
  };
};

/** The list of what one reading operation finds. */
const found = ({ path }: ServedOperation, fn: string): CallView => ({ fn, method: 'GET', path, needsIfMatch: false });
