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

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter((word) => b.has(word)).length;

const names = (a: Requirement, b: Requirement): boolean => a.mentions.includes(b.id) || b.mentions.includes(a.id);

const sameChapter = (a: Requirement, b: Requirement): boolean => {
  const [chapter] = a.section;
  return chapter !== undefined && a.section.length > 1 && chapter === b.section[0];
};

/** How much a rule or use case has to do with a requirement: named by id, then words in common, more within one chapter. */
const closeness = (note: Words, target: Words): number => {
  if (names(note.requirement, target.requirement)) return 100;
  const words = shared(note.title, target.title) * 3 + shared(note.all, target.title) * 2 + shared(note.title, target.all);
  return words > 0 && sameChapter(note.requirement, target.requirement) ? words + 1 : words;
};

const ENOUGH = 4;

/** The requirements that a note concerns: the closest, and those nearly as close; the one nearest in the text if none is. */
const concerned = (note: Words, targets: readonly Words[]): readonly Requirement[] => {
  const scored = targets.map((target) => ({ target, points: closeness(note, target) }));
  const most = Math.max(0, ...scored.map((s) => s.points));
  if (most >= ENOUGH) return scored.filter((s) => s.points >= Math.max(ENOUGH, most * 0.6)).map((s) => s.target.requirement);
  const near = nearest(note.requirement, targets.map((t) => t.requirement));
  return near ? [near] : [];
};

const distance = (a: Requirement, b: Requirement): number => Math.abs(a.fromLine - b.fromLine) + (a.section[0] === b.section[0] ? 0 : 1_000_000);

const nearest = (note: Requirement, targets: readonly Requirement[]): Requirement | undefined =>
  [...targets].sort((a, b) => distance(note, a) - distance(note, b))[0];

const ofKind = (requirements: readonly Requirement[], kind: Requirement['kind']): readonly Requirement[] => requirements.filter((r) => r.kind === kind);

const assign = (notes: readonly Requirement[], targets: readonly Words[]): ReadonlyMap<string, readonly Requirement[]> => {
  const byTarget = new Map<string, Requirement[]>();
  for (const note of notes) {
    for (const target of concerned(wordsOf(note), targets)) byTarget.set(target.id, [...(byTarget.get(target.id) ?? []), note]);
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
