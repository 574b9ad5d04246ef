import type { CardSpec, Priority, SourceRef } from '@squados/contracts';
import type { Requirement } from '@squados/importers/requirements';

import type { Language } from './wording.js';

/** A rule, quality or use case as it concerns a feature. */
export interface Note {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly criteria: readonly string[];
  readonly source?: SourceRef;
}

/** One functional requirement with everything that the document says about it, and the cards that deliver it. */
export interface Feature {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly priority: Priority;
  readonly moscow: Requirement['moscow'];
  /** Heading under which it stands: the area of its wireframe and flow. */
  readonly area: string;
  /** As the text states them. */
  readonly criteria: readonly string[];
  readonly rules: readonly Note[];
  readonly qualities: readonly Note[];
  readonly useCases: readonly Note[];
  readonly actor?: string;
  readonly story?: string;
  readonly dependsOn: readonly string[];
  readonly source?: SourceRef;
  readonly cards: readonly CardSpec[];
}

/** What the product owner writes its files from, whether it comes from documents or from cards that exist already. */
export interface ProductPlan {
  readonly product: string;
  readonly language: Language;
  readonly features: readonly Feature[];
  /** Rules, qualities and use cases of the documents, each once. */
  readonly notes: readonly (Note & { readonly kind: Requirement['kind'] })[];
  readonly excluded: readonly { readonly id: string; readonly title: string }[];
  readonly documents: readonly string[];
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

/** Areas in the order in which the document introduces them. */
export const areasOf = (
  plan: ProductPlan,
): readonly { readonly name: string; readonly features: readonly Feature[] }[] => {
  const areas = new Map<string, Feature[]>();
  for (const feature of plan.features) areas.set(feature.area, [...(areas.get(feature.area) ?? []), feature]);
  return [...areas].map(([name, features]) => ({ name, features }));
};

export const storyCard = (feature: Feature): CardSpec | undefined =>
  feature.cards.find((card) => card.type === 'frontend') ?? feature.cards.at(-1);
