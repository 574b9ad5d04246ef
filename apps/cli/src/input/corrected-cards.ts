import type { CardId, CardSpec } from '@squados/contracts';

/** A card whose text a corrected file says otherwise. */
export interface Correction {
  readonly before: CardSpec;
  readonly after: CardSpec;
}

/** The words of a card; how it is connected and who makes it stays as recorded. */
const TEXTS = [
  'title',
  'description',
  'acceptanceCriteria',
  'requirementIds',
  'userStory',
  'businessValue',
  'deliverables',
] as const satisfies readonly (keyof CardSpec)[];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const withTexts = (recorded: CardSpec, given: CardSpec): CardSpec => {
  const told = TEXTS.filter((name) => given[name] !== undefined).map((name) => [name, given[name]] as const);
  return { ...recorded, ...Object.fromEntries(told) };
};

type Cards = ReadonlyMap<CardId, CardSpec>;

/** A card and everything that it builds on, directly or not. */
const builtOn = (recorded: Cards, id: CardId): ReadonlySet<CardId> => {
  const found = new Set<CardId>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(recorded.get(next)?.dependencies ?? []));
  }
  return found;
};

/** A description that a card took over from its parent, whole or behind a sentence of the parent's own. */
const inherited = (own: string, { before, after }: Correction): string | undefined => {
  const [old, now] = [before.description.trim(), after.description.trim()];
  if (own.trim() === '' || !old.endsWith(own.trim())) return undefined;
  const lead = old.slice(0, old.length - own.trim().length);
  return now.startsWith(lead) ? now.slice(lead.length) : undefined;
};

/** A card that was proposed by one that is corrected, with the texts that it had taken over from it. */
const carriedOver = (child: CardSpec, parent: Correction): CardSpec => {
  const same = TEXTS.filter((name) => name !== 'description' && isSame(child[name], parent.before[name]));
  const taken = Object.fromEntries(same.map((name) => [name, parent.after[name]]));
  const description = inherited(child.description, parent) ?? child.description;
  return { ...child, ...taken, description };
};

/** Cards that took their text over from a corrected one, and those that took it from them. */
const carried = (recorded: Cards, corrected: readonly Correction[]): readonly Correction[] => {
  const all = new Map(corrected.map((one) => [one.before.id, one]));
  for (const parent of all.values())
    for (const child of recorded.values()) {
      if (child.parent !== parent.before.id || all.has(child.id)) continue;
      const after = carriedOver(child, parent);
      if (!isSame(after, child)) all.set(child.id, { before: child, after });
    }
  return [...all.values()].slice(corrected.length);
};

const changedBy = (recorded: Cards, given: readonly CardSpec[], isMeant: (id: CardId) => boolean): Correction[] =>
  given.flatMap((card) => {
    const before = isMeant(card.id) ? recorded.get(card.id) : undefined;
    const after = before && withTexts(before, card);
    return before && after && !isSame(after, before) ? [{ before, after }] : [];
  });

/**
 * What a corrected file changes for a card: its own text, that of cards that it builds on and of everything that builds on those,
 * and that of cards that took it over from one of them. Nothing when the file says of the card and its origins what the log says.
 */
export const correctionsFor = (id: CardId, recorded: Cards, given: readonly CardSpec[]): readonly Correction[] => {
  const origins = builtOn(recorded, id);
  const changed = new Set(changedBy(recorded, given, (one) => origins.has(one)).map((one) => one.before.id));
  if (changed.size === 0) return [];
  const follows = (one: CardId): boolean => [...builtOn(recorded, one)].some((origin) => changed.has(origin));
  const own = changedBy(recorded, given, follows);
  return [...own, ...carried(recorded, own)];
};

const linesOf = (spec: CardSpec): readonly string[] =>
  TEXTS.flatMap((name) => {
    const value = spec[name];
    return (typeof value === 'string' ? value.split('\n') : (value ?? [])).filter((line) => line.trim() !== '');
  });

/** The lines that go and those that come, each marked. */
export const textDiff = ({ before, after }: Correction): readonly string[] => {
  const [old, now] = [linesOf(before), linesOf(after)];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  const come = now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come];
};
