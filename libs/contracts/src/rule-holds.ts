import type { EntityModel, RuleData } from './domain-model.js';

/**
 * Whether what a rule's data name is in the model, and, for a rule that the model itself expresses (`moves`, `unique`, `kept`),
 * whether the model says the same. A rule that does not hold is text to whoever writes code from it.
 */
export const ruleHolds = (data: RuleData, entities: readonly EntityModel[]): boolean => {
  const entity = entities.find((e) => e.name === data.entity);
  if (!entity) return false;
  switch (data.kind) {
    case 'at-most':
      return isCountable(data, entity);
    case 'moves':
      return leadsOnly(data, entity);
    case 'unique':
      return (
        data.fields.length > 0 &&
        data.fields.every((name) => entity.fields.some((f) => f.name === name && f.unique === true))
      );
    case 'kept':
      return isKept(
        entities.find((e) => e.name === data.by),
        entity,
        entities,
      );
  }
};

const isCountable = ({ per, most, states }: RuleData & { readonly kind: 'at-most' }, entity: EntityModel): boolean =>
  Number.isInteger(most) &&
  most > 0 &&
  entity.relations.some((r) => r.field === per) &&
  (states ?? []).every((state) => entity.states?.states.includes(state) === true);

/** Every transition into these states begins in one of those, and each of those has one. */
const leadsOnly = ({ from, to }: RuleData & { readonly kind: 'moves' }, entity: EntityModel): boolean => {
  const into = (entity.states?.transitions ?? []).filter((t) => to.includes(t.to) && t.from !== t.to);
  return (
    to.length > 0 &&
    to.every((state) => into.some((t) => t.to === state)) &&
    into.every((t) => from.includes(t.from)) &&
    from.every((state) => into.some((t) => t.from === state))
  );
};

/** A chain of required relations that restrict leads from one to the other. */
const isKept = (user: EntityModel | undefined, target: EntityModel, entities: readonly EntityModel[]): boolean => {
  const reached = new Set<string>();
  const open = user ? [user] : [];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const name of restricting(at).filter((one) => !reached.has(one))) {
      reached.add(name);
      open.push(...entities.filter((e) => e.name === name));
    }
  return reached.has(target.name);
};

const restricting = (entity: EntityModel): readonly string[] =>
  entity.relations.filter((r) => r.onDelete === 'restrict' && r.required).map((r) => r.target);
