import { PRIORITIES } from './card.js';
import { CALL_PURPOSES } from './model-calls.js';
import { EVENT_VERSIONS, type EventType, type SquadEvent, type UnknownEvent } from './events.js';

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;
type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Check = (value) => typeof value === 'string';
const name: Check = (value) => typeof value === 'string' && value.length > 0;
const flag: Check = (value) => typeof value === 'boolean';
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const ordinal: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 1;
const amount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const list =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);
const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** The first field that fails its check, as a dotted path; undefined when all hold. */
const firstFault = (value: JsonObject, fields: Fields): string | undefined => {
  for (const key in fields) if (!(fields[key] as Check)(value[key])) return key;
  return undefined;
};
const shape =
  (fields: Fields): Check =>
  (value) =>
    isObject(value) && firstFault(value, fields) === undefined;

const actor = shape({ kind: oneOf('person', 'policy', 'system'), name: text });
const card = shape({
  id: name,
  title: text,
  description: text,
  agent: name,
  priority: oneOf(...PRIORITIES),
  dependencies: list(name),
  acceptanceCriteria: list(text),
  requirementIds: list(text),
  deliverables: list(text),
  importedAs: orAbsent(oneOf('done', 'skipped')),
});
const policy = shape({
  maxRetries: count,
  retryBaseMs: amount,
  retryCapMs: amount,
  attemptDeadlineMs: amount,
  gateProfile: oneOf('quick', 'full'),
  waiveRefer: orAbsent(text),
  approvals: orAbsent(list(shape({ target: oneOf('staging', 'production'), roles: list(name) }))),
  backend: orAbsent(oneOf('python', 'go')),
  maxDeliveries: ordinal,
});
const spend = shape({ nanoUsd: count, tokens: count });
const usage = shape({ input: count, output: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count });
const scope: Check = (value) =>
  isObject(value) &&
  (value['kind'] === 'project' || (oneOf('epic', 'agent', 'card')(value['kind']) && name(value['name'])));
const call = { attempt: ordinal, call: ordinal, purpose: oneOf(...CALL_PURPOSES), model: name, request: name };
const verdict = shape({ gate: name, outcome: oneOf('pass', 'fail', 'refer'), required: flag });
const mark: Check = (value) => value === undefined || value === true;
const isProposalOrigin = shape({ card: name, attempt: ordinal, closing: mark });
const origin: Check = (value) =>
  isObject(value) && (value['kind'] === 'proposal' ? isProposalOrigin(value) : actor(value['by']));
const blame = shape({ card: name, feedback: text });
const manifest: Check = (value) => isObject(value) && Object.values(value).every(name);

