/** Bounds that the edges hold outside text to. Characters are Unicode code points, as JSON Schema counts them. */
export const LIMITS = {
  id: 200,
  title: 500,
  /** One-line texts: a reason, a name, a path, an effort. */
  line: 2_000,
  /** Criteria, messages, feedback, excerpts. */
  text: 20_000,
  /** What an author is told about an earlier attempt. */
  feedback: 8_000,
  description: 200_000,
  items: 1_000,
  dependencies: 10_000,
  cards: 100_000,
  /** Levels of nesting inside `extra`. */
  depth: 64,
} as const;

/** An id: no control characters, no half surrogate pairs (two would share a token), not only spaces. Its length is bounded apart. A regular expression for the `u` flag. */
export const ID_PATTERN = '^(?=[\\s\\S]*\\S)[^\\u0000-\\u001f\\u007f-\\u009f\\p{Cs}]+$';
export const AGENT_PATTERN = '^[a-z][a-z0-9-]{0,49}$';
export const SHA256_PATTERN = '^[0-9a-f]{64}$';
export const UUID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
/** RFC 3339, UTC, milliseconds. */
export const TIME_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$';
/** W3C trace context. */
export const TRACEPARENT_PATTERN = '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$';

/** Whether a text has at most so many code points. */
export const isWithin = (text: string, max: number): boolean => {
  if (text.length <= max) return true;
  if (text.length > max * 2) return false;
  let points = 0;
  for (const _ of text) points++;
  return points <= max;
};

const ID = new RegExp(ID_PATTERN, 'u');

/** Whether a text can be the id of a card or a project: 1–200 characters, no control characters, not only spaces. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && isWithin(value, LIMITS.id) && ID.test(value);

/** Whether a JSON value nests at most so many levels. Iterative: any depth is safe to ask about. */
export const isWithinDepth = (value: unknown, max: number): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > max) return false;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return true;
};
