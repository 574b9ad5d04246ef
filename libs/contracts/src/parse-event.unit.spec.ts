import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DRAFTS } from './testing/drafts.js';
import { parseEvent, stampEvent, type SquadEvent } from './index.js';
import { EVENT_TYPES, sampleEvent } from './testing/samples.js';

const skipped = sampleEvent('CardSkipped');
const without = (key: keyof SquadEvent): object =>
  Object.fromEntries(Object.entries(skipped).filter(([name]) => name !== key));

describe('parsing an event while folding', () => {
  it.each([
    ['no object', 'CardSkipped', /not a JSON object/],
    ['null', null, /not a JSON object/],
    ['a list', [skipped], /not a JSON object/],
    ['another specversion', { ...skipped, specversion: '2.0' }, /specversion/],
    ['no id', without('id'), /id is missing/],
    ['no type', without('type'), /type is missing/],
    ['no version', without('version'), /version/],
    ['version 0', { ...skipped, version: 0 }, /version/],
    ['no time', without('time'), /time/],
    ['a type of the future', { ...skipped, type: 'CardTeleported' }, /"CardTeleported" is not known/],
    ['a type that is a property of every object', { ...skipped, type: 'constructor' }, /not known/],
    ['a newer version', { ...skipped, version: 2 }, /version 2 is newer than this build reads \(1\)/],
    ['no data', without('data'), /data is not an object/],
    ['data that lacks what folds lean on', { ...skipped, data: { by: skipped.data } }, /data\.by of CardSkipped/],
  ])('answers Unknown with the reason for %s', (_, value, reason) => {
    const parsed = parseEvent(value);
    expect(parsed.type).toBe('Unknown');
    if (parsed.type === 'Unknown') expect(parsed.reason).toMatch(reason);
  });
  it('keeps what it could read of an unknown event: id, type, version', () => {
    const parsed = parseEvent({ ...skipped, type: 'CardTeleported', version: 3 });
    expect(parsed).toMatchObject({ type: 'Unknown', id: skipped.id, originalType: 'CardTeleported', version: 3 });
  });
  it('takes unknown properties of a known version as they are: only the edges refuse those', () => {
    const more = { ...skipped, data: { ...skipped.data, later: 1 }, knative: 'x' };
    expect(parseEvent(more)).toBe(more);
  });
  it('never throws, whatever JSON stands there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVENT_TYPES), fc.jsonValue(), (type, data) => {
        expect(() => parseEvent({ ...sampleEvent(type), data })).not.toThrow();
      }),
    );
  });
});

describe('stamping a draft', () => {
  const stamp = { id: 'i', time: '2026-01-31T23:59:59.000Z', source: 'cli', subject: 'P' };
  it.each(DRAFTS)('gives $type the envelope in its current version, and parsing accepts it', (draft) => {
    const event = stampEvent(draft, stamp);
    expect(event).toEqual({ specversion: '1.0', type: draft.type, version: 1, data: draft.data, ...stamp });
    expect(parseEvent(event)).toBe(event);
  });
  it('carries trace, correlation and cause only when they are given', () => {
    const event = stampEvent(DRAFTS[0]!, { ...stamp, causationid: 'c', traceparent: undefined });
    expect(event.causationid).toBe('c');
    expect(Object.keys(event)).not.toContain('traceparent');
  });
});
