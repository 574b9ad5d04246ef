import { criteriaOf, itemsAsCriteria } from './criteria.js';
import type { Outline } from './definitions.js';
import type { Requirement } from './requirement.js';
import type { Section } from './sections.js';
import { contentWords } from './words.js';

interface Loose {
  readonly text: string;
  readonly words: ReadonlySet<string>;
  /** Words of the heading between the acceptance section and the criterion. */
  readonly group: ReadonlySet<string>;
}

/** Marks the lines that requirements hold. */
export const heldLines = (requirements: readonly Requirement[], count: number): Uint8Array => {
  const held = new Uint8Array(count + 2);
  let reached = 0;
  for (const r of requirements) {
    held.fill(1, Math.max(r.fromLine, reached), r.toLine + 1);
    reached = Math.max(reached, r.toLine);
  }
  return held;
};

const isTop = (section: Section): boolean => {
  if (section.role !== 'acceptance') return false;
  for (let at = section.parent; at; at = at.parent) if (at.role === 'acceptance') return false;
  return true;
};

const below = (section: Section): readonly Section[] => [section, ...section.children.flatMap(below)];

const criteriaIn = (outline: Outline, section: Section): readonly string[] => {
  const end = section.children[0] ? section.children[0].fromLine - 1 : section.toLine;
  const lines = outline.lines.slice(section.fromLine, end);
  const stated = criteriaOf(lines);
  return stated.length > 0 ? stated : itemsAsCriteria(lines);
};

/** Criteria of sections such as "6. Acceptance Criteria" that stand outside every requirement. */
const looseCriteria = (outline: Outline, requirements: readonly Requirement[]): readonly Loose[] => {
  const held = heldLines(requirements, outline.lines.length);
  return outline.sections
    .filter((section) => isTop(section) && held[section.fromLine] !== 1)
    .flatMap((top) =>
      below(top).flatMap((section) => {
        const group = contentWords(section === top ? '' : section.title);
        return criteriaIn(outline, section).map((text) => ({ text, words: contentWords(text), group }));
      }),
    );
};

const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let count = 0;
  for (const word of a) if (b.has(word)) count++;
  return count;
};

interface Target {
  readonly requirement: Requirement;
  readonly title: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly added: string[];
}

/** Words of the title weigh four times those of the text; a group heading that equals the title weighs twelve. */
const score = (loose: Loose, target: Target): number => {
  const group = loose.group.size > 0 ? (overlap(loose.group, target.title) * 12) / loose.group.size : 0;
  return overlap(loose.words, target.title) * 4 + overlap(loose.words, target.words) + group;
};

const THRESHOLD = 3;

const best = (loose: Loose, targets: readonly Target[]): Target | undefined => {
  let winner: Target | undefined;
  let most = 0;
  for (const target of targets) {
    const points = score(loose, target);
    if (points > most) [winner, most] = [target, points];
  }
  return most >= THRESHOLD ? winner : undefined;
};

/** Above this many comparisons the document is no requirements document that a person wrote; nothing is placed then. */
const MAX_PAIRS = 200_000;

export interface PlacedCriteria {
  readonly requirements: readonly Requirement[];
  readonly loose: readonly string[];
}

/** Gives criteria that stand apart to the functional requirement whose words they share most; the rest stays loose. */
export const placeLooseCriteria = (outline: Outline, requirements: readonly Requirement[]): PlacedCriteria => {
  const found = looseCriteria(outline, requirements);
  const functional = requirements.filter((r) => r.kind === 'functional');
  if (found.length === 0 || found.length * functional.length > MAX_PAIRS)
    return { requirements, loose: found.map((l) => l.text) };
  const targets: readonly Target[] = functional.map((requirement) => ({
    requirement,
    title: contentWords(requirement.title),
    words: contentWords(requirement.text.slice(0, 4000)),
    added: [],
  }));
  const loose: string[] = [];
  for (const criterion of found) (best(criterion, targets)?.added ?? loose).push(criterion.text);
  const added = new Map(targets.map((target) => [target.requirement, target.added]));
  return {
    requirements: requirements.map((r) => ({ ...r, criteria: [...new Set([...r.criteria, ...(added.get(r) ?? [])])] })),
    loose,
  };
};
