import type { DraftEntity } from './draft.js';

/** The first entity of each key, and of each alias. */
export interface EntityIndex {
  readonly byKey: Map<string, DraftEntity>;
  readonly byAlias: Map<string, DraftEntity>;
  /** How many of the entities are in it: there are only ever more of them, and none changes its key. */
  size: number;
}

const indices = new WeakMap<readonly DraftEntity[], EntityIndex>();

const addTo = (index: EntityIndex, entity: DraftEntity): void => {
  if (!index.byKey.has(entity.key)) index.byKey.set(entity.key, entity);
  for (const alias of entity.aliases) if (!index.byAlias.has(alias)) index.byAlias.set(alias, entity);
};

/** Texts are looked up word by word: the entities of a draft by what they are called, made once and carried on as they grow. */
export const indexOf = (entities: readonly DraftEntity[]): EntityIndex => {
  const index = indices.get(entities) ?? { byKey: new Map(), byAlias: new Map(), size: 0 };
  for (const entity of entities.slice(index.size)) addTo(index, entity);
  index.size = entities.length;
  indices.set(entities, index);
  return index;
};
