import { textAt } from '../text/text-at.js';
import type { FieldModel, RuleModel } from '@squados/contracts';
import { ascii, nameWords } from '../text/identifiers.js';
import { addRule, type DraftEntity, type Reading } from './draft.js';
import { mentionsIn } from './mentions.js';

const RULE =
  /\b(dev(?:e|em|erá|erão)|apenas|somente|só|n[ãa]o (?:pode|podem|deve|devem|é permitid)|impedir|obrigat[óo]ri[oa]s?|[úu]nic[oa]s?|no m[áa]ximo|no m[íi]nimo|at[ée] \d|exceto|proibid|precisam?|must|only|cannot|can't|may not|must not|never|nunca|unique|at most|at least|up to \d|required|mandatory|no more than|forbidden|rejected|unless|between \d|entre \d|already (?:exists?|registered|taken|in use)|já (?:existe|existente|cadastrad[oa]|registrad[oa]|em uso))(?![\p{L}])|[<≤]\s?\d/iu;

const KINDS: readonly (readonly [RuleModel['kind'], RegExp])[] = [
  [
    'uniqueness',
    /[úu]nic[oa]|unique|duplicad|duplicate|repetid|iguais|twice|duas vezes|already (?:exist|registered|taken|in use)|já (?:exist|cadastrad|registrad|em uso)/i,
  ],
  [
    'permission',
    /permiss|autoriza|autentic|authenticat|unauthori|forbidden|administrad|administrator|\b(?:apenas|somente|only)\s+(?:o|a|os|as|an?|the)?\s*\p{L}+\s+(?:pode|can|may)(?:m)?\b|own account|role|perfil de/iu,
  ],
  ['transition', /status|\bestado\b|\bstate\b|[A-Z]{5,}|reabr|reopen|transi/],
  [
    'limit',
    /m[áa]ximo|m[íi]nimo|at most|at least|\bat[ée] \d|up to \d|limit|entre \d|between \d|no more than|[<≤>≥]\s?\d/i,
  ],
  [
    'validation',
    /obrigat|required|mandatory|v[áa]lid|format|deve ser|devem ser|must be|futur|past|passad|positiv|respeitar/i,
  ],
];

const kindOf = (text: string): RuleModel['kind'] => KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';

const fieldIn = (entity: DraftEntity, text: string): FieldModel | undefined => {
  const sentence = ` ${nameWords(text).join(' ')} `;
  return entity.fields.find((f) => sentence.includes(` ${nameWords(f.label).join(' ')} `));
};

const SCOPED = /dentro d|mesm[oa]|\bpor\b|\bper\b|within|same|for each|para cada/i;
const MAX = /(?:no maximo|ate|at most|up to|no more than|\bmax(?:imum|imo)?\.?(?: of| de)?)\s+(\d+)/i;
const MIN = /(?:no minimo|at least|pelo menos|minimum of|minimo de)\s+(\d+)/i;
const RANGE = /(?:entre|between)\s+(\d+)\s+(?:e|and)\s+(\d+)/i;

type Writable<T> = { -readonly [K in keyof T]: T[K] };
const SIZED = new Set(['string', 'text', 'integer', 'decimal']);

/** A limit of characters belongs to a text, a bare number to a number. */
const isAboutField = (field: FieldModel, text: string): boolean =>
  SIZED.has(field.type) &&
  (/caracter|character|chars/i.test(text)
    ? !['integer', 'decimal'].includes(field.type)
    : ['integer', 'decimal'].includes(field.type));

const NOT_NEGATIVE =
  /(?:must not|cannot|can't|may not|never|nao pode|nao deve|nunca)\s+(?:be|ser|is|e|fica)?\s*(?:negativ)/i;
const POSITIVE =
  /(?:must be|deve ser|always|sempre)\s+(?:positiv|greater than (?:0|zero)|maior (?:que|do que) (?:0|zero))/i;
const FROM = /(?:entre|between)\s+(\d+)\s+(?:e|and)\s+(?!\d)/i;

const floorOf = (flat: string, least: number): number | undefined => {
  const from = textAt(FROM.exec(flat), 1);
  if (from !== '') return Number(from);
  if (POSITIVE.test(flat)) return least;
  return NOT_NEGATIVE.test(flat) ? 0 : undefined;
};

/** `Cost must not be negative`, `between 1980 and the current year`. */
const applyFloor = (field: Writable<FieldModel>, flat: string): void => {
  if (field.type !== 'integer' && field.type !== 'decimal') return;
  const floor = floorOf(flat, field.type === 'decimal' ? 0.01 : 1);
  if (floor !== undefined) field.min ??= floor;
};

const applyLimits = (field: Writable<FieldModel>, text: string): void => {
  const flat = ascii(text);
  applyFloor(field, flat);
  if (!isAboutField(field, flat)) return;
  const range = RANGE.exec(flat);
  const [min, max] = range
    ? [textAt(range, 1), textAt(range, 2)]
    : [textAt(MIN.exec(flat), 1), textAt(MAX.exec(flat), 1)];
  if (max !== '') field.max ??= Number(max);
  if (min !== '' && !(Number(min) > Number(field.max))) field.min ??= Number(min);
};

const REQUIRED = /(?:é|são|is|are)\s+(?:obrigat[óo]ri[oa]s?|required|mandatory)/i;
const UNIQUE =
  /(?:deve|devem|é|são|must|is|are)(?:\s+(?:ser|be))?\s+(?:[úu]nic[oa]s?|unique)|already (?:exist|registered|taken|in use)|já (?:exist|cadastrad|registrad|em uso)/i;

const applyToField = (
  field: Writable<FieldModel>,
  rule: { readonly kind: RuleModel['kind']; readonly text: string },
): void => {
  if (rule.kind === 'uniqueness' && UNIQUE.test(rule.text) && !SCOPED.test(rule.text)) field.unique = true;
  if (REQUIRED.test(rule.text)) field.required = true;
  if (rule.kind !== 'transition' && rule.kind !== 'permission') applyLimits(field, rule.text);
};

const STORY = /^\s*(?:as an?|as the|como(?: um| uma)?)\s[^,]{2,60},\s*(?:i|eu|quero|preciso)\b/i;
const MAX_RULE = 400;

/** The entity that a rule names; one that this requirement is about before others. */
const ruledBy = (reading: Reading, text: string): DraftEntity | undefined => {
  const named = mentionsIn(reading.draft, text).map((m) => m.entity);
  return named.find((e) => e.requirements.includes(reading.source.id)) ?? named[0];
};

/** `The system must allow …` permits; it restrains nothing by that. */
const PERMITS =
  /\b(?:dev(?:e|em|erá)|must|shall|should|will)\s+(?:permitir|possibilitar|disponibilizar|oferecer|allow|let|enable|provide|offer|support|be able to)(?![\p{L}])/giu;

/** A criterion that was made from the text says what the text says. */
const MARK = /^\((?:derivado|derived)\)\s+/;
/** `Não deve fazer:` stands over what it is said of. */
const HEAD = /^(?:\S+\s+){0,3}\S+:$/;

const isRule = (text: string): boolean =>
  text.length >= 8 && !HEAD.test(text) && !STORY.test(text) && RULE.test(text.replace(PERMITS, ' '));

/** A sentence that restrains (`must`, `apenas`, `at most`) is a rule of the entity it names; what a column can hold, it will. */
export const readRule = (reading: Reading, said: string, subject: DraftEntity | undefined): void => {
  const text = said.replace(MARK, '');
  if (!isRule(text)) return;
  const entity = ruledBy(reading, text) ?? subject;
  const kind = kindOf(text);
  const field = entity ? fieldIn(entity, text) : undefined;
  if (field) applyToField(field, { kind, text });
  addRule(reading, {
    text: text.slice(0, MAX_RULE).replace(/\.$/, ''),
    kind,
    ...(entity ? { entity: entity.name } : {}),
    ...(field ? { field: field.name } : {}),
  });
};
