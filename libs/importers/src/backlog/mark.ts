import { isDeepStrictEqual } from 'node:util';
import type { CardSpec } from '@squados/contracts';
import { FIELD_NAMES, roleOf, type PlainRole } from './fields.js';
import type { Wrapping } from './card-list.js';
import type { Standing } from './words.js';

/**
 * What an import remembers of a file's own form, so that an export speaks its words. It travels inside `extra` under this key, beside the
 * foreign fields; a file that has a field of this name loses it, with a warning.
 */
export const MARK = 'squados:import';

export interface CardMark {
  /** Place of the card's list of field names in the file's `layouts`. */
  readonly layout: number;
  /** Wordings of known fields that the spec alone would not give back: `priority: "P0"`, `parent_card: null`. */
  readonly raw?: Readonly<Record<string, unknown>>;
  /** Dependencies that only other cards' `blocks` told of. */
  readonly viaBlocks?: readonly string[];
}

export interface FileForm {
  /** Indentation of one level; empty for a file on one line. */
  readonly indent: string;
  readonly lineEnd: '\n' | '\r\n';
  readonly endsWithNewline: boolean;
  /** Letters outside of ASCII are written as escapes. */
  readonly isAscii: boolean;
}

export interface FileMark {
  /** Names of the top-level fields, in order, `cards` among them. */
  readonly top: readonly string[];
  /** Each order of field names that a card has, by first use. */
  readonly layouts: readonly (readonly string[])[];
  /** The layout that most cards have. */
  readonly dominant: number;
  readonly form: FileForm;
  /** The file's own word for a standing. */
  readonly words: Readonly<Record<Standing, string>>;
  readonly cards: number;
  /** Where the cards stand, if not under a top-level `cards`. */
  readonly wrapping?: Wrapping;
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

/** The mark in a card's extra fields, if the card came from a file. */
export const cardMark = (spec: CardSpec): CardMark | undefined => {
  const mark = record(spec.extra?.[MARK]);
  return typeof mark?.['layout'] === 'number' ? (mark as unknown as CardMark) : undefined;
};

/** The mark in a project's extra fields, if the project came from a file. */
export const fileMark = (extra: Readonly<Record<string, unknown>> | undefined): FileMark | undefined => {
  const mark = record(extra?.[MARK]);
  return Array.isArray(mark?.['layouts']) && Array.isArray(mark['top']) ? (mark as unknown as FileMark) : undefined;
};

/** How a known field is written when the file has no wording of its own for it. */
export const plainWording = (role: PlainRole, spec: CardSpec): unknown => spec[role] ?? null;

/** Names under which a card's fields state dependencies, in the order of its layout. */
export const dependencyNames = (layout: readonly string[]): readonly string[] =>
  layout.filter((name) => FIELD_NAMES.dependencies.includes(name));

/** What `raw` must keep of a card's fields: every wording that the spec alone would not give back. */
export const rawWordings = (
  given: Readonly<Record<string, unknown>>,
  spec: CardSpec,
  own: readonly string[],
): Record<string, unknown> => {
  const names = Object.keys(given);
  const [firstDependencies] = dependencyNames(names);
  const expected = (name: string): unknown => {
    const role = roleOf(name);
    if (role === 'status') return 'TODO';
    if (role === 'dependencies') return name === firstDependencies ? own : [];
    return role === undefined ? given[name] : plainWording(role, spec);
  };
  return Object.fromEntries(
    names.filter((name) => !isDeepStrictEqual(given[name], expected(name))).map((n) => [n, given[n]]),
  );
};