/** What a fold leans on, and no more: ranges and texts are the business of `validateEvent`. */
const DATA_FIELDS: { readonly [T in EventType]: Fields } = {
  ProjectStarted: { title: text, agents: list(name), policy },
  ProjectPaused: { by: actor, reason: text, now: flag },
  ProjectResumed: { by: actor, reason: text },
  ProjectStopped: { by: actor, reason: text },
  ProjectCompleted: { done: count, skipped: count },
  ProjectArchived: { by: actor, file: text, sha256: name, through: count, commits: count, artifacts: count },
  CardsAdded: { origin, cards: list(card) },
  CardsRejected: {
    card: name,
    attempt: ordinal,
    closing: mark,
    rejected: list(shape({ id: text, reasons: list(text) })),
  },
  CardChanged: { by: actor, card: name, reason: text, spec: card },
  CardsRolledBack: { by: actor, card: name, reason: text, reach: list(name) },
  CardsReopened: {
    by: actor,
    cause: shape({ card: name, attempt: ordinal }),
    cards: list(blame),
    reach: list(name),
  },
  BudgetSet: { by: actor, scope, nanoUsd: orAbsent(count), tokens: orAbsent(count), perAttempt: orAbsent(count) },
  BudgetReserved: { card: name, attempt: ordinal, allowance: spend },
  BudgetExceeded: { scope, level: oneOf('warned', 'stopped'), spent: spend, message: text },
  CardEnqueued: {
    attempt: ordinal,
    after: count,
    inputs: shape({ cardRevision: count, digest: text }),
    allowance: orAbsent(spend),
  },
  RetryScheduled: { attempt: ordinal, retry: ordinal, notBefore: amount },
  CardDeadLettered: { attempt: count, reason: name, message: text },
  CardEscalated: { attempt: count, to: text, outcome: name, message: text },
  CardSkipped: { by: actor, reason: text },
  CardRetried: { by: actor, reason: text },
  ApprovalRequested: { attempt: ordinal, gate: name, role: name, manifestHash: name },
  ApprovalDecided: {
    attempt: ordinal,
    role: name,
    decision: oneOf('approved', 'refused'),
    by: actor,
    reason: text,
    manifestHash: name,
  },
  GateWaived: { attempt: ordinal, gate: name, by: actor, reason: text },
  CardStarted: { attempt: ordinal, delivery: ordinal, worker: text },
  CardStepped: { attempt: ordinal, step: oneOf('executing', 'verifying', 'evaluating') },
  ModelCallBegun: { ...call, reserved: spend },
  ModelCalled: {
    ...call,
    outcome: oneOf('answered', 'recorded', 'failed'),
    response: orAbsent(name),
    usage,
    nanoUsd: count,
  },
  VerdictRecorded: { attempt: ordinal, verdict },
  CardCompleted: {
    attempt: ordinal,
    author: text,
    manifest,
    manifestHash: name,
    proposals: list(shape({ card, closing: mark })),
  },
  CardFailed: {
    attempt: ordinal,
    kind: oneOf('retryable', 'terminal'),
    code: text,
    message: text,
    blames: orAbsent(list(blame)),
  },
  CardReleased: { attempt: ordinal, reason: text, notBefore: orAbsent(amount), by: actor },
};

/** Whether this build knows the event type (in any version). */
export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENT_VERSIONS, type);

const isVersion = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

const unknown = (value: JsonObject, reason: string): UnknownEvent => ({
  type: 'Unknown',
  originalType: typeof value['type'] === 'string' ? value['type'] : '',
  version: isVersion(value['version']) ? value['version'] : 0,
  id: typeof value['id'] === 'string' ? value['id'] : '',
  reason,
});

/** Whether a newer build may read it: its type, or this version of it, is not known here. */
export const isOfNewerBuild = ({ originalType, version }: UnknownEvent): boolean =>
  originalType !== '' && (!isEventType(originalType) || version > EVENT_VERSIONS[originalType]);

const envelopeFault = (value: JsonObject): string | undefined => {
  if (value['specversion'] !== '1.0') return 'specversion is not "1.0"';
  if (!name(value['id'])) return 'id is missing';
  if (!name(value['type'])) return 'type is missing';
  if (!isVersion(value['version'])) return 'version is not a whole number from 1';
  return typeof value['time'] === 'string' ? undefined : 'time is missing';
};

const dataFault = (type: string, version: number, data: unknown): string | undefined => {
  if (!isEventType(type)) return `event type ${JSON.stringify(type)} is not known to this build`;
  const known = EVENT_VERSIONS[type];
  if (version > known) return `${type} version ${version} is newer than this build reads (${known})`;
  if (!isObject(data)) return 'data is not an object';
  const field = firstFault(data, DATA_FIELDS[type]);
  return field === undefined ? undefined : `data.${field} of ${type} is missing or malformed`;
};

/**
 * Turns JSON that was read from a log into an event, with the cheap checks that a fold needs: envelope, type and version known,
 * and every field that a fold leans on present and of its kind. The answer is the value itself, not a copy.
 * Never throws: what this build cannot read is an `UnknownEvent` that says why.
 */
export const parseEvent = (value: unknown): SquadEvent | UnknownEvent => {
  if (!isObject(value)) return unknown({}, 'not a JSON object');
  const fault = envelopeFault(value) ?? dataFault(value['type'] as string, value['version'] as number, value['data']);
  return fault === undefined ? (value as unknown as SquadEvent) : unknown(value, fault);
};
