import type { EntityModel } from '@squados/contracts';

/** What an entity refers to comes before it. A circle is entered where the model enters it; a reference to itself counts for nothing. */
export const inDependencyOrder = (entities: readonly EntityModel[]): readonly EntityModel[] => {
  const byName = new Map(entities.map((e) => [e.name, e]));
  const seen = new Set<string>();
  const ordered: EntityModel[] = [];
  const visit = (entity: EntityModel): void => {
    if (seen.has(entity.name)) return;
    seen.add(entity.name);
    for (const relation of entity.relations) {
      const target = byName.get(relation.target);
      if (target) visit(target);
    }
    ordered.push(entity);
  };
  entities.forEach(visit);
  return ordered;
};
