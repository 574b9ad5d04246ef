import { apiBaseOf } from '@squados/contracts';
import { languageOf } from './language.js';
import type { GivenOperation, GivenPlan, GivenResource, JsonObject } from './given-plan.js';
import { objectOf, textOf } from './document.js';
import { draftOf, type DraftOperation } from './draft-operations.js';
import { openContract, refusal, type ContractRefusal, type OpenContract } from './open-contract.js';
import { credentialsOf, readOperations } from './read-operations.js';
import { answeredRecord, groupsOf, keyOf, labelsOf, namesOf, type Group, type Names } from './resources.js';
import { createSchemaChecker } from './schema-checker.js';
import { serveOperation, type Serving } from './serve-operation.js';
import { supplyOf } from './supply.js';

export interface PlannedContract {
  readonly kind: 'planned';
  readonly plan: GivenPlan;
  /** The document as data. */
  readonly root: JsonObject;
}

/** What a given contract makes: every operation with how it is served, or why it is not. Pure and total: the same bytes, the same plan. */
export const planContract = (bytes: Uint8Array, name: string): PlannedContract | ContractRefusal => {
  const contract = openContract(bytes, name);
  if (contract.kind === 'refused') return contract;
  const plan = planOf(contract);
  const served = plan.operations.filter((o) => o.support === 'served').length;
  if (served > 0) return { kind: 'planned', plan, root: contract.root };
  const [first] = plan.operations;
  if (!first) return refusal(name, 'contract-empty', 'its paths have no operations', 'give a contract with operations');
  const why = first.support === 'refused' ? first.reasons.join('; ') : '';
  const told = refusal(
    `${name}:${first.line}`,
    'contract-unsupported',
    `none of its ${plan.operations.length} operations can be served; the first, ${first.method.toUpperCase()} ${first.path}: ${why}`,
    'docs/given-designs.md says what is served; give a contract with operations of that kind, or describe their bodies and answers',
  );
  return { ...told, details: plan.operations.flatMap((operation) => reasonsOf(name, operation)) };
};

const reasonsOf = (name: string, operation: GivenOperation): readonly string[] =>
  operation.support === 'refused'
    ? [
        `${name}:${operation.line}: ${operation.method.toUpperCase()} ${operation.path}: ${operation.reasons.join('; ')}`,
      ]
    : [];

const planOf = (contract: OpenContract): GivenPlan => {
  const { root } = contract;
  const drafts = withoutTwins(readOperations(contract).map((operation) => draftOf(root, operation)));
  const groups = groupsOf(root, drafts);
  const names = namesOf(groups);
  const made = groups.map((group) => resourceOf(root, group, { names, groups }));
  const fits = createSchemaChecker(root);
  const byDraft = new Map<DraftOperation, GivenOperation>();
  for (const part of made)
    for (const draft of part.group.operations) byDraft.set(draft, serveOperation({ root, draft, fits, ...part }));
  const operations = drafts.flatMap((draft) => byDraft.get(draft) ?? []);
  const used = new Set(operations.flatMap((o) => (o.support === 'served' ? [o.resource] : [])));
  const info = objectOf(root['info']);
  const kept = made.filter(({ resource }) => used.has(resource.name));
  return {
    version: 1,
    title: textOf(info['title']).replace(/\s+/g, ' ').trim().slice(0, 120) || 'API',
    language: languageOf(root),
    openapi: contract.version,
    basePath: apiBaseOf(root),
    credentials: operations.some((o) => o.support === 'served' && o.isSecured) ? credentialsOf(root) : [],
    resources: kept.map(({ resource }) => resource),
    operations,
    assumptions: kept.flatMap((part) => part.assumptions),
  };
};

/** Of two operations whose paths differ by a parameter's name alone, only the first can be told by a request. */
const withoutTwins = (drafts: readonly DraftOperation[]): readonly DraftOperation[] => {
  const seen = new Map<string, DraftOperation>();
  return drafts.map((draft) => {
    const key = `${draft.operation.method} ${draft.operation.path.replace(/\{[^{}]*\}/g, '{}')}`;
    const first = seen.get(key);
    if (!first) seen.set(key, draft);
    return first
      ? {
          ...draft,
          reasons: [
            ...draft.reasons,
            `no request can tell it from ${first.operation.path}: the paths differ by a parameter's name alone`,
          ],
        }
      : draft;
  });
};

const CREATING = new Set(['create', 'put', 'replace']);

export type ResourcePart = Serving & { readonly assumptions: readonly string[] };

const resourceOf = (
  root: JsonObject,
  group: Group,
  { names, groups }: { readonly names: ReadonlyMap<Group, Names>; readonly groups: readonly Group[] },
): ResourcePart => {
  const own = names.get(group) ?? { name: 'Record', table: 'records', segment: 'records' };
  const key = keyOf(root, group);
  const sound = group.operations.filter((d) => d.reasons.length === 0);
  const isCollection = sound.some((d) => d.kind === 'create');
  const makers = sound.filter(
    (d) => CREATING.has(d.kind ?? '') && !(d.kind === 'put' && isCollection && d.success?.statusWhenMade !== 201),
  );
  const parent = parentOf(group, groups);
  const base = { name: own.name, scope: group.scope, ...(key ? { key } : {}) };
  const bodies = makers.map((d) => d.body?.schema ?? {});
  const answers = sound.flatMap((d) => answeredRecord(root, d) ?? []);
  const supplies =
    makers.length === 0 ? [] : answers.map((answer) => supplyOf({ root, answer, bodies, at: [], resource: base }));
  const resource: GivenResource = {
    ...base,
    ...own,
    ...labelsOf(group, own),
    path: group.collection,
    ...(parent ? { parent: names.get(parent)?.name ?? '' } : {}),
    defaults: unique(supplies.filter((s) => s.lost.length === 0).flatMap((s) => s.defaults)),
    isReadOnly: makers.length === 0,
    schema: group.schema,
  };
  return {
    group,
    resource,
    makers: new Set(makers),
    bodies,
    refused: unique(supplies.flatMap((s) => s.refused)),
    assumptions: unique([
      ...supplies.flatMap((s) => s.assumptions),
      ...(makers.length === 0
        ? [
            `Nothing in the contract makes a ${own.name}: what is in its table comes from elsewhere, and it is empty at first.`,
          ]
        : []),
    ]),
  };
};

const unique = <T>(items: readonly T[]): readonly T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

/** The resource whose record the path names just before this collection. */
const parentOf = (group: Group, groups: readonly Group[]): Group | undefined => {
  const above = group.place.split('/{}/').slice(0, -1).join('/{}/');
  if (!group.place.includes('/{}/') || above === '') return undefined;
  return groups.find(
    (other) =>
      other.place === above && other.operations.some((d) => d.reasons.length === 0 && d.keyParameter !== undefined),
  );
};
