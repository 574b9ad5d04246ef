import { encodeToken, type Lane } from '@squados/contracts';
import type { LaneFilter } from './event-log.port.js';

/** A filter as lane tokens; undefined matches every token. Compared with lanes as text, so no lane is ever decoded. */
interface TokenFilter {
  readonly project: string | undefined;
  readonly agent: string | undefined;
  readonly card: string | undefined;
  readonly kind: LaneFilter['kind'];
}

const token = (text: string | undefined): string | undefined => (text === undefined ? undefined : encodeToken(text));

const tokensOf = (filter: LaneFilter): TokenFilter => ({
  project: token(filter.project),
  agent: token(filter.agent),
  card: token(filter.card),
  kind: filter.kind,
});

const fits = (wanted: string | undefined, found: string | undefined): boolean =>
  wanted === undefined || wanted === found;

const kindFits = (kind: LaneFilter['kind'], agent: string | undefined, last: string | undefined): boolean => {
  if (kind === undefined) return true;
  if (kind === 'project') return agent === '_';
  return agent !== '_' && last === kind;
};

/** The one judge of whether a lane passes a filter; adapters may narrow first, never decide. */
export const laneMatcher = (filter: LaneFilter | undefined): ((lane: Lane) => boolean) => {
  if (filter === undefined || Object.values(filter).every((value) => value === undefined)) return () => true;
  const wanted = tokensOf(filter);
  return (lane) => {
    const [, project, agent, card, kind] = lane.split('.');
    return (
      fits(wanted.project, project) &&
      fits(wanted.agent, agent) &&
      fits(wanted.card, card) &&
      kindFits(wanted.kind, agent, kind)
    );
  };
};

/**
 * A pattern (`*` = any text) that every matching lane fits; a few others may too, so `laneMatcher` has the last word.
 * Tokens hold no `*`, `?` or `[`. Undefined: the filter lets everything through.
 */
export const lanePattern = (filter: LaneFilter | undefined): string | undefined => {
  if (filter === undefined) return undefined;
  const { project, agent, card, kind } = tokensOf(filter);
  const below = kind === 'project' ? ['_', '_', 'decided'] : [agent, card, kind];
  const parts = [project, ...below].map((part) => part ?? '*');
  return parts.every((part) => part === '*') ? undefined : `squad.${parts.join('.')}`;
};

/** The literal beginning of every lane that fits the pattern, ending in a dot; undefined when it doesn't name a project. */
export const patternPrefix = (pattern: string): string | undefined => {
  const star = pattern.indexOf('*');
  const prefix = star < 0 ? pattern.slice(0, pattern.lastIndexOf('.') + 1) : pattern.slice(0, star);
  return prefix === 'squad.' ? undefined : prefix;
};
