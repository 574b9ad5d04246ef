import type { Outline } from './definitions.js';
import type { DocumentLine } from './document-lines.js';
import { heldLines } from './loose-criteria.js';
import type { Requirement } from './requirement.js';
import { isBoilerplate, type Section } from './sections.js';
import { fieldRows } from './table-definitions.js';
import { contentWords, fold, plain } from './words.js';

/** What a document says a thing is made of, apart from every requirement. */
interface Described {
  readonly thing: string;
  /** Markdown to stand below a requirement's own text. */
  readonly text: string;
}

const DATA =
  /^(?:(?:key|main|core|data|domain) entit(?:y|ies)\b|entit(?:y|ies)\b|entidades?\b|(?:logical |conceptual |domain )?data (?:model|dictionary|requirements|structures?|entities)\b|domain model\b|modelo (?:de dados|conceitual|logico|de dominio)\b|modelagem (?:de|dos) dados\b|dicionario de dados\b|requisitos de dados\b|estruturas? (?:de|dos) dados\b)/;

const isData = (section: Section): boolean => DATA.test(fold(section.title));

const isTopData = (section: Section): boolean =>
  isData(section) && !(section.parent !== undefined && isData(section.parent));

const linesIn = (outline: Outline, section: Section): readonly DocumentLine[] =>
  outline.lines.slice(section.fromLine, section.children[0] ? section.children[0].fromLine - 1 : section.toLine);

const NAMED = /^([^:]{2,40}?)\s*:\s+(\S.*)$/;

/** `MemberRecord`, `tb_member`: a member. */
const thingOf = (name: string): string =>
  plain(name)
    .replaceAll('`', '')
    .replace(/\s*\([^()]*\)/g, '')
    .replace(/^(?:entidade|entity|tabela|table)\s+/i, '')
    .replace(/(?<=\p{Ll})(?:Record|Entity|Table|Model|Entry)$/u, '')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .trim();

const entity = (name: string, fields: string): Described => {
  const thing = thingOf(name);
  return { thing, text: `- ${thing}: ${plain(fields).replaceAll('`', '')}` };
};

/** `- **Boat**: name, length` */
const fromItems = (lines: readonly DocumentLine[]): readonly Described[] =>
  lines.flatMap((line) => {
    const match = line.kind === 'item' && line.indent < 2 ? NAMED.exec(plain(line.body)) : null;
    return match ? [entity(match[1] ?? '', match[2] ?? '')] : [];
  });

const isListed = (line: DocumentLine): boolean => line.kind === 'item' || line.kind === 'table';

const fieldsUnder = (thing: string, lines: readonly DocumentLine[]): readonly Described[] => {
  const listed = lines.filter(isListed).map((line) => line.text.trim());
  return listed.length < 2 ? [] : [{ thing, text: `**Fields of ${thing}**:\n\n${listed.join('\n')}` }];
};

/** `### Boat` over a list or a table of its fields. */
const fromHeading = (outline: Outline, section: Section): readonly Described[] =>
  fieldsUnder(thingOf(section.title), linesIn(outline, section));

const inData = (outline: Outline, section: Section): readonly Described[] => {
  const lines = linesIn(outline, section);
  return [
    ...fromItems(lines),
    ...fieldRows(lines).map(({ name, fields }) => entity(name, fields)),
    ...section.children.flatMap((child) => fromHeading(outline, child)),
  ];
};

const EACH =
  /^(?:cada|todo|toda|each|every)\s+([\p{L} -]{2,40}?)\s+(?:(?:must|shall|should|will)\s+(?:have|contain|store|include)|(?:deve|deverá)\s+(?:ter|conter|possuir|incluir)|has|have|contains|stores|tem|terá|possui|possuirá|contém|conterá)(?:\s[^:]{0,60})?:$/iu;

/** `Cada barco possuirá:` over a list. */
const belowEach = (outline: Outline, line: DocumentLine): readonly Described[] => {
  const thing = line.kind === 'text' ? EACH.exec(plain(line.body))?.[1] : undefined;
  if (thing === undefined) return [];
  const rest = outline.lines.slice(line.n, line.n + 80);
  const end = rest.findIndex((next) => next.kind !== 'blank' && next.kind !== 'item');
  return fieldsUnder(thing, rest.slice(0, end < 0 ? undefined : end));
};

const describedIn = (outline: Outline, requirements: readonly Requirement[]): readonly Described[] => {
  const held = heldLines(requirements, outline.lines.length);
  const data = outline.sections.filter((s) => isTopData(s) && held[s.fromLine] !== 1 && !isBoilerplate(s));
  const each = outline.lines.filter((line) => held[line.n] !== 1 && !isBoilerplate(outline.sectionAt[line.n]));
  return [
    ...data.flatMap((section) => inData(outline, section)),
    ...each.flatMap((line) => belowEach(outline, line)),
  ].filter(({ thing }) => thing !== '');
};

interface Target {
  readonly requirement: Requirement;
  readonly title: ReadonlySet<string>;
  readonly text: ReadonlySet<string>;
  readonly added: Described[];
}

const targetOf = (requirement: Requirement): Target => ({
  requirement,
  title: contentWords(requirement.title),
  text: contentWords(requirement.text.slice(0, 4000)),
  added: [],
});

const holdsAll = (said: ReadonlySet<string>, words: ReadonlySet<string>): boolean =>
  words.size > 0 && [...words].every((word) => said.has(word));

/** The first requirement whose title names the thing, else the first whose text does. */
const about = (targets: readonly Target[], thing: string): Target | undefined => {
  const words = contentWords(thing);
  return targets.find((t) => holdsAll(t.title, words)) ?? targets.find((t) => holdsAll(t.text, words));
};

/** Above this the document is none that a person wrote. */
const MOST = 200;

const sectionFor = (added: readonly Described[]): string => {
  const items = added.filter(({ text }) => text.startsWith('-')).map(({ text }) => text);
  const lists = added.filter(({ text }) => !text.startsWith('-')).map(({ text }) => text);
  return [...(items.length > 0 ? [`**Entities**:\n\n${items.join('\n')}`] : []), ...lists].join('\n\n');
};

/**
 * Puts what a document says of its data under the first functional requirement that names the thing: a data model, a dictionary,
 * `each boat has:`. Things that no requirement names stay where they are.
 */
export const placeData = (outline: Outline, requirements: readonly Requirement[]): readonly Requirement[] => {
  const described = describedIn(outline, requirements);
  if (described.length === 0 || described.length > MOST) return requirements;
  const targets = requirements.filter((r) => r.kind === 'functional').map(targetOf);
  for (const one of described) about(targets, one.thing)?.added.push(one);
  const added = new Map(targets.map((target) => [target.requirement, target.added]));
  return requirements.map((r) => {
    const more = added.get(r) ?? [];
    return more.length === 0 ? r : { ...r, text: `${r.text === '' ? r.title : r.text}\n\n${sectionFor(more)}` };
  });
};
