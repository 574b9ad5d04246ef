import type { Priority } from '@squados/contracts';

import type { DocumentLine } from './document-lines.js';
import { mentionedKeys } from './requirement-id.js';
import { fold, plain, withoutLeadingSigns } from './words.js';

export type Moscow = 'must' | 'should' | 'could' | 'wont';

const PRIORITY_WORDS: readonly (readonly [Priority, RegExp])[] = [
  ['CRITICAL', /\bp0\b|critic[ao]?l?\b|blocker|bloqueante|urgent|maxima/],
  ['HIGH', /\bp1\b|\bhigh|\balta\b|\balto\b|essencia|essential|\bmust\b|obrigatori/],
  ['MEDIUM', /\bp2\b|\bmedium|\bmedi[ao]\b|important|\bshould\b|normal|moderad/],
  ['LOW', /\bp[34]\b|\blow|\bbaix[ao]\b|desejave|nice to have|\bcould\b|opciona|optional/],
];

/** A priority from the words of a priority field; undefined when they say none. */
export const priorityFromWords = (words: string): Priority | undefined => {
  const text = fold(words).slice(0, 80);
  return PRIORITY_WORDS.find(([, pattern]) => pattern.test(text))?.[0];
};

const MOSCOW_WORDS: readonly (readonly [Moscow, RegExp])[] = [
  ['wont', /won'?t|wont|nao (?:sera|tera|teremos)|fora do escopo|out of scope/],
  ['must', /\bmust\b|deve ter|tem que ter|obrigatori|essencia/],
  ['should', /\bshould\b|deveria|importante/],
  ['could', /\bcould\b|poderia|desejave|nice to have|opciona/],
];

export const moscowFromWords = (words: string): Moscow | undefined => {
  const text = fold(words).slice(0, 80);
  return MOSCOW_WORDS.find(([, pattern]) => pattern.test(text))?.[0];
};

/** `**Priority**: High`, `| **Prioridade** | Alta |`, `- Prioridade: Alta` → the words after the label. */
const labelled = (lines: readonly DocumentLine[], label: RegExp): string | undefined => {
  for (const line of lines) {
    if (line.kind === 'code' || line.kind === 'blank') continue;
    const text = plain(line.body).replaceAll('|', ' | ').trim();
    const words = withoutLeadingSigns(text);
    const match = label.exec(fold(words.slice(0, 60)));
    if (match) return words.slice(match[0].length, match[0].length + 100);
  }
  return undefined;
};

const PRIORITY_LABEL = /^(?:priority|prioridade|prio)\b[\s:|*-]*/;
const MOSCOW_LABEL = /^(?:moscow)\b[\s:|*-]*/;

const NORMATIVE: readonly (readonly [Moscow, RegExp])[] = [
  ['wont', /\b(?:MUST NOT be (?:built|included)|WON'T)\b/],
  ['must', /\b(?:MUST|SHALL|DEVE|DEVEM|DEVERÁ|must|shall|deve|devem|deverá|deverão|precisa|precisam)\b/u],
  ['should', /\b(?:SHOULD|DEVERIA|should|deveria|deveriam|recomenda-se)\b/u],
  ['could', /\b(?:COULD|MAY|PODE|PODERIA|could|poderia|poderiam)\b|\b[Oo] sistema pode\b|\b[Tt]he system may\b/u],
];

const TO_PRIORITY: Record<Moscow, Priority> = { must: 'HIGH', should: 'MEDIUM', could: 'LOW', wont: 'LOW' };
const TO_MOSCOW: Record<Priority, Moscow> = { CRITICAL: 'must', HIGH: 'must', MEDIUM: 'should', LOW: 'could' };

export interface SignalText {
  readonly title: string;
  readonly heading: string;
  readonly lines: readonly DocumentLine[];
  readonly lead: string;
  readonly priority?: string;
}

const inBrackets = (heading: string): string | undefined =>
  /\(([^()]{0,20}(?:priority|prioridade)[^()]{0,30})\)/iu.exec(heading)?.[1];

/** `**Status**: Novo - Crítico`: a status that calls the requirement critical says its priority. */
const STATUS_LABEL = /^status\b[^:|]{0,20}[\s:|*-]*/;

const criticalStatus = (lines: readonly DocumentLine[]): string | undefined => {
  const statuses = lines.filter((line) => STATUS_LABEL.test(fold(plain(line.body).slice(0, 60))));
  return statuses.some((line) => /\bcritic(?:o|a|al)\b/.test(fold(line.body))) ? 'critical' : undefined;
};

const statedPriority = (text: SignalText): string | undefined =>
  text.priority ?? inBrackets(text.heading) ?? labelled(text.lines, PRIORITY_LABEL) ?? criticalStatus(text.lines);

const normative = (text: SignalText): Moscow | undefined => {
  const sentence = `${text.title}\n${text.lead}`;
  const first = NORMATIVE.find(([, pattern]) => pattern.test(sentence))?.[0];
  if (first) return first;
  const body = text.lines
    .filter((line) => line.kind === 'text')
    .slice(0, 3)
    .map((line) => line.body)
    .join('\n');
  return NORMATIVE.find(([, pattern]) => pattern.test(body))?.[0];
};

/** Priority and MoSCoW of a requirement: what it states; the one from the other; `must` where it is silent. */
export const importanceOf = (text: SignalText): { readonly priority: Priority; readonly moscow: Moscow } => {
  const stated = statedPriority(text) ?? '';
  const priority = priorityFromWords(stated);
  const named = moscowFromWords(labelled(text.lines, MOSCOW_LABEL) ?? '') ?? moscowFromWords(stated);
  const moscow = named ?? normative(text) ?? (priority ? TO_MOSCOW[priority] : 'must');
  return { priority: priority ?? TO_PRIORITY[moscow], moscow };
};

const ACTOR =
  /(?:^|[>:.“"]\s*)(?:as an?|como(?:\s+(?:uma?|o|a))?)\s+([\p{L}][^,.;:\n*]{1,60}?)(?:,|(?=\s+(?:i|we) (?:want|need|would|can)\b))/iu;
const ACTOR_LABEL = /^(?:actors?|atore?s?)\b[\s:|*-]*/;
const EMPTY_ACTOR = /^(?:result|resultado|exemplo|example|consequ|part|parte|well|soon|long|needed)/i;

const cleanActor = (text: string): string | undefined => {
  const words = plain(text).replaceAll('|', '').trim();
  const first = words.split(/[,;/(]/)[0]?.trim() ?? '';
  return first === '' || first.length > 60 || EMPTY_ACTOR.test(first) ? undefined : first;
};

/** Who wants it: `As a …,`, `Como um …,`, `**Ator**: …`. */
export const actorOf = (lines: readonly DocumentLine[], lead: string): string | undefined => {
  for (const text of [lead, ...lines.filter((l) => l.kind !== 'code').map((l) => l.body)]) {
    const match = ACTOR.exec(plain(text).slice(0, 300));
    const actor = match?.[1] ? cleanActor(match[1]) : undefined;
    if (actor) return actor;
  }
  const stated = labelled(lines, ACTOR_LABEL);
  return stated ? cleanActor(stated) : undefined;
};

const WANTS =
  /(?:^|\s)(?:as an?|como(?:\s+(?:uma?|o|a))?)\s+[\p{L}][^.;:\n]{1,80}?(?:,\s*(?:i want|i need|i would|i can|quero|preciso|eu quero|gostaria|desejo)|\s(?:i want|i need|i would))/iu;

/** Whether a text tells a user story. */
export const tellsStory = (text: string): boolean => WANTS.test(plain(text).slice(0, 300));

const MAX_STORY_LINES = 4;

/** A story wrapped over several lines, joined up to its full stop. */
const unwrapped = (texts: readonly string[], at: number): string => {
  const story: string[] = [];
  for (const text of texts.slice(at, at + MAX_STORY_LINES)) {
    if (text === '') break;
    story.push(text);
    if (/[.!]$/.test(text)) break;
  }
  return plain(story.join(' ')).replace(/\s+/g, ' ');
};

/** The user story as the text tells it, if it does; up to 400 characters. */
export const storyOf = (lines: readonly DocumentLine[], lead: string): string | undefined => {
  const texts = [lead, ...lines.map((l) => (l.kind === 'code' ? '' : l.body))];
  const at = texts.findIndex((text) => WANTS.test(plain(text).slice(0, 300)));
  if (at < 0) return undefined;
  const isItem = at > 0 && lines[at - 1]?.kind === 'item';
  const joined = isItem ? plain(texts[at] ?? '') : unwrapped(texts, at);
  return joined.slice(joined.search(/\b(?:as an?|como)\b/iu)).slice(0, 400);
};

const DEPENDS =
  /\b(?:depende(?:m)? d[eao]s?|dependente d[eao]s?|dependencias?|depends? (?:up)?on|dependent on|dependenc(?:y|ies)|pre-?requisitos?|prerequisites?|blocked by|bloquead[oa] por)\b/;

interface DependencyScan {
  readonly keys: string[];
  /** Below a label such as `**Dependências**:`, whose list names them. */
  inList: boolean;
}

const scanDependency = (scan: DependencyScan, kind: DocumentLine['kind'], text: string): void => {
  const at = fold(text).search(DEPENDS);
  if (at >= 0) {
    scan.keys.push(...mentionedKeys(text.slice(Math.max(0, at - 2))));
    scan.inList = /[:*]\s*$/.test(text.slice(-40));
    return;
  }
  scan.inList &&= kind === 'item';
  if (scan.inList) scan.keys.push(...mentionedKeys(text.slice(0, 80)));
};

/** Keys of requirements that a text says it depends on, in its sentences or under a label such as `**Dependências**:`. */
export const dependencyKeys = (lines: readonly DocumentLine[], lead: string): readonly string[] => {
  const scan: DependencyScan = { keys: [], inList: false };
  scanDependency(scan, 'text', lead);
  for (const line of lines)
    if (line.kind !== 'code' && line.kind !== 'blank') scanDependency(scan, line.kind, line.body);
  return [...new Set(scan.keys)];
};
