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

/** One relation of a model, by its entity's name and its column. */
export const relationKey = (entity: string, field: string): string => `${entity}.${field}`;

/**
 * The relations without which no entity leads back to itself by way of others: links that must be set stay, of the others each that would
 * close a circle is one. Tables can be made and dropped in an order once these are left out of account.
 */
export const closingRelations = (entities: readonly EntityModel[]): ReadonlySet<string> => {
  const links = new Map<string, string[]>(entities.map(({ name }) => [name, []]));
  const closing = new Set<string>();
  const all = entities.flatMap(({ name, relations }) => relations.map((relation) => ({ name, ...relation })));
  const others = all.filter(({ name, target }) => name !== target);
  for (const { name, field, target } of [...others.filter((r) => r.required), ...others.filter((r) => !r.required)])
    if (leadsTo(links, target, name)) closing.add(relationKey(name, field));
    else links.get(name)?.push(target);
  return closing;
};

const leadsTo = (links: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean => {
  const seen = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(links.get(next) ?? []));
  }
  return false;
};
