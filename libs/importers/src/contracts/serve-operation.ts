import type {
  GivenBody,
  GivenError,
  GivenList,
  GivenOperation,
  GivenResource,
  GivenSuccess,
  JsonObject,
  ServedKind,
  ServedOperation,
} from './given-plan.js';
import { present } from './document.js';
import type { DraftOperation } from './draft-operations.js';
import { errorOf } from './error-answer.js';
import { arrayItems, listOfParameters, wrappingOf } from './list-answer.js';
import { answeredRecord, type Group } from './resources.js';
import { sampleOf } from './samples.js';
import type { SchemaChecker } from './schema-checker.js';
import { keyword, shapeOf } from './shape.js';
import { supplyOf } from './supply.js';

/** A resource with what its operations need to know of each other. */
export interface Serving {
  readonly group: Group;
  readonly resource: GivenResource;
  readonly makers: ReadonlySet<DraftOperation>;
  readonly bodies: readonly JsonObject[];
  readonly refused: readonly (readonly string[])[];
}

interface Sought extends Serving {
  readonly root: JsonObject;
  readonly draft: DraftOperation;
  readonly fits: SchemaChecker;
}

/** An operation beside the others of its resource: how it is served, or every reason why it is not. */
export const serveOperation = (sought: Sought): GivenOperation => {
  const { draft } = sought;
  const { operation } = draft;
  const { id, method, path, line, summary } = operation;
  const told = { id, method, path, line, summary };
  const reasons = [...draft.reasons, ...(draft.reasons.length === 0 ? reasonsBeside(sought) : [])];
  const kind = draft.kind && kindBeside(sought, draft.kind);
  const { success } = draft;
  if (reasons.length > 0 || !kind || !success) return { support: 'refused', ...told, reasons: [...new Set(reasons)] };
  return { support: 'served', ...told, ...servedParts(sought, kind) };
};

const servedParts = (
  sought: Sought,
  kind: ServedKind,
): Omit<ServedOperation, 'support' | 'id' | 'method' | 'path' | 'line' | 'summary'> => {
  const { draft } = sought;
  const { list, idle } = listFor(sought, kind);
  const body = bodyFor(sought);
  const sample = sampleOf(sought.root, { draft, fits: sought.fits, refused: body?.refused ?? [] });
  return {
    kind,
    resource: sought.resource.name,
    isSecured: draft.operation.isSecured,
    ...present('keyParameter', draft.keyParameter),
    parameters: draft.parameters,
    ...present('body', body),
    success: successFor(sought, kind),
    ...present('list', list),
    errors: errorsFor(sought),
    limits: [
      ...limitsOf(sought, idle),
      ...sought.refused.filter(() => body).map(refusedWords),
      ...(sample ? [] : [UNTRIED]),
    ],
    ...present('sample', sample),
  };
};

const UNTRIED = 'no request that fits its schemas could be made up, so no test calls it';
const refusedWords = (at: readonly string[]): string =>
  `a request with ${at.join('.')} is refused: the answer must tell more of it than any request says`;

/** `put` makes what is not there only where the contract says so (201) or no other way exists. */
const kindBeside = ({ makers, draft }: Sought, kind: ServedKind): ServedKind =>
  kind === 'put' && !makers.has(draft) ? 'replace' : kind;

const reasonsBeside = (sought: Sought): readonly string[] => {
  const { root, draft, resource, makers, bodies } = sought;
  const whole = wholeReason(sought);
  if (whole !== undefined) return [whole];
  const unnamed = [
    ...keyReasons(sought),
    ...emptyReasons(sought),
    ...askedReasons(sought),
    ...lostAround(sought).map((member) => `its answer must hold ${member}, which nothing tells`),
  ];
  const answer = answeredRecord(root, draft);
  if (!answer || makers.size === 0) return unnamed;
  const { lost } = supplyOf({ root, answer, bodies, at: [], resource });
  return [
    ...unnamed,
    ...lost.map((member) => `its answer must hold ${member}, which no request carries and the service can't know`),
  ];
};

/** Operations that store and tell nothing. */
const emptyReasons = ({ draft, group, makers }: Sought): readonly string[] => {
  if (draft.kind === 'create' && !draft.body && !draft.success?.content)
    return ['it takes no body and answers no record: what it does is told in words only'];
  const isKnown = makers.size > 0 || group.operations.some((d) => d.kind === 'read' || d.kind === 'list');
  return draft.kind === 'delete' && !isKnown ? ['nothing in the contract makes or reads what it deletes'] : [];
};

