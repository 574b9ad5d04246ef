import { draftOf, linked, type Draft } from './build-requirement.js';
import { placeData } from './data-sections.js';
import { decodeDocument, type Warning } from './decode-document.js';
import { findDefinitions, ownLines, type Definition, type Form, type Outline } from './definitions.js';
import { conflictLine, countLines, countTasks, documentLines, MAX_LINES, type DocumentLine } from './document-lines.js';
import { titleOf } from './document-title.js';
import { calledFeatures, dutyFeatures, dutyLines, featuresOf, type Feature } from './free-form.js';
import { withFencedRequirements } from './fenced-requirements.js';
import { gherkinAsText, holdsGherkin } from './gherkin.js';
import { isSpanish, languageOf } from './language.js';
import { placeLooseCriteria } from './loose-criteria.js';
import { withPlainHeadings } from './plain-headings.js';
import { NOTHING_FOUND, rejection } from './remedy.js';
import type { Requirement, RequirementsDocument, RequirementsResult } from './requirement.js';
import { sectionByLine, sectionsOf, type SectionRole } from './sections.js';
import { fold } from './words.js';

export interface RequirementsInput {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const outlineOf = (lines: readonly DocumentLine[]): Outline => {
  const sections = sectionsOf(lines);
  return { lines, sections, sectionAt: sectionByLine(sections, lines.length) };
};

const repeatWarning = (first: Requirement, again: Requirement, language: 'pt' | 'en'): string => {
  const same = first.text === again.text && first.title === again.title;
  const [one, two] = [String(first.fromLine), String(again.fromLine)];
  return language === 'pt'
    ? `${again.id} está definido duas vezes, na linha ${one} ("${first.title}") e na linha ${two} ("${again.title}"), com ${same ? 'o mesmo texto' : 'textos diferentes'}: vale o primeiro. Renomeie ou remova o segundo.`
    : `${again.id} is defined twice, in line ${one} ("${first.title}") and in line ${two} ("${again.title}"), with ${same ? 'the same text' : 'different texts'}: the first one is used. Rename or remove the second.`;
};

/** Repeated ids: the first wins; the warning names both lines and says whether their texts differ. */
const withoutRepeats = (
  drafts: readonly Draft[],
): { readonly kept: readonly Draft[]; readonly repeats: readonly (readonly [Requirement, Requirement])[] } => {
  const first = new Map<string, Draft>();
  const repeats: (readonly [Requirement, Requirement])[] = [];
  for (const draft of drafts) {
    const known = first.get(draft.key);
    if (known) repeats.push([known.requirement, draft.requirement]);
    else first.set(draft.key, draft);
  }
  return { kept: [...first.values()], repeats };
};

const PREFIX: Record<Requirement['kind'], string> = {
  functional: 'REQ',
  rule: 'RULE',
  'non-functional': 'NFR',
  'use-case': 'UC',
};

/** What stands with a feature, where something does. */
const statedIn = ({ section, priority, actor, criteria }: Feature): Partial<Definition> => ({
  ...(section && { section }),
  ...(priority !== undefined && { priority }),
  ...(actor !== undefined && { actor }),
  ...(criteria && { criteria }),
});

/** Gives features without an id `REQ-001…`, never one that the document uses itself. */
const numbered = (features: readonly Feature[], taken: ReadonlySet<string>): readonly Definition[] => {
  const next = new Map<string, number>();
  return [...features]
    .sort((a, b) => a.fromLine - b.fromLine)
    .map((feature) => {
      const family = PREFIX[feature.kind];
      let n = (next.get(family) ?? 0) + 1;
      while (taken.has(`${family}-${String(n)}`)) n++;
      next.set(family, n);
      const id = {
        id: feature.id ?? `${family}-${String(n).padStart(3, '0')}`,
        key: feature.id ?? `${family}-${String(n)}`,
        family,
        kind: feature.kind,
        story: false,
      };
      return {
        id,
        form: 'free-form' as const,
        title: feature.title,
        fromLine: feature.fromLine,
        toLine: feature.toLine,
        lead: feature.lead,
        body: [],
        ...statedIn(feature),
      };
    });
};

const hasKind = (definitions: readonly Definition[], kind: Requirement['kind']): boolean =>
  definitions.some((d) => d.id.kind === kind);

const rolesWanted = (definitions: readonly Definition[]): readonly SectionRole[] => [
  ...(hasKind(definitions, 'rule') ? [] : (['rules'] as const)),
  ...(hasKind(definitions, 'non-functional') ? [] : (['non-functional'] as const)),
  ...(hasKind(definitions, 'use-case') ? [] : (['stories', 'use-cases'] as const)),
];

const asStory = (d: Definition): Definition => (d.id.story ? { ...d, id: { ...d.id, kind: 'use-case' } } : d);

const asFunctional = (features: readonly Feature[]): readonly Feature[] =>
  features.map((f) => (f.kind === 'use-case' ? { ...f, kind: 'functional' } : f));

/** Ids for nothing but rules and qualities, and no stories: what the product does has to stand in the plan. */
const hasRulesAlone = (outline: Outline, taken: readonly Definition[]): boolean =>
  taken.length === 0 ||
  (!hasKind(taken, 'functional') &&
    !hasKind(taken, 'use-case') &&
    (['stories', 'use-cases'] as const).every((role) => featuresOf(outline, role, taken).length === 0));

/** A scope and the MVP of it say the same things in the same words. */
const saidOnce = (features: readonly Feature[]): readonly Feature[] => {
  const said = new Set<string>();
  return features.filter(({ title }) => !said.has(fold(title)) && said.add(fold(title)));
};

/** Functional requirements without ids: named sections first, then a roadmap, then stories and use cases. */
const functionalFeatures = (outline: Outline, taken: readonly Definition[]): readonly Feature[] => {
  const features = featuresOf(outline, 'features', taken);
  if (features.length > 0 || !hasRulesAlone(outline, taken)) return features;
  const planned = saidOnce(featuresOf(outline, 'roadmap', taken));
  return planned.length > 0 ? planned : unnamedFeatures(outline);
};

/** What says what must be under no heading that calls it so; only where nothing else in the document calls itself a requirement. */
const unnamedFeatures = (outline: Outline): readonly Feature[] => {
  const roles: readonly SectionRole[] = ['rules', 'non-functional', 'stories', 'use-cases'];
  if (roles.some((role) => featuresOf(outline, role, []).length > 0)) return [];
  const forms = [calledFeatures, dutyFeatures, dutyLines];
  return forms.map((form) => form(outline)).find((found) => found.length > 0) ?? [];
};

/** All definitions of a document: with ids where it has them, by its sections where it has none. */
const allDefinitions = (outline: Outline): readonly Definition[] => {
  const identified = findDefinitions(outline);
  const keys = new Set(identified.map((d) => d.id.key));
  const plainFunctional = identified.some((d) => d.id.kind === 'functional' && !d.id.story);
  const features = plainFunctional ? [] : functionalFeatures(outline, identified);
  const stories = plainFunctional || features.length > 0;
  const ids = stories ? identified.map(asStory) : identified;
  const others = rolesWanted(stories ? identified : ids).flatMap((role) => featuresOf(outline, role, identified));
  const found = [...features, ...(hasKind(ids, 'functional') || features.length > 0 ? others : asFunctional(others))];
  return [...ids, ...numbered(found, keys)].sort((a, b) => a.fromLine - b.fromLine);
};

const FORMS: readonly Form[] = ['headings', 'tables', 'list', 'free-form'];

const formOf = (definitions: readonly Definition[]): Form => {
  const functional = definitions.filter((d) => d.id.kind === 'functional');
  const count = (form: Form): number => functional.filter((d) => d.form === form).length;
  return FORMS.reduce((best, form) => (count(form) > count(best) ? form : best), 'headings');
};

const looseWarning = (loose: readonly string[], language: 'pt' | 'en'): readonly string[] => {
  if (loose.length === 0) return [];
  const [count, first] = [String(loose.length), loose[0] ?? ''];
  return [
    language === 'pt'
      ? `${count} critérios de aceitação estão fora de todo requisito e não têm palavras em comum com nenhum; o primeiro: "${first}". Mova-os para baixo do seu requisito.`
      : `${count} acceptance criteria stand apart from every requirement and share no words with one; the first: "${first}". Move them below their requirement.`,
  ];
};

const SPANISH: Warning = {
  en: 'The document seems to be in Spanish; it is read as if it were Portuguese or English, and part of it may not be understood. Translate it to have it read whole.',
  pt: 'O documento parece estar em espanhol; é lido como se fosse português ou inglês, e parte dele pode não ser entendida. Traduza-o para que seja lido por inteiro.',
};

const documentOf = (name: string, outline: Outline, notes: readonly Warning[]): RequirementsDocument => {
  const definitions = allDefinitions(outline);
  ownLines(definitions, outline);
  const { kept, repeats } = withoutRepeats(definitions.map((d) => draftOf(d, outline)));
  const placed = placeLooseCriteria(outline, placeData(outline, linked(kept)));
  const starts = definitions.map((d) => d.fromLine);
  const language = languageOf(outline.lines);
  return {
    name,
    title: titleOf({ name, ...outline }, (s) => starts.some((n) => n > s.fromLine && n <= s.toLine)),
    language,
    form: formOf(definitions),
    requirements: placed.requirements,
    warnings: [
      ...notes.map((note) => note[language]),
      ...(isSpanish(outline.lines) ? [SPANISH[language]] : []),
      ...repeats.map(([first, again]) => repeatWarning(first, again, language)),
      ...looseWarning(placed.loose, language),
    ],
    ...(placed.loose.length > 0 && { looseCriteria: placed.loose }),
  };
};

const isUseful = ({ requirements }: RequirementsDocument): boolean => requirements.some((r) => r.kind === 'functional');

const FEWEST_TASKS = 3;
const TASK_PLAN = 'it looks like a plan of tasks (spec-kit, tasks.md), not like requirements';

/** More tasks than anything else, and no requirement that has an id. */
const isTaskPlan = ({ form, requirements }: RequirementsDocument, tasks: number): boolean =>
  tasks >= FEWEST_TASKS && tasks > requirements.length && (form === 'free-form' || requirements.length === 0);

interface Source {
  readonly name: string;
  readonly lines: readonly DocumentLine[];
  readonly notes: readonly Warning[];
}

type Reading = (lines: readonly DocumentLine[]) => readonly DocumentLine[];

const asItStands: Reading = (lines) => lines;

const gherkinAlone =
  (text: string): Reading =>
  (lines) =>
    holdsGherkin(lines) ? documentLines(gherkinAsText(text)) : [];

/**
 * Reads a requirements document (Markdown, plain text or Gherkin, Portuguese or English, UTF-8 or UTF-16 with a mark, up to 16 MiB).
 * Deterministic, and linear in the size of the text. Lines count from 1. A document in which nothing is found is rejected, never empty.
 */
export const parseRequirements = (input: RequirementsInput): RequirementsResult => {
  const decoded = decodeDocument(input.bytes);
  if (decoded.kind === 'rejected') return rejection(input.name, decoded.code, decoded.reason);
  const count = countLines(decoded.text);
  if (count > MAX_LINES)
    return rejection(input.name, 'too-large', `it has ${String(count)} lines; at most ${String(MAX_LINES)} are read`);
  const lines = documentLines(/\.feature$/i.test(input.name) ? gherkinAsText(decoded.text) : decoded.text);
  const conflict = conflictLine(lines);
  if (conflict !== undefined)
    return rejection(input.name, 'conflict-markers', `it holds a git conflict that starts in line ${String(conflict)}`);
  const source = { name: input.name, lines: withFencedRequirements(lines), notes: decoded.warnings };
  return read(source, [withPlainHeadings, asItStands, gherkinAlone(decoded.text)]);
};

/** The first reading that holds a functional requirement. */
const read = ({ name, lines, notes }: Source, readings: readonly Reading[]): RequirementsResult => {
  const tasks = countTasks(lines);
  let found = 0;
  for (const reading of readings) {
    const document = documentOf(name, outlineOf(reading(lines)), notes);
    if (isTaskPlan(document, tasks)) return rejection(name, 'other-format', TASK_PLAN);
    if (isUseful(document)) return { kind: 'parsed', document };
    found ||= document.requirements.length;
  }
  return rejection(name, 'no-requirements', NOTHING_FOUND(lines.length, found));
};
