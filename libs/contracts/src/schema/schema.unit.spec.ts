import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { validateEvent } from '../edges/index.js';
import { EVENT_VERSIONS, parseEvent } from '../index.js';
import { EVENT_TYPES, sampleEvent } from '../testing/samples.js';
import { BACKLOG_MASTER_SCHEMA, eventSchema, SCHEMA_FILES } from './index.js';

type Json = Record<string, unknown>;
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false });
const clone = (value: unknown): Json => structuredClone(value) as Json;

/** Every place in a JSON value, as the path to it. */
const places = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];

const at = (root: Json, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Json)[key], root);

/** Free-form objects take any value, so nothing planted inside them is a fault. */
const isFree = (path: readonly string[]) => path.includes('extra');
const isKeyOfRecord = (path: readonly string[]) =>
  ['manifest', 'metrics'].includes(path.at(-2) ?? '') || (path.at(-2) === 'inputs' && path.includes('verdict'));

const OPTIONAL = new Set(
  `traceparent correlationid causationid source feedback note metrics assumptions place excerpt notBefore waiveRefer type effort userStory
   businessValue parent attachments mediaType language extra importedAs exitCode findings inputs path line rule closing backend approvals blames`.split(
    /\s+/,
  ),
);
/** Words that are optional in one type and demanded in others. */
const OPTIONAL_IN: Readonly<Record<string, readonly string[]>> = {
  BudgetSet: ['nanoUsd', 'tokens', 'perAttempt', 'name'],
  ModelCalled: ['response', 'stopReason', 'estimated', 'code', 'message'],
  CardEnqueued: ['allowance'],
};
const isOptional = (type: string, path: readonly string[]): boolean => {
  const key = path.at(-1) ?? '';
  if (path.at(-2) !== 'by' && OPTIONAL_IN[type]?.includes(key) && path.at(-2) !== 'allowance') return true;
  if (path.length === 1 && (key === 'source' || key === 'type')) return false;
  if (key === 'inputs') return path.includes('verdict');
  if (key === 'notBefore') return path.length === 2 && !path.includes('RetryScheduled');
  return OPTIONAL.has(key);
};

/** The sample with one fault: a wrong kind at each place, a missing key, an unknown key, per place of the event. */
const mutants = (type: (typeof EVENT_TYPES)[number]): { readonly fault: string; readonly event: Json }[] => {
  const sample = clone(sampleEvent(type));
  const faults: { fault: string; event: Json }[] = [];
  for (const path of places(sample).filter((p) => p.length > 0 && !isFree(p))) {
    const parent = path.slice(0, -1);
    const key = path.at(-1) as string;
    const wrong = clone(sample);
    (at(wrong, parent) as Json)[key] = typeof at(sample, path) === 'boolean' ? 'x' : true;
    faults.push({ fault: `${path.join('.')} of a wrong kind`, event: wrong });
    const nulled = clone(sample);
    (at(nulled, parent) as Json)[key] = null;
    faults.push({ fault: `${path.join('.')} null`, event: nulled });
    const isItem = Array.isArray(at(sample, parent));
    const retryTime = type === 'RetryScheduled' && key === 'notBefore';
    if (!isItem && !isKeyOfRecord(path) && (!isOptional(type, path) || retryTime)) {
      const missing = clone(sample);
      Reflect.deleteProperty(at(missing, parent) as Json, key);
      faults.push({ fault: `${path.join('.')} missing`, event: missing });
    }
  }
  for (const path of places(sample).filter((p) => !isFree(p))) {
    const holder = at(sample, path);
    const last = path.at(-1) ?? '';
    const record = last === 'manifest' || last === 'metrics' || (last === 'inputs' && path.includes('verdict'));
    if (typeof holder !== 'object' || Array.isArray(holder) || holder === null || record) continue;
    const more = clone(sample);
    (at(more, path) as Json)['surprise'] = 1;
    faults.push({ fault: `${path.join('.')} with an unknown property`, event: more });
  }
  return faults;
};

describe('JSON Schemas', () => {
  it('exist for every event type in its current version and for the backlog file', () => {
    const expected = EVENT_TYPES.map((type) => `event.${type}.v${EVENT_VERSIONS[type]}.json`);
    expect(Object.keys(SCHEMA_FILES).sort()).toEqual([...expected, 'backlog_master.json'].sort());
  });
  it.each(EVENT_TYPES)('a sound %s passes the schema, the full validation and the cheap parse', (type) => {
    const event = clone(sampleEvent(type));
    expect(ajv.compile(eventSchema(type))(event)).toBe(true);
    expect(validateEvent(event)).toEqual({ ok: true, event });
    expect(parseEvent(event)).toBe(event);
  });
  it.each(EVENT_TYPES)('a %s with any single fault fails the schema and the full validation alike', (type) => {
    ajv.removeSchema();
    const fits = ajv.compile(eventSchema(type));
    const faults = mutants(type);
    expect(faults.length).toBeGreaterThan(20);
    const missed = faults
      .map(({ fault, event }) => ({ fault, schema: fits(event), validation: validateEvent(event).ok }))
      .filter(({ schema, validation }) => schema || validation);
    expect(missed).toEqual([]);
  });
  it.each(EVENT_TYPES)('no fault in a %s makes the cheap parse throw', (type) => {
    for (const { event } of mutants(type)) expect(['Unknown', type]).toContain(parseEvent(event).type);
  });
});

describe('schema of backlog_master.json', () => {
  const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(BACKLOG_MASTER_SCHEMA);
  it.each([
    [
      'id and dependencies',
      { project: 'P', cards: [{ id: 'BE-1', title: 'T', dependencies: [], effort: 3, surprise: {} }] },
    ],
    [
      'card_id, depends_on and blocked_by',
      { project_name: 'P', cards: [{ card_id: 'BE-1', depends_on: ['BE-2'], blocked_by: null }] },
    ],
    ['no cards yet', { cards: [], metadata: {}, journal: [], statistics: {} }],
  ])('takes the variant with %s', (_, file) => {
    expect(fits(file)).toBe(true);
  });
  it.each([
    ['no cards', {}],
    ['cards that are no list', { cards: {} }],
    ['a card without id', { cards: [{ title: 'T' }] }],
    ['an empty id', { cards: [{ id: '' }] }],
    ['a control character in an id', { cards: [{ id: 'BE-\u0007' }] }],
    ['a dependency that is no text', { cards: [{ id: 'BE-1', dependencies: [1] }] }],
    ['a list', []],
  ])('refuses %s', (_, file) => {
    expect(fits(file)).toBe(false);
  });
});
