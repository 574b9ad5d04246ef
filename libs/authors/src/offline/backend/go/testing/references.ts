import type { GoEntity } from '../entity/go-entity.js';

const targetsOf = (entity: GoEntity): readonly string[] =>
  entity.plan.model.relations.filter((r) => r.required).map((r) => r.target);

/**
 * Entities of which a first row can be made at all: those whose required references don't lead back to themselves. The design gives
 * the others no row to begin with, so no test can make one.
 */
export const beginnable = (entities: readonly GoEntity[]): ReadonlySet<string> => {
  const made = new Set<string>();
  for (let before = -1; made.size > before;) {
    before = made.size;
    for (const e of entities) if (targetsOf(e).every((target) => made.has(target))) made.add(e.plan.model.name);
  }
  return made;
};

/** Whether a row of an entity needs, through required references, a row of another one. */
export const needs = (entities: readonly GoEntity[], from: string, wanted: string): boolean => {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === wanted) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...entities.filter((e) => e.plan.model.name === name).flatMap(targetsOf));
  }
  return false;
};
