import type { DomainModel, EntityModel, FieldModel, RuleModel } from '@squados/contracts';

/** A rule of the model, and what in the written service holds to it: nothing is claimed that the model does not state as data. */
export interface RuleCheck {
  readonly rule: RuleModel;
  /** `unique`: a unique field; `range`: a bound of a field that the rule's text names; `none`: free text, not enforced. */
  readonly by: 'unique' | 'range' | 'none';
}

/** Rules in the model's order, each with what enforces it. */
export const rulesOf = (model: DomainModel): readonly RuleCheck[] =>
  model.rules.map((rule) => ({ rule, by: enforcedBy(rule, model.entities) }));

const enforcedBy = (rule: RuleModel, entities: readonly EntityModel[]): RuleCheck['by'] => {
  const field = entities.find((e) => e.name === rule.entity)?.fields.find((f) => f.name === rule.field);
  if (!field) return 'none';
  if (rule.kind === 'uniqueness' && field.unique === true) return 'unique';
  return isBound(rule, field) ? 'range' : 'none';
};

/** A limit whose number is the field's own bound, said of nothing else. */
const isBound = (rule: RuleModel, field: FieldModel): boolean => {
  if (rule.kind !== 'limit' && rule.kind !== 'validation') return false;
  const numbers = (rule.text.match(/\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(',', '.')));
  return numbers.length > 0 && numbers.every((n) => n === field.min || n === field.max);
};
