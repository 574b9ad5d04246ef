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
