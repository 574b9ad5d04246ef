import { contentWords, type Requirement } from '@squados/importers/requirements';

/** What else of the document concerns one functional requirement. */
export interface RequirementContext {
  readonly requirement: Requirement;
  readonly rules: readonly Requirement[];
  readonly qualities: readonly Requirement[];
  readonly useCases: readonly Requirement[];
}

interface Words {
  readonly requirement: Requirement;
  readonly title: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

const wordsOf = (requirement: Requirement): Words => ({
  requirement,
  title: contentWords(requirement.title),
  all: contentWords(`${requirement.title}\n${requirement.text.slice(0, 3000)}`),
});

/** Words that stand in most titles (the product's own noun) tell requirements apart no more than "the" does. */
const commonWords = (targets: readonly Words[]): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const target of targets) for (const word of target.title) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set(
    [...counts].filter(([, count]) => targets.length > 2 && count * 2 > targets.length).map(([word]) => word),
  );
};

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter((word) => b.has(word)).length;

const without = (words: ReadonlySet<string>, common: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...words].filter((word) => !common.has(word)));

const names = (a: Requirement, b: Requirement): boolean => a.mentions.includes(b.id) || b.mentions.includes(a.id);

const sameChapter = (a: Requirement, b: Requirement): boolean => {
  const [chapter] = a.section;
  return chapter !== undefined && a.section.length > 1 && chapter === b.section[0];
};

/** How much a rule or use case has to do with a requirement: named by id, then words in common, more within one chapter. */
const closeness = (note: Words, target: Words): number => {
  if (names(note.requirement, target.requirement)) return 100;
  const words =
    shared(note.title, target.title) * 3 + shared(note.all, target.title) * 2 + shared(note.all, target.all);
  return words > 0 && sameChapter(note.requirement, target.requirement) ? words + 1 : words;
};

const ENOUGH = 4;

/** The requirements that a note concerns: the closest, and those nearly as close; the one nearest in the text if none is. */
const concerned = (note: Words, targets: readonly Words[]): readonly Requirement[] => {
  const scored = targets.map((target) => ({ target, points: closeness(note, target) }));
  const most = Math.max(0, ...scored.map((s) => s.points));
  if (most >= 1 && most < ENOUGH)
    return scored
      .filter((s) => s.points === most)
      .slice(0, 2)
      .map((s) => s.target.requirement);
  if (most >= ENOUGH)
    return scored.filter((s) => s.points >= Math.max(ENOUGH, most * 0.5)).map((s) => s.target.requirement);
  const near = nearest(
    note.requirement,
    targets.map((t) => t.requirement),
  );
  return near ? [near] : [];
};

const distance = (a: Requirement, b: Requirement): number =>
  Math.abs(a.fromLine - b.fromLine) + (a.section[0] === b.section[0] ? 0 : 1_000_000);

const nearest = (note: Requirement, targets: readonly Requirement[]): Requirement | undefined =>
  [...targets].sort((a, b) => distance(note, a) - distance(note, b))[0];

const ofKind = (requirements: readonly Requirement[], kind: Requirement['kind']): readonly Requirement[] =>
  requirements.filter((r) => r.kind === kind);

const distinctive = (words: Words, common: ReadonlySet<string>): Words => ({
  ...words,
  title: without(words.title, common),
  all: without(words.all, common),
});

const assign = (notes: readonly Requirement[], all: readonly Words[]): ReadonlyMap<string, readonly Requirement[]> => {
  const common = commonWords(all);
  const targets = all.map((target) => distinctive(target, common));
  const byTarget = new Map<string, Requirement[]>();
  for (const note of notes) {
    for (const target of concerned(distinctive(wordsOf(note), common), targets))
      byTarget.set(target.id, [...(byTarget.get(target.id) ?? []), note]);
  }
  return byTarget;
};

/** Functional requirements in document order, each with the rules, use cases and qualities that concern it; qualities concern all. */
export const contextsOf = (requirements: readonly Requirement[]): readonly RequirementContext[] => {
  const functional = requirements.filter((r) => r.kind === 'functional' && r.moscow !== 'wont');
  const targets = functional.map(wordsOf);
  const rules = assign(ofKind(requirements, 'rule'), targets);
  const useCases = assign(ofKind(requirements, 'use-case'), targets);
  const qualities = ofKind(requirements, 'non-functional');
  return functional.map((requirement) => ({
    requirement,
    rules: rules.get(requirement.id) ?? [],
    useCases: useCases.get(requirement.id) ?? [],
    qualities,
  }));
};
