import { textAt } from '../text/text-at.js';
import type { FieldType } from '@squados/contracts';
import { ascii } from '../text/identifiers.js';

/** What the words beside a field's name say of it. Absent: not said. */
export interface FieldSpec {
  type?: FieldType;
  required?: boolean;
  unique?: boolean;
  min?: number;
  max?: number;
  values?: string[];
  default?: string;
  pattern?: string;
  description?: string;
  /** The text calls it required and optional at once, or gives two types. */
  clash?: string;
}

interface Qualifier {
  readonly pattern: RegExp;
  readonly apply: (spec: FieldSpec, match: RegExpExecArray) => void;
}

const NUMBER = String.raw`(-?\d+(?:\.\d+)*)`;
/** `1.000` is a thousand in Portuguese, `0.5` a half in both. */
const numberOf = (text: string | undefined): number =>
  Number(/^-?\d{1,3}(\.\d{3})+$/.test(text ?? '') ? (text ?? '').replaceAll('.', '') : text);

const type = (pattern: string, value: FieldType): Qualifier => ({
  pattern: new RegExp(`^(?:${pattern})(?![\\p{L}\\p{N}_])`, 'iu'),
  apply: (spec) => {
    if (spec.type !== undefined && spec.type !== value) spec.clash ??= `${spec.type} / ${value}`;
    spec.type ??= value;
  },
});
const flag = (pattern: string, key: 'required' | 'unique', value: boolean): Qualifier => ({
  pattern: new RegExp(`^(?:${pattern})(?![\\p{L}\\p{N}_])`, 'iu'),
  apply: (spec, match) => {
    if (spec[key] !== undefined && spec[key] !== value) spec.clash ??= match[0];
    spec[key] = value;
  },
});
const bound = (pattern: string, apply: (spec: FieldSpec, a: number, b: number) => void): Qualifier => ({
  pattern: new RegExp(`^(?:${pattern})`, 'iu'),
  apply: (spec, match) => apply(spec, numberOf(match[1]), numberOf(match[2])),
});
const min = (pattern: string): Qualifier =>
  bound(pattern, (s, a) => {
    s.min = a;
  });
const max = (pattern: string): Qualifier =>
  bound(pattern, (s, a) => {
    s.max = a;
  });
const both = (pattern: string): Qualifier =>
  bound(pattern, (s, a, b) => {
    s.min = a;
    s.max = b;
  });

