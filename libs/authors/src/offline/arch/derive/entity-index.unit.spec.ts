import { describe, expect, it } from '@jest/globals';
import type { DraftEntity } from './draft.js';
import { indexOf } from './entity-index.js';

/** An entity that counts how often its key is looked at. */
const entity = (key: string, aliases: string[], looks: string[]): DraftEntity =>
  ({
    aliases,
    get key() {
      looks.push(key);
      return key;
    },
  }) as unknown as DraftEntity;

describe('the entities of a draft by what they are called', () => {
  it('looks at each entity once, however many texts are read and however the draft grows', () => {
    const looks: string[] = [];
    const entities: DraftEntity[] = [];
    for (let i = 0; i < 50; i++) {
      entities.push(entity(`e${i}`, [], looks));
      for (let text = 0; text < 20; text++) expect(indexOf(entities).byKey.get(`e${i}`)).toBe(entities[i]);
    }
    expect(new Set(looks).size).toBe(50);
    expect(looks.length).toBeLessThanOrEqual(100);
  });

  it('finds the first of a name, and tells names from what else a thing is called', () => {
    const [order, again, client] = [
      entity('order', ['work'], []),
      entity('order', ['work'], []),
      entity('work', [], []),
    ];
    const { byKey, byAlias } = indexOf([order, again, client]);
    expect(byKey.get('order')).toBe(order);
    expect(byKey.get('work')).toBe(client);
    expect(byAlias.get('work')).toBe(order);
  });
});
