import type { DomainModel } from '@squados/contracts';
import { createHash } from 'node:crypto';
import type { Language } from '../text/language.js';
import { completeModel } from './complete.js';
import { newDraft, type Contradiction, type Draft, type RequirementSource } from './draft.js';
import { readRequirement } from './read-requirement.js';

/** The model after some requirements, and what the last of them contradicts in itself. */
export interface Derived {
  readonly model: DomainModel;
  /** Of the last requirement alone; those of earlier ones belong to their own cards. */
  readonly contradictions: readonly Contradiction[];
}

interface Link {
  readonly key: string;
  readonly draft: Draft;
  readonly derived: Derived;
}

/** Derives the model of any prefix of a project's requirements. */
export interface Derivation {
  /** The model after all of them. */
  derive(sources: readonly RequirementSource[], project: Project): Derived;
  /** The model after each of them, in their order. */
  deriveAll(sources: readonly RequirementSource[], project: Project): readonly Derived[];
}

export interface Project {
  readonly product: string;
  readonly language: Language;
}

const MAX_LINKS = 512;
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const extend = (before: Link, source: RequirementSource, key: string): Link => {
  const draft = structuredClone(before.draft);
  const contradictions: Contradiction[] = [];
  readRequirement({ draft, source, contradictions });
  return { key, draft, derived: { model: completeModel(draft), contradictions } };
};

/**
 * A derivation that remembers prefixes it has folded, by their text alone: cards of one project share all but their own
 * requirement. Memory changes the time, never the result.
 */
export const createDerivation = (): Derivation => {
  const links = new Map<string, Link>();
  const remember = (link: Link): Link => {
    links.set(link.key, link);
    const oldest = links.size > MAX_LINKS ? links.keys().next().value : undefined;
    if (oldest !== undefined) links.delete(oldest);
    return link;
  };
  const startOf = (project: Project): Link => {
    const draft = newDraft(project.product, project.language);
    return { key: hash(JSON.stringify(project)), draft, derived: { model: completeModel(draft), contradictions: [] } };
  };
  const linksOf = (sources: readonly RequirementSource[], project: Project): readonly Link[] => {
    let before = startOf(project);
    return sources.map((source) => {
      const key = hash(before.key + JSON.stringify(source));
      before = links.get(key) ?? remember(extend(before, source, key));
      return before;
    });
  };
  return {
    derive: (sources, project) => (linksOf(sources, project).at(-1) ?? startOf(project)).derived,
    deriveAll: (sources, project) => linksOf(sources, project).map((l) => l.derived),
  };
};
