import { EVENT_VERSIONS, type SquadEvent } from '../events.js';
import { isEventType } from '../parse-event.js';
import { check, type EdgeProblem } from './check.js';
import { EnvelopeDto, EVENT_DTOS, PeopleOriginDto, ProposalOriginDto } from './event.dto.js';
import { isRecord } from './rules.js';
import { selfDependencies } from './self-dependency.js';

export type EventValidation =
  { readonly ok: true; readonly event: SquadEvent } | { readonly ok: false; readonly problems: readonly EdgeProblem[] };

const problem = (path: string, message: string, remedy: string): EdgeProblem => ({ path, message, remedy });

const typeProblems = (type: unknown, version: unknown): readonly EdgeProblem[] => {
  if (typeof type !== 'string') return [];
  if (!isEventType(type))
    return [problem('type', `${JSON.stringify(type.slice(0, 80))} is no event type`, 'check the spelling')];
  const known = EVENT_VERSIONS[type];
  if (typeof version === 'number' && version > known)
    return [problem('version', `${version} is newer than this build reads (${known})`, 'update SquadOS')];
  return [];
};

const under = (prefix: string, problems: readonly EdgeProblem[]): EdgeProblem[] =>
  problems.map((p) => ({ ...p, path: `${prefix}.${p.path}` }));

const originProblems = (origin: unknown): readonly EdgeProblem[] => {
  if (!isRecord(origin)) return [];
  return under('origin', check(origin['kind'] === 'proposal' ? ProposalOriginDto : PeopleOriginDto, origin));
};

const dataProblems = (type: unknown, data: unknown): readonly EdgeProblem[] => {
  if (typeof type !== 'string' || !isEventType(type) || !isRecord(data)) return [];
  const origin = type === 'CardsAdded' ? originProblems(data['origin']) : [];
  return under('data', [...check(EVENT_DTOS[type], data), ...origin, ...selfDependencies(data)]);
};

/**
 * Whole check of an event that comes from outside (a file, a webhook, another system): envelope, type, version, every field and limit,
 * no unknown properties. Problems name paths such as `data.cards[3].title`. Folding uses `parseEvent`, which is far cheaper.
 */
export const validateEvent = (value: unknown): EventValidation => {
  if (!isRecord(value))
    return { ok: false, problems: [problem('', 'is not an object', 'give one event as a JSON object')] };
  const { type, version, data } = value;
  const problems = [...check(EnvelopeDto, value), ...typeProblems(type, version), ...dataProblems(type, data)];
  return problems.length === 0 ? { ok: true, event: value as unknown as SquadEvent } : { ok: false, problems };
};
