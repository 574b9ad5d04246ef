import type { Msg } from '@nats-io/transport-node';
import { position, revision, type Lane, type LaneCommit, type SquadEvent } from '@squados/contracts';
import { asRead, decodeCommit } from '../commit-codec.js';

type Events = LaneCommit['events'];

interface Known {
  readonly body: Uint8Array;
  readonly events: Events;
}

const MOST = 1_024;
const MOST_BYTES = 8 * 1_024;

/**
 * What this process encoded or decoded lately, by lane, so that it decodes no commit that it knows: what it appended itself comes back to
 * whoever follows the log, and work comes by two ways. Only the same bytes count as the same commit. Bodies are small, and few are kept.
 */
export class KnownCommits {
  private readonly byLane = new Map<Lane, Known>();

  /** What is being appended. */
  wrote(lane: Lane, body: Uint8Array, events: readonly SquadEvent[]): void {
    this.keep(lane, { body, events: asRead(events) });
  }

  /** A message of the stream as a commit: its sequence is its place in the log and in its lane. */
  commitOf(message: Pick<Msg, 'subject' | 'data'>, sequence: number): LaneCommit {
    const lane = message.subject as Lane;
    const at = { position: position(sequence), revision: revision(sequence) };
    return { lane, ...at, events: this.eventsOf(lane, message.data) };
  }

  private eventsOf(lane: Lane, body: Uint8Array): Events {
    const known = this.byLane.get(lane);
    if (known !== undefined && Buffer.compare(known.body, body) === 0) return known.events;
    const events = decodeCommit(body);
    this.keep(lane, { body, events });
    return events;
  }

  private keep(lane: Lane, known: Known): void {
    if (known.body.length > MOST_BYTES) return;
    this.byLane.delete(lane);
    this.byLane.set(lane, known);
    if (this.byLane.size <= MOST) return;
    const [oldest] = this.byLane.keys();
    if (oldest !== undefined) this.byLane.delete(oldest);
  }
}
