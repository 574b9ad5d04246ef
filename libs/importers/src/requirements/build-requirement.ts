import { criteriaOf, isCriteriaLabel, itemsAsCriteria } from './criteria.js';
import type { Definition, Outline } from './definitions.js';
import { clause } from './free-form.js';
import { mentionedKeys } from './requirement-id.js';
import type { Requirement } from './requirement.js';
import type { Section } from './sections.js';
import { actorOf, dependencyKeys, importanceOf, storyOf } from './signals.js';
import { fold, headingWords, plain } from './words.js';

/** A requirement whose mentions and dependencies are still keys; ids follow when all are known. */
export interface Draft {
  readonly key: string;
  readonly requirement: Requirement;
  readonly mentionKeys: readonly string[];
  readonly dependsOnKeys: readonly string[];
}

const trimRules = (texts: readonly string[]): readonly string[] => {
  let end = texts.length;
  while (end > 0 && /^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})?\s*$/.test((texts[end - 1] ?? '').slice(0, 80))) end--;
  let start = 0;
  while (start < end && texts[start]?.trim() === '') start++;
  return texts.slice(start, end);
};

const textOf = (definition: Definition): string => {
  const below = definition.form === 'tables' ? [] : definition.body.map((line) => line.text.trimEnd());
  return trimRules([definition.lead, ...below].filter((text, i) => i > 0 || text !== '')).join('\n');
};

const sectionPath = (section: Section | undefined): readonly string[] =>
  section ? [...section.path, section.title] : [];

const NORM =
  /^(?:the )?(?:system|application|app|platform|sistema|o sistema|a aplicacao|a plataforma|o aplicativo) (?:must|shall|should|could|may|will|deve(?:ra|ria)?|pode(?:ria)?)(?: (?:also|allow(?: the)? users? to|permitir que|permitir))?\s+/;

const ARTICLE = /^(?:the|an?|os?|as?)\s+(?=\p{L})/iu;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A title for a requirement that has only a sentence: the sentence without "The system MUST", one clause of it. */
export const titleFromSentence = (sentence: string): string => {
  const words = plain(sentence).replace(/\s+/g, ' ').trim();
  const match = NORM.exec(fold(words));
  return capital(clause(match ? words.slice(match[0].length).replace(ARTICLE, '') : words));
};

const firstSentence = (definition: Definition): string => {
  const start = definition.lead === '' ? definition.body.findIndex((line) => line.kind !== 'blank') : 0;
  const body = definition.body.slice(Math.max(start, 0));
  const wrapped = body.findIndex((line) => line.kind !== 'text');
  const more = body.slice(0, wrapped < 0 ? undefined : wrapped).slice(0, 6);
  return [definition.lead, ...more.map((line) => line.body)].join(' ');
};

/** `**Login** — text`, `Login: text`: the part before the colon, where it is short enough to be a title. */
const inlineTitle = (lead: string): string | undefined => {
  const colon = lead.search(/[:–—]\s|\s-\s/);
  const head = colon > 0 ? lead.slice(0, colon).trim() : '';
  return head !== '' && head.length <= 80 && head.split(' ').length <= 10 ? headingWords(head) : undefined;
};

const titleOf = (definition: Definition): string => {
  if (definition.title !== '') return definition.title;
  return inlineTitle(definition.lead) ?? (titleFromSentence(firstSentence(definition)) || definition.id.id);
};

const criteria = (definition: Definition): readonly string[] => {
  const stated = definition.criteria ?? [];
  const found = criteriaOf(definition.form === 'tables' ? [] : definition.body);
  if (stated.length + found.length > 0) return [...new Set([...stated, ...found])];
  const labelled = sectionPath(definition.section).some((title) =>
    /acceptance criteria|criterios de aceit/.test(fold(title)),
  );
  return labelled && definition.form !== 'tables' ? itemsAsCriteria(definition.body) : [];
};

const optional = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value ? ({ [key]: value } as Partial<Record<K, string>>) : {};

export const draftOf = (definition: Definition, outline: Outline): Draft => {
  const body = definition.form === 'tables' ? [] : definition.body;
  const heading = outline.lines[definition.fromLine - 1]?.body ?? '';
  const title = titleOf(definition);
  const text = textOf(definition);
  const lines = body.filter((line) => !isCriteriaLabel(line));
  const requirement: Requirement = {
    id: definition.id.id,
    title,
    text,
    kind: definition.id.kind,
    fromLine: definition.fromLine,
    toLine: definition.toLine,
    section: sectionPath(definition.section),
    criteria: criteria(definition),
    ...importanceOf({
      title,
      heading,
      lines,
      lead: definition.lead,
      ...(definition.priority !== undefined && { priority: definition.priority }),
    }),
    mentions: [],
    ...optional('actor', definition.actor || actorOf(lines, definition.lead)),
    ...optional('story', storyOf(lines, definition.lead)),
  };
  return {
    key: definition.id.key,
    requirement,
    mentionKeys: mentionedKeys(`${definition.title}\n${text}`),
    dependsOnKeys: dependencyKeys(body, definition.lead),
  };
};

const known = (keys: readonly string[], self: Draft, ids: ReadonlyMap<string, string>): readonly string[] =>
  keys.flatMap((key) => (key === self.key ? [] : (ids.get(key) ?? [])));

/** Turns the keys that texts name into ids of this document. */
export const linked = (drafts: readonly Draft[]): readonly Requirement[] => {
  const ids = new Map(drafts.map((draft) => [draft.key, draft.requirement.id]));
  return drafts.map((draft) => {
    const dependsOn = known(draft.dependsOnKeys, draft, ids);
    return {
      ...draft.requirement,
      mentions: known(draft.mentionKeys, draft, ids),
      ...(dependsOn.length > 0 && { dependsOn }),
    };
  });
};
