import {
  EMPTY_LANE,
  position,
  revision,
  type DraftEvent,
  type Lane,
  type LaneAppend,
  type LaneCommit,
  type Revision,
} from '@squados/contracts';
import { commitOf } from './builders.js';

/**
 * A log in memory with nothing but the lanes' fence: an append whose expectation isn't the lane's last revision is refused.
 * Positions rise by one and serve as revisions, as on JetStream.
 */
export class LaneSim {
  readonly commits: LaneCommit[] = [];
  private readonly lanes = new Map<Lane, LaneCommit>();

  append({ lane, expected, events }: LaneAppend): 'appended' | 'conflict' {
    if (this.revision(lane) !== expected) return 'conflict';
    const at = this.commits.length + 1;
    const commit = commitOf({ lane, position: position(at), revision: revision(at) }, events);
    this.commits.push(commit);
    this.lanes.set(lane, commit);
    return 'appended';
  }

  /** Appends whatever the lane's revision is: for facts that a test needs to stand in the log. */
  put(lane: Lane, ...events: readonly DraftEvent[]): LaneCommit {
    this.append({ lane, expected: this.revision(lane), events });
    return this.last(lane) as LaneCommit;
  }

  last(lane: Lane): LaneCommit | undefined {
    return this.lanes.get(lane);
  }

  revision(lane: Lane): Revision {
    return this.lanes.get(lane)?.revision ?? EMPTY_LANE;
  }
}
