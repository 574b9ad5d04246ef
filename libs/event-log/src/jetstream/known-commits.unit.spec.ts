import { describe, expect, it } from '@jest/globals';
import { decidedLane, type SquadEvent } from '@squados/contracts';
import { encodeCommit } from '../commit-codec.js';
import { at, enqueue } from '../testing/samples.js';
import { KnownCommits } from './known-commits.js';

const encoder = new TextEncoder();
const lane = decidedLane(at('BE-1'));
const events = enqueue(at('BE-1')).events;
const bytesOf = (of: readonly SquadEvent[]): Uint8Array => encoder.encode(encodeCommit(of));

describe('commits that this process knows', () => {
  it('are not decoded again when the same bytes come back', () => {
    const known = new KnownCommits();
    known.wrote(lane, bytesOf(events), events);
    const commit = known.commitOf({ subject: lane, data: bytesOf(events) }, 7);
    expect(commit).toEqual({ lane, position: 7, revision: 7, events });
    expect(commit.events).toBe(events);
  });

  it('are decoded when somebody else wrote to the lane, and known from then on', () => {
    const known = new KnownCommits();
    known.wrote(lane, bytesOf(events), events);
    const others = events.map((event) => ({ ...event, id: 'of-somebody-else' }));
    const first = known.commitOf({ subject: lane, data: bytesOf(others) }, 8);
    expect(first.events).toEqual(others);
    expect(known.commitOf({ subject: lane, data: bytesOf(others) }, 8).events).toBe(first.events);
  });

  it('are few: the oldest are forgotten', () => {
    const known = new KnownCommits();
    known.wrote(lane, bytesOf(events), events);
    for (let i = 0; i < 1_024; i++) known.wrote(decidedLane(at(`BE-${i + 10}`)), bytesOf(events), events);
    expect(known.commitOf({ subject: lane, data: bytesOf(events) }, 7).events).not.toBe(events);
  });
});
