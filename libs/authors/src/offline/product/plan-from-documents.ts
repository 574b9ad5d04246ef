import type { SourceRef } from '@squados/contracts';
import { fold, type Requirement, type RequirementsDocument } from '@squados/importers/requirements';

import { dependencyEdges } from './dependency-edges.js';
import type { Feature, Note, ProductPlan } from './plan.js';
import { cardsOf, numbering } from './propose-cards.js';
import { contextsOf, type RequirementContext } from './requirement-context.js';
import { say, type Language } from './wording.js';

const sourceOf = (document: string, r: Requirement): SourceRef => ({
  document,
  fromLine: r.fromLine,
  toLine: r.toLine,
});

const noteOf =
  (document: string) =>
  (r: Requirement): Note => ({
    id: r.id,
    title: r.title,
    text: r.text,
    criteria: r.criteria,
    source: sourceOf(document, r),
  });

const SAYS_ONLY_REQUIREMENTS =
  /^(?:requisitos?|requirements?|funcionalidades|features|core features|functional|user (?:stories|scenarios)|historias|casos de uso|use cases|development roadmap|mvp)\b/;

/** The nearest heading above it that names a part of the product; the product's title where none does. */
const areaOf = (r: Requirement, document: RequirementsDocument): string =>
  r.section.findLast((title) => !SAYS_ONLY_REQUIREMENTS.test(fold(title)) && title !== document.title) ??
  document.title;

const featureOf = (
  context: RequirementContext,
  document: RequirementsDocument,
  dependsOn: readonly string[],
): Omit<Feature, 'cards'> => {
  const r = context.requirement;
  const note = noteOf(document.name);
  return {
    id: r.id,
    title: r.title,
    text: r.text,
    priority: r.priority,
    moscow: r.moscow,
    area: areaOf(r, document),
    criteria: r.criteria,
    rules: context.rules.map(note),
    qualities: context.qualities.map(note),
    useCases: context.useCases.map(note),
    ...(r.actor !== undefined && { actor: r.actor }),
    ...(r.story !== undefined && { story: r.story }),
    dependsOn,
    source: sourceOf(document.name, r),
  };
};

/** Several documents as one: an id that an earlier document defines is taken from there. */
const withoutRepeats = (
  documents: readonly RequirementsDocument[],
  language: Language,
): { readonly documents: readonly RequirementsDocument[]; readonly notes: readonly string[] } => {
  const owner = new Map<string, string>();
  const notes: string[] = [];
  const kept = documents.map((document) => ({
    ...document,
    requirements: document.requirements.filter((r) => {
      const first = owner.get(r.id);
      if (first === undefined) owner.set(r.id, document.name);
      else
        notes.push(
          say(language)(
            `${r.id} stands in ${first} and in ${document.name}; the first is used.`,
            `${r.id} está em ${first} e em ${document.name}; vale o primeiro.`,
          ),
        );
      return first === undefined;
    }),
  }));
  return { documents: kept, notes };
};

const silences = (features: readonly Omit<Feature, 'cards'>[], language: Language): readonly string[] => {
  const without = features.filter((f) => f.criteria.length === 0).map((f) => f.id);
  const t = say(language);
  if (without.length === 0) return [];
  return [
    t(
      `The text states no acceptance criteria for ${without.join(', ')}; the cards hold derived ones, marked as such.`,
      `O texto não traz critérios de aceitação para ${without.join(', ')}; os cartões trazem critérios derivados, marcados como tais.`,
    ),
  ];
};

const circles = (dropped: readonly string[], language: Language): readonly string[] =>
  dropped.map((edge) =>
    say(language)(
      `The stated dependency ${edge} would close a circle and was left out.`,
      `A dependência declarada ${edge} fecharia um ciclo e ficou de fora.`,
    ),
  );

/** The plan of a project from its requirements documents, with the three cards of each functional requirement. */
export const planFromDocuments = (given: readonly RequirementsDocument[], epic: string): ProductPlan => {
  const language = given[0]?.language ?? 'en';
  const { documents, notes } = withoutRepeats(given, language);
  const contexts = documents.flatMap((document) =>
    contextsOf(document.requirements).map((context) => ({ context, document })),
  );
  const edges = dependencyEdges(contexts.map((c) => c.context.requirement));
  const bare = contexts.map(({ context, document }) =>
    featureOf(context, document, edges.dependsOn.get(context.requirement.id) ?? []),
  );
  const maker = { language, epic, numbers: numbering(bare) };
  const all = documents.flatMap((document) =>
    document.requirements.map((r) => ({ r, note: noteOf(document.name)(r) })),
  );
  return {
    product: documents[0]?.title ?? epic,
    language,
    features: bare.map((feature) => ({ ...feature, cards: cardsOf({ ...feature, cards: [] }, maker) })),
    notes: all.filter(({ r }) => r.kind !== 'functional').map(({ r, note }) => ({ ...note, kind: r.kind })),
    excluded: all
      .filter(({ r }) => r.kind === 'functional' && r.moscow === 'wont')
      .map(({ r }) => ({ id: r.id, title: r.title })),
    documents: documents.map((document) => document.name),
    assumptions: [...silences(bare, language), ...circles(edges.dropped, language), ...notes],
    warnings: documents.flatMap((document) => document.warnings),
  };
};
