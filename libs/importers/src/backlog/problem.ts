export type ProblemCode =
  | 'unreadable'
  | 'too-large'
  | 'empty'
  | 'not-text'
  | 'conflict-markers'
  | 'not-json'
  | 'two-documents'
  | 'too-deep'
  | 'wrong-kind'
  | 'other-format'
  | 'no-cards'
  | 'cards-not-a-list'
  | 'card-not-an-object'
  | 'nested-cards'
  | 'missing-id'
  | 'conflicting-ids'
  | 'invalid-id'
  | 'duplicate-id'
  | 'wrong-type'
  | 'too-long'
  | 'self-dependency'
  | 'dangling-dependency'
  | 'dependency-cycle'
  | 'unknown-prefix'
  | 'unknown-agent'
  | 'depends-on-dropped'
  | 'nothing-sound';

/** Lines and columns count from 1 (columns in UTF-16 units); `index` is the card's place in `cards`, from 0. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  readonly card?: string;
  readonly index?: number;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly file: string;
  readonly place: Place;
  readonly message: string;
  readonly remedy: string;
}

/** Ids and excerpts in messages: quoted, control characters escaped, shortened. */
export const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

const placeText = ({ line, column, card, index }: Place): string => {
  const at = line === undefined ? '' : `:${line}:${column ?? 1}`;
  const which = card !== undefined ? `: card ${quoted(card)}` : index !== undefined ? `: card no. ${index + 1}` : '';
  return at + which;
};

/** One line for a person: file, place, what is wrong, what to do. */
export const problemText = (problem: Problem): string =>
  `${problem.file}${placeText(problem.place)}: ${problem.message}. ${problem.remedy}.`;