/** A parameter that must be sent and that no record answers to asks for something only words tell. */
const askedReasons = ({ root, draft }: Sought): readonly string[] => {
  const { idle } = listFor({ root, draft }, draft.kind ?? 'read');
  return draft.parameters
    .filter((p) => p.in === 'query' && p.required && idle.includes(p.name))
    .map((p) => `its required query parameter ${p.name} asks for something that no member of the record answers to`);
};

/** One record is meant, and the path names none. */
const wholeReason = ({ draft, resource }: Sought): string | undefined => {
  const isWhole = draft.keyParameter === undefined && resource.key !== undefined;
  if (!isWhole || draft.kind === 'list' || draft.kind === 'create') return undefined;
  return draft.kind === 'read'
    ? 'it reads one record without saying which'
    : 'it changes records without saying in its path which';
};

const lostAround = ({ root, draft }: Sought): readonly string[] => {
  const schema = draft.kind === 'list' ? draft.success?.content?.schema : undefined;
  return schema ? (wrappingOf(root, schema, draft.parameters)?.lost ?? []) : [];
};

/** Whether every request says the key. */
const isNamed = (root: JsonObject, { body }: DraftOperation, property: string | undefined): boolean =>
  property !== undefined && body !== undefined && shapeOf(root, body.schema).required.has(property);

const keyReasons = ({ root, draft, resource, group }: Sought): readonly string[] => {
  const { key } = resource;
  if (!key || draft.kind !== 'create' || isNamed(root, draft, key.property)) return [];
  if (key.made === undefined)
    return ["it makes a record whose key the service can't make up within the contract's rules"];
  const isTold = key.property !== undefined || group.operations.every((d) => d.keyParameter === undefined);
  return isTold ? [] : ["its answer does not tell the new record's key, which other paths ask for"];
};

const membersAround = (root: JsonObject, schema: JsonObject, { parameters }: DraftOperation): GivenList['members'] =>
  arrayItems(root, schema) ? [] : (wrappingOf(root, schema, parameters)?.members ?? []);

const listFor = (
  { root, draft }: Pick<Sought, 'root' | 'draft'>,
  kind: ServedKind,
): { readonly list?: GivenList; readonly idle: readonly string[] } => {
  const schema = draft.success?.content?.schema;
  const queries = draft.parameters.filter((p) => p.in === 'query').map((p) => p.name);
  if (kind !== 'list' || !schema) return { idle: queries };
  const { list, idle } = listOfParameters(root, draft.parameters, answeredRecord(root, draft) ?? {});
  return { list: { ...list, members: membersAround(root, schema, draft) }, idle };
};

const limitsOf = ({ draft }: Sought, idle: readonly string[]): readonly string[] => [
  ...idle.map((name) => `the query parameter ${name} is checked and changes nothing`),
  ...draft.parameters
    .filter((p) => p.in === 'header' || p.in === 'cookie')
    .map((p) => `the ${p.in} ${p.name} is checked and changes nothing`),
];

const bodyFor = ({ draft, refused }: Sought): GivenBody | undefined =>
  draft.body && { required: draft.body.required, schema: draft.body.schema, refused };

const successFor = (sought: Sought, kind: ServedKind): GivenSuccess => {
  const { root, draft } = sought;
  const { status, statusWhenMade, content } = draft.success ?? { status: 200 };
  const told = { status, ...present('statusWhenMade', kind === 'put' ? statusWhenMade : undefined) };
  if (!content) return { ...told, shape: 'none' };
  const record = answeredRecord(root, draft);
  const list = content.schema && arrayItems(root, content.schema) ? 'array' : 'wrapped';
  return {
    ...told,
    media: mediaOf(content.media),
    shape: kind === 'list' ? list : 'record',
    ...present('schema', content.schema),
    ...present('members', record && membersOf(root, record)),
  };
};

/** A range answers plain JSON. */
const mediaOf = (media: string): string =>
  media.includes('*') ? 'application/json' : (media.split(';')[0]?.trim() ?? media);

const membersOf = (root: JsonObject, record: JsonObject): readonly string[] | undefined => {
  const shape = shapeOf(root, record);
  const open = keyword(root, record, 'additionalProperties');
  return shape.members.size === 0 || (open !== undefined && open !== false)
    ? undefined
    : [...shape.members].filter(([, s]) => keyword(root, s, 'writeOnly') !== true).map(([name]) => name);
};

const errorsFor = ({ root, draft }: Sought): Readonly<Record<string, GivenError>> =>
  Object.fromEntries(
    draft.operation.responses
      .filter(({ status }) => /^[45]/.test(status) || status === 'default')
      .flatMap((response) => {
        const error = errorOf(root, response);
        return error ? [[response.status, error] as const] : [];
      }),
  );
