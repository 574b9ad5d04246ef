import type { RequirementSource } from '../derive/draft.js';
import { oneLine } from './escape.js';
import type { Surroundings } from './mermaid.js';

const ACTOR =
  /\b(?:as an?|as the|como um|como uma|como)\s+([\p{L}][\p{L} -]{2,40}?)\s*,\s*(?:i\b|eu\b|quero|want|need|preciso|posso)/giu;
const SYSTEM =
  /\b(?:integra(?:ção|cao|r|-se|tion|tes?)\s+(?:com|with)\s+(?:o|a|os|as|the)?\s*|integrates?\s+with\s+(?:the\s+)?)((?:\p{Lu}[\p{L}\p{N}.]+)(?:\s+\p{Lu}[\p{L}\p{N}.]+){0,2})/gu;
const MOST = 6;

const found = (texts: readonly string[], pattern: RegExp): readonly string[] => {
  const names = texts.flatMap((t) => [...t.matchAll(pattern)].map((m) => oneLine(m[1] ?? '')));
  const byKey = new Map(
    names.filter((n) => n !== '').map((n) => [n.toLowerCase(), n.charAt(0).toUpperCase() + n.slice(1)]),
  );
  return [...byKey.values()].slice(0, MOST);
};

/** People and outside systems that the requirements name. */
export const surroundingsOf = (sources: readonly RequirementSource[]): Surroundings => ({
  actors: found(
    sources.flatMap((s) => [s.userStory ?? '', s.text]),
    ACTOR,
  ),
  systems: found(
    sources.flatMap((s) => [s.text, ...s.criteria]),
    SYSTEM,
  ),
});
