import {
  ruleHolds,
  type DomainModel,
  type EntityModel,
  type FieldModel,
  type RelationModel,
  type RuleData,
  type RuleModel,
} from '@squados/contracts';

/** A rule of the model, and what in the written service holds to it: nothing is claimed that the model does not state as data. */
export interface RuleCheck {
  readonly rule: RuleModel;
  readonly by: EnforcedBy;
}

/**
 * `unique`: a unique field; `range`: a bound of a field that the rule's text names; `limit`: rows that share a reference are counted;
 * `moves`: the transitions of the state; `kept`: references that restrict; `none`: free text, not enforced.
 */
export type EnforcedBy = 'unique' | 'range' | 'limit' | 'moves' | 'kept' | 'none';

/** At most so many rows of an entity share a reference; with states, only rows in one of them count. */
export interface LimitPlan {
  readonly relation: RelationModel;
  readonly most: number;
  /** Of the entity's own states, in their order; empty: all rows count. */
  readonly states: readonly string[];
}

/** Rules in the model's order, each with what enforces it. */
export const rulesOf = (model: DomainModel): readonly RuleCheck[] =>
  model.rules.map((rule) => ({ rule, by: enforcedBy(rule, model.entities) }));

const enforcedBy = (rule: RuleModel, entities: readonly EntityModel[]): EnforcedBy => {
  if (rule.data && ruleHolds(rule.data, entities)) return BY_DATA[rule.data.kind];
  const field = entities.find((e) => e.name === rule.entity)?.fields.find((f) => f.name === rule.field);
  if (!field) return 'none';
  if (rule.kind === 'uniqueness' && field.unique === true) return 'unique';
  return isBound(rule, field) ? 'range' : 'none';
};

const BY_DATA: Readonly<Record<RuleData['kind'], EnforcedBy>> = {
  'at-most': 'limit',
  moves: 'moves',
  unique: 'unique',
  kept: 'kept',
};

/** The limits of one entity; the same one said twice counts once. Names are looked up in the model, whoever wrote the rule. */
export const limitsOf = (entity: EntityModel, rules: readonly RuleModel[]): readonly LimitPlan[] => {
  const limits = rules.flatMap(({ data }): readonly LimitPlan[] => {
    if (data?.kind !== 'at-most' || !ruleHolds(data, [entity])) return [];
    return entity.relations
      .filter((r) => r.field === data.per)
      .map((relation) => ({ relation, most: data.most, states: data.states ?? [] }));
  });
  const keys = limits.map((l) => JSON.stringify([l.relation.field, l.most, l.states]));
  return limits.filter((_limit, i) => keys.indexOf(keys[i] ?? '') === i);
};

/** A limit whose number is the field's own bound, said of nothing else. */
const isBound = (rule: RuleModel, field: FieldModel): boolean => {
  if (rule.kind !== 'limit' && rule.kind !== 'validation') return false;
  const numbers = (rule.text.match(/\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(',', '.')));
  return numbers.length > 0 && numbers.every((n) => n === field.min || n === field.max);
};