const QUALIFIERS: readonly Qualifier[] = [
  flag('nao obrigatori[oa]|opcional|optional|not required|nullable|se aplicavel|if applicable', 'required', false),
  flag('obrigatori[oa]s?|required|mandatory|not null|nao nul[oa]', 'required', true),
  flag('nao unic[oa]|not unique', 'unique', false),
  flag('unic[oa]s?|unique', 'unique', true),
  type('texto longo|long text|rich text|multi-?line text', 'text'),
  type('data e hora|data/hora|date and time|date-?time|timestamptz|timestamp', 'datetime'),
  type('varchar|character varying|strings?|textos?|text|char|alfanumeric[oa]', 'string'),
  type('(?:numeros? )?inteir[oa]s?|integers?|whole numbers?|int|bigint|smallint|numeros?|numbers?', 'integer'),
  type(
    '(?:numeros? )?decima(?:l|is)|(?:valor )?monetari[oa]|moeda|dinheiro|reais|decimal(?: number)?|money|currency|amount|numeric|float|double(?: precision)?|real',
    'decimal',
  ),
  type(
    'booleano|boolean|bool|sim ?/ ?nao|sim ou nao|yes ?/ ?no|yes or no|flag|verdadeiro ?/ ?falso|true ?/ ?false',
    'boolean',
  ),
  type('datas?|dates?', 'date'),
  type('horas?|horarios?|time(?: of day)?', 'time'),
  type('uuid|guid', 'uuid'),
  type('e-?mail(?: address)?|endereco de e-?mail', 'email'),
  type('urls?|uri|links?', 'url'),
  type('jsonb?|objetos?|objects?|arrays?', 'json'),
  both(`(?:entre|between|from|de) ${NUMBER} (?:e|and|a|ate|to) ${NUMBER}`),
  both(`${NUMBER} ?(?:-|–|\\.\\.|a|ate|to) ?${NUMBER}`),
  max(
    `(?:(?:com |with )?(?:ate|up to|at most|no maximo(?: de)?|no more than|max(?:im(?:um|o))?(?: length)?\\.?(?: de| of)?:?|tamanho maximo(?: de)?:?|<=|≤)) ?${NUMBER}`,
  ),
  min(
    `(?:(?:com |with )?(?:no minimo(?: de)?|at least|pelo menos|a partir de|no less than|min(?:im(?:um|o))?(?: length)?\\.?(?: de| of)?:?|>=|≥)) ?${NUMBER}`,
  ),
  max(`\\( ?${NUMBER} ?\\)`),
  max(`${NUMBER} (?=caracter|character|chars|digit)`),
  {
    pattern: /^(?:positiv[oa]|positive|maior que (?:zero|0)|greater than (?:zero|0)|> ?0)/iu,
    apply: (s) => {
      s.min ??= s.type === 'decimal' ? 0.01 : 1;
    },
  },
  {
    pattern: /^(?:nao negativ[oa]|non-?negative)/iu,
    apply: (s) => {
      s.min ??= 0;
    },
  },
  {
    pattern:
      /^(?:valor )?(?:padrao|default)(?: value)?:? ?(?:e |is |= ?)?["'“”]?([\p{L}\p{N}_.+-]+(?: [\p{L}\p{N}_.+-]+){0,2}?)["'“”]?(?=$)/iu,
    apply: (s, m) => {
      s.default = m[1] ?? '';
    },
  },
];
const FILLER =
  /^(?:de|do|da|com|with|of|and|e|a|an|um|uma|campo|field|value|valor|tipo|type|caracter(?:e|es)|characters?|chars?|digit(?:o|os|s)?|:|\.)(?![\p{L}\p{N}])\s*/iu;

/** Applies the qualifier that the text begins with; how many characters it took. */
const qualify = (head: string, spec: FieldSpec): number => {
  for (const { pattern, apply } of QUALIFIERS) {
    const match = pattern.exec(head);
    if (!match || match[0] === '') continue;
    apply(spec, match);
    return match[0].length;
  }
  return 0;
};

/** Takes one segment (`required text up to 120 characters`) apart; true when all of it was understood. */
const consume = (segment: string, spec: FieldSpec): boolean => {
  let rest = segment.trim();
  let understood = 0;
  while (rest !== '') {
    const head = ascii(rest);
    const taken = qualify(head, spec);
    const length = taken > 0 ? taken : textAt(FILLER.exec(head), 0).length;
    if (length === 0) return false;
    if (taken > 0) understood++;
    rest = rest.slice(length).trim();
  }
  return understood > 0;
};

const ENUM_INTRO =
  /^(?:enum(?:era[cç][aã]o|eration)?|one of|um d(?:e|os)|uma d(?:e|as)|valores?|values?|op[cç][oõ]es|options|choices?|choice of|escolha|sele[cç][aã]o|lista de valores)(?!\p{L})\s*(?:\(|:|=|-)?\s*(.*?)\)?$/iu;
const clean = (value: string): string =>
  value
    .trim()
    .replace(/^["'“”`*(]+|["'“”`*).]+$/g, '')
    .trim();
const alternatives = (segment: string, between: RegExp): readonly string[] => {
  const parts = segment
    .split(between)
    .map(clean)
    .filter((p) => p !== '');
  return parts.length > 1 && parts.every((p) => p.length <= 30 && p.split(' ').length <= 3) ? parts : [];
};
const listed = (text: string): readonly string[] => {
  const parts = text
    .split(/\s*[|/,]\s*|\s+(?:ou|or|e|and)\s+/i)
    .map(clean)
    .filter((p) => p !== '');
  return parts.every((p) => p.length <= 40) ? parts : [];
};

/** How values may be parted: by bars alone where the words could be prose, by slashes and `or` too where a field is certain. */
const PARTED = { strict: /\s*\|\s*/, certain: /\s*[|/]\s*|\s+(?:ou|or)\s+/i } as const;
export type Certainty = keyof typeof PARTED;

interface Progress {
  readonly certainty: Certainty;
  readonly spec: FieldSpec;
  /** Values of an enum still being listed, segment by segment. */
  values: string[] | undefined;
  understood: number;
  readonly left: string[];
}

const addValues = (progress: Progress, values: readonly string[]): void => {
  progress.values = [...(progress.values ?? []), ...values];
  progress.understood++;
};

const readSegment = (progress: Progress, segment: string): void => {
  const intro = ENUM_INTRO.exec(segment);
  if (intro) return addValues(progress, listed(intro[1] ?? ''));
  const known: FieldSpec = { ...progress.spec };
  if (consume(segment, known)) {
    Object.assign(progress.spec, known);
    progress.understood++;
    return;
  }
  const either = alternatives(segment, PARTED[progress.certainty]);
  if (either.length > 0) addValues(progress, either);
  else if (progress.values) progress.values.push(...listed(segment));
  else progress.left.push(segment);
};

/** Commas and semicolons part the segments; a comma between digits is a decimal one. */
const segmentsOf = (text: string): readonly string[] =>
  text
    .replace(/(\d),(\d)/g, '$1.$2')
    .split(/[,;](?![^(]*\))/)
    .map((s) => s.trim())
    .filter((s) => s !== '');

/**
 * Reads the words beside a field's name: `text, required, up to 120 characters, unique`. Undefined when they say nothing of a
 * field (so the bullet is no field); what was not understood becomes its description.
 */
export const readFieldSpec = (text: string, certainty: Certainty = 'certain'): FieldSpec | undefined => {
  const progress: Progress = { certainty, spec: {}, values: undefined, understood: 0, left: [] };
  for (const segment of segmentsOf(text)) readSegment(progress, segment);
  const { spec, values, left } = progress;
  if (progress.understood === 0 || left.length > progress.understood) return undefined;
  if (values && values.length > 0) {
    spec.values = [...new Set(values)];
    spec.type = 'enum';
  }
  if (left.length > 0) spec.description = left.join(', ');
  return spec;
};
